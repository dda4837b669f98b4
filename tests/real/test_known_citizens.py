"""Whom the services know by intake's events is the same in whatever order these come, and an erasure holds for all."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from itertools import permutations
from random import Random
from uuid import UUID, uuid4

import pytest

from deploy.services import service_of
from shared.clock import now
from shared.contracts.assessment import TestFinished
from shared.contracts.courses import CertificateAwarded, CitizenEnrolled
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.contracts.intake import CitizenErased, CitizenRegistered, CitizensMerged
from shared.contracts.outcomes import PlacementStarted
from shared.ids import new_id
from shared.persistence import Database, Origin, Transaction, known_citizens
from tests.conftest import NewDatabase
from tests.waiting import eventually

pytestmark = [pytest.mark.anyio, pytest.mark.real]

FIRST, SECOND, THIRD, OTHER = (UUID(int=number) for number in range(1, 5))
TOLD = {
    "assessment": (("test_result", TestFinished),),
    "courses": (("enrolment", CitizenEnrolled), ("certificate", CertificateAwarded)),
    "outcomes": (("placement", PlacementStarted),),
}
"""What each service holds of a citizen: a table, and the event that fills it."""


def registered(citizen_id: UUID) -> Event:
    return CitizenRegistered.model_validate(CitizenRegistered.example().model_dump() | {"citizen_id": citizen_id})


def merged(kept: UUID, gone: UUID) -> Event:
    return CitizensMerged(municipality="0101", citizen_id=kept, merged_id=gone)


HISTORY: tuple[Event, ...] = (
    *(registered(one) for one in (FIRST, SECOND, THIRD, OTHER)),
    merged(SECOND, THIRD),
    merged(FIRST, SECOND),
    CitizenErased(municipality="0101", citizen_id=FIRST),
)
"""Three ids are one citizen, who is erased; the other stays."""


class Knowing:
    """A service's tables, and its reactions to intake's events."""

    def __init__(self, name: str, database: Database) -> None:
        self.name, self.database = name, database
        self._handlers = {reaction.event: reaction.handle for reaction in service_of(name).reactions}

    async def holds_something_of_each(self) -> None:
        """Start anew, with something told of every citizen."""
        tables = [table for table, _ in TOLD[self.name]]
        await self.database.pool.execute(f"TRUNCATE known_citizen, {', '.join(tables)}")
        async with self.database.transaction(Origin("test")) as tx:
            for citizen_id in (FIRST, SECOND, THIRD, OTHER):
                for _, kind in TOLD[self.name]:
                    own = {name: uuid4() for name in kind.model_fields if name in ("test_id", "placement_id")}
                    own |= {name: uuid4() for name in kind.model_fields if name in ("enrolment_id", "certificate_id")}
                    told = kind.example().model_dump() | own | {"citizen_id": citizen_id}
                    await tx.append(kind.model_validate(told))

    async def react(self, tx: Transaction, event: Event) -> None:
        """As when the bus delivers it."""
        kind = type(event)
        envelope = Envelope(
            id=new_id(),
            source=f"/loeft/{event.municipality}/{kind.service}",
            type=kind.type(),
            subject=event.subject,
            time=now(),
            recordedtime=now(),
            sequence=HISTORY.index(event) + 1,
            dataclassification=kind.classification,
            data=event.data(),
        )
        await self._handlers[kind](tx, event, envelope)

    async def after(self, history: Iterable[Event]) -> tuple[list[tuple[UUID, UUID | None, bool]], set[UUID]]:
        """Who is known, as whom, and whether erased; and of whom something is held."""
        await self.holds_something_of_each()
        for event in history:
            async with self.database.transaction(Origin("test")) as tx:
                await self.react(tx, event)
        known = await self.database.pool.fetch(
            "SELECT citizen_id, merged_into, erased FROM known_citizen ORDER BY citizen_id"
        )
        return [tuple(row) for row in known], await self.held()

    async def held(self) -> set[UUID]:
        """Of whom something is held."""
        return {
            row["citizen_id"]
            for table, _ in TOLD[self.name]
            for row in await self.database.pool.fetch(f"SELECT citizen_id FROM {table}")
        }


@pytest.fixture(params=sorted(TOLD))
async def knowing(request: pytest.FixtureRequest, new_database: NewDatabase) -> AsyncIterator[Knowing]:
    """Each of the services that know citizens by what intake tells."""
    database = Database(await new_database(request.param), service_of(request.param).appliers)
    await database.open()
    yield Knowing(request.param, database)
    await database.close()


async def test_whatever_the_order_of_what_intake_tells_she_is_forgotten_under_all_her_ids(knowing: Knowing) -> None:
    erased = [(FIRST, None, True), (SECOND, FIRST, True), (THIRD, FIRST, True), (OTHER, None, False)]
    orders = Random(7).sample(list(permutations(HISTORY)), 25)
    for order in [HISTORY, tuple(reversed(HISTORY)), *orders]:
        assert await knowing.after(order) == (erased, {OTHER}), [type(event).__name__ for event in order]


async def test_a_merger_and_an_erasure_at_once_see_each_other(knowing: Knowing) -> None:
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    for first, second in ((HISTORY[5], HISTORY[6]), (HISTORY[6], HISTORY[5])):
        await knowing.after(HISTORY[:4])
        async with knowing.database.transaction(Origin("first")) as tx:
            await knowing.react(tx, first)
            later = asyncio.create_task(_reacted(knowing, second))
            await eventually(lambda: knowing.database.pool.fetchval(waiting), what="the second waits for the first")
        await later
        assert await knowing.held() == {THIRD, OTHER}


async def _reacted(knowing: Knowing, event: Event) -> None:
    async with knowing.database.transaction(Origin("second")) as tx:
        await knowing.react(tx, event)


async def test_whoever_is_decided_about_is_known_here_not_erased_and_goes_by_this_id(knowing: Knowing) -> None:
    await knowing.after(HISTORY[:5])
    async with knowing.database.transaction(Origin("test")) as tx:
        await known_citizens.lock(tx, [SECOND, OTHER], "0101")
        for citizens, municipality, code, members in (
            ([OTHER, THIRD], "0101", "citizen-merged", {"kept": {str(THIRD): str(SECOND)}}),
            ([OTHER], "0147", "citizen-unknown", {"citizen_ids": [str(OTHER)]}),
            ([UUID(int=9), OTHER], "0101", "citizen-unknown", {"citizen_ids": [str(UUID(int=9))]}),
        ):
            with pytest.raises(known_citizens.Refused) as refused:
                await known_citizens.lock(tx, citizens, municipality)
            assert (refused.value.code, refused.value.members) == (code, members)
        assert await known_citizens.same(tx, SECOND, THIRD)
        assert not await known_citizens.same(tx, SECOND, OTHER)
    await knowing.after(HISTORY)
    async with knowing.database.transaction(Origin("test")) as tx:
        with pytest.raises(known_citizens.Refused):
            await known_citizens.lock(tx, [FIRST], "0101")
        with pytest.raises(known_citizens.NotFound):
            await known_citizens.must_be_known(tx, FIRST, "0101")
