"""What the tables of commands forget of citizens who were erased, whatever order their events come in."""

import asyncio
from uuid import UUID

import asyncpg
import httpx

from services.outcomes.reactions import forget_citizen
from services.outcomes.state import APPLY
from shared.clock import now
from shared.contracts.envelope import Envelope
from shared.contracts.intake import CitizenErased
from shared.contracts.outcomes import MeetingHeld, PlacementAgreed, PlacementStarted
from shared.ids import new_id
from shared.persistence import Database, Origin, Transaction
from tests.real.answers import done, refused
from tests.real.outcomes.jobcenter import Jobcenter
from tests.real.running_service import RunningService, envelope_of
from tests.waiting import eventually

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


async def test_ids_that_are_merged_after_the_erasure_are_erased_by_that(
    outcomes: RunningService, jobcenter: Jobcenter, caseworker: httpx.AsyncClient
) -> None:
    """The two events have readers of their own, so either may come first; and the id that was merged may be named."""
    citizens = [await jobcenter.citizen() for _ in range(5)]
    first, second, third, kept, merged = citizens
    for citizen in citizens:
        await jobcenter.placement(citizen)
    await jobcenter.erased(first)
    await jobcenter.merged(first, second)
    await jobcenter.merged(third, first)
    await jobcenter.merged(kept, merged)
    await jobcenter.erased(merged)
    for citizen in citizens:
        await jobcenter.until("SELECT erased FROM known_citizen WHERE citizen_id = $1::text::uuid", citizen)
        refused(await caseworker.get(f"/citizens/{citizen}/placements"), 404, "citizen-unknown")
    assert await outcomes.database.fetchval("SELECT count(*) FROM placement") == 0


async def test_a_meeting_that_is_cancelled_while_its_citizen_is_erased_leaves_no_row(
    outcomes: RunningService, jobcenter: Jobcenter, desk: httpx.AsyncClient
) -> None:
    citizen, company = await jobcenter.citizen(), await jobcenter.company()
    event_id = await jobcenter.event([company])
    meeting = {"round": 0, "table": 0, "citizen_id": citizen, "company_id": company}
    done(await desk.post(f"/events/{event_id}/meetings", json={"meetings": [meeting]}), 201)
    erased = CitizenErased.example().model_copy(update={"citizen_id": UUID(citizen), "municipality": "0101"})
    cancel = {"round": 0, "citizen_id": citizen, "reason": "syg"}
    elsewhere = await asyncpg.connect(outcomes.address)
    try:
        async with asyncio.TaskGroup() as together, elsewhere.transaction():
            tx = Transaction(elsewhere, Origin("erasure"), now(), {})
            await forget_citizen(tx, erased, envelope_of(erased))
            cancelling = together.create_task(desk.post(f"/events/{event_id}/meetings/cancel", json=cancel))
            await eventually(lambda: outcomes.database.fetchval(WAITING), what="the command waits for the erasure")
    finally:
        await elsewhere.close()
    refused(cancelling.result(), 409, "meeting-not-scheduled")
    assert await outcomes.database.fetchval("SELECT count(*) FROM meeting") == 0


async def test_an_import_does_not_bring_back_what_was_erased(outcomes: RunningService, jobcenter: Jobcenter) -> None:
    """Her events are in the log afterwards, as all are, but no row of hers is."""
    gone, here = await jobcenter.citizen(), await jobcenter.citizen()
    await jobcenter.erased(gone)
    database = Database(outcomes.address, APPLY)
    await database.open()
    try:
        async with database.transaction(Origin(correlation_id="import")) as tx:
            for citizen in (gone, here):
                for number, event_class in enumerate((PlacementAgreed, PlacementStarted, MeetingHeld), start=1):
                    ids = {"citizen_id": citizen, "municipality": "0101", "placement_id": str(new_id())}
                    event = event_class.model_validate(event_class.example().data() | ids)
                    assert await tx.store(
                        Envelope(
                            id=new_id(),
                            source="/loeft/0101/outcomes",
                            type=event.type(),
                            subject=event.subject,
                            time=tx.now,
                            recordedtime=tx.now,
                            sequence=number,
                            dataclassification=event.classification,
                            data=event.data(),
                        )
                    )
    finally:
        await database.close()
    for table, rows in (("placement", 2), ("meeting", 1)):
        named = f"SELECT count(*), array_agg(DISTINCT citizen_id::text) FROM {table}"
        assert tuple(await outcomes.database.fetchrow(named)) == (rows, [here])
