"""What assessment keeps of other services' events is the same in whatever order its consumers deliver them."""

from collections.abc import AsyncIterator
from datetime import date
from random import Random
from uuid import UUID

import pytest

from services.assessment.reactions import REACTIONS
from services.assessment.state import APPLY
from shared.clock import now
from shared.contracts.assessment import TestFinished
from shared.contracts.courses import CourseChanged, CourseClosed, CourseOffered
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.contracts.intake import CitizenChanged, CitizenErased, CitizenLeft, CitizenRegistered, CitizensMerged
from shared.contracts.outcomes import OrderChanged, OrderClosed, OrderPlaced
from shared.ids import new_id
from shared.persistence import Database, Origin
from tests.conftest import NewDatabase

HANDLERS = {**APPLY, **{reaction.event: reaction.handle for reaction in REACTIONS}}
KNOWN = ("known_citizen", "known_course", "known_order")
STAYS, RETURNS, GONE, TWICE = (UUID(int=number) for number in range(1, 5))


def envelope(event: Event, sequence: int) -> Envelope:
    kind = type(event)
    return Envelope(
        id=new_id(),
        source=f"/loeft/{event.municipality}/{kind.service}",
        type=kind.type(),
        subject=event.subject,
        time=now(),
        recordedtime=now(),
        sequence=sequence,
        dataclassification=kind.classification,
        data=event.data(),
    )


def told() -> list[tuple[Event, int]]:
    """A history: citizens who stay, leave, return and were registered twice; a course and an order to their end."""

    def left(citizen_id: UUID) -> CitizenLeft:
        return CitizenLeft(municipality="0101", citizen_id=citizen_id, reason="job", on=date(2026, 6, 1))

    registered = CitizenRegistered.example().model_dump()
    anew = {"municipality": "0101", "valid_from": date(2026, 8, 1), "unemployed_since": date(2026, 8, 1)}
    course, order = CourseOffered.example().model_dump(), OrderPlaced.example().model_dump()
    other = {"order_id": UUID(int=9)}
    return [
        *((CitizenRegistered.model_validate(registered | {"citizen_id": one}), 1) for one in (STAYS, GONE, TWICE)),
        (CitizenRegistered.model_validate(registered | {"citizen_id": RETURNS}), 1),
        (left(GONE), 2),
        (left(RETURNS), 2),
        (CitizenChanged.model_validate(anew | {"citizen_id": RETURNS}), 3),
        (CitizensMerged(municipality="0101", citizen_id=STAYS, merged_id=TWICE), 2),
        (CourseOffered.model_validate(course), 1),
        (CourseChanged.model_validate(course | {"title": "Azure, ny"}), 2),
        (OrderPlaced.model_validate(order), 1),
        (OrderChanged.model_validate(order | {"seats": 5}), 2),
        (OrderPlaced.model_validate(order | other), 1),
        (OrderChanged.model_validate(order | other | {"seats": 5}), 2),
        (OrderClosed(municipality="0101", order_id=other["order_id"], company_id=order["company_id"]), 3),
    ]


@pytest.fixture
async def database(new_database: NewDatabase) -> AsyncIterator[Database]:
    opened = Database(await new_database("assessment"), APPLY)
    await opened.open()
    yield opened
    await opened.close()


async def tables(database: Database, history: list[tuple[Event, int]]) -> dict[str, list[str]]:
    """The tables after the reactions to this history, in this order."""
    await database.pool.execute(f"TRUNCATE {', '.join(KNOWN)}")
    async with database.transaction(Origin("test")) as tx:
        for event, sequence in history:
            await HANDLERS[type(event)](tx, event, envelope(event, sequence))
    return {
        table: [row[0] for row in await database.pool.fetch(f"SELECT t::text FROM {table} AS t ORDER BY 1")]
        for table in KNOWN
    }


async def test_whatever_the_order_of_the_consumers_the_tables_are_the_same(database: Database) -> None:
    in_order = await tables(database, told())
    here = await database.pool.fetch("SELECT citizen_id FROM known_citizen WHERE here ORDER BY 1")
    assert [row["citizen_id"] for row in here] == [STAYS, RETURNS, TWICE]
    assert await database.pool.fetchval("SELECT title FROM known_course") == "Azure, ny"
    orders = await database.pool.fetch("SELECT seats, closed FROM known_order ORDER BY order_id")
    assert [tuple(row) for row in orders] == [(5, True), (5, False)]
    random = Random(4)
    for _ in range(60):
        assert await tables(database, random.sample(told(), len(told()))) == in_order


async def test_a_course_whose_end_is_told_first_is_not_on_offer_by_an_earlier_change(database: Database) -> None:
    offered = CourseOffered.example()
    closed = CourseClosed(municipality="0101", course_id=offered.model_dump()["course_id"])
    await tables(database, [(closed, 3), (offered, 1)])
    assert await database.pool.fetchval("SELECT on_offer FROM known_course") is False


async def test_what_stood_under_a_merged_id_goes_too_when_the_erasure_is_told_first(database: Database) -> None:
    registered = CitizenRegistered.example().model_dump()
    history: list[tuple[Event, int]] = [
        (CitizenRegistered.model_validate(registered | {"citizen_id": STAYS}), 1),
        (CitizenRegistered.model_validate(registered | {"citizen_id": TWICE}), 1),
        (TestFinished.model_validate(TestFinished.example().model_dump() | {"citizen_id": TWICE}), 1),
        (CitizenErased(municipality="0101", citizen_id=STAYS), 3),
        (CitizensMerged(municipality="0101", citizen_id=STAYS, merged_id=TWICE), 2),
    ]
    await tables(database, history)
    assert await database.pool.fetchval("SELECT count(*) FROM known_citizen WHERE erased") == 2
    for table in ("test_result", "area_result"):
        assert await database.pool.fetchval(f"SELECT count(*) FROM {table}") == 0, table
