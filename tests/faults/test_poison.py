"""A reaction that raises and a malformed message, in the whole stack: parked, seen, tried again; nobody else waits."""

import asyncio

import pytest

from deploy.services import SERVICES
from tests.faults.conftest import people
from tests.faults.ledger import Books, proves
from tests.faults.stack import Stack
from tests.faults.test_broker import loeft
from tests.waiting import eventually

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]

BREAK = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'this reaction has a bug'; END $$;
CREATE TRIGGER refuse BEFORE UPDATE ON participation FOR EACH ROW WHEN (new.citizen_id = '{citizen}')
    EXECUTE FUNCTION refuse();
"""
MEND = "DROP TRIGGER refuse ON participation; DROP FUNCTION refuse();"


async def test_a_reaction_that_raises_is_parked_and_retried_and_holds_up_nobody_else(stack: Stack) -> None:
    await stack.start(reaction_attempts="3")
    async with people(stack) as jobcenter, Books.of(stack.machines, SERVICES) as books:
        courses = books.databases["courses"].pool
        cohort = await jobcenter.open_cohort(4)
        citizens = [await jobcenter.register() for _ in range(4)]
        enrolments = [await jobcenter.enrol(cohort, citizen) for citizen in citizens]
        await jobcenter.freeze(cohort)
        await courses.execute(BREAK.format(citizen=citizens[0]))
        await asyncio.gather(
            *(jobcenter.place(citizen, e, "ordinary") for citizen, e in zip(citizens, enrolments, strict=True))
        )
        await eventually(lambda: courses.fetchval("SELECT count(*) = 3 FROM participation WHERE reason = 'got_job'"))
        await eventually(lambda: courses.fetchval("SELECT true FROM parked WHERE state = 'parked'"), 60)
        (item,) = await loeft(stack, "parked", "list", "--json")
        assert item["reaction"] == "courses-end-on-job"
        assert item["subject"] == f"citizen/{citizens[0]}"
        assert "this reaction has a bug" in item["reason"]
        await courses.execute(MEND)
        await asyncio.gather(*(loeft(stack, "parked", "retry", item["id"]) for _ in range(2)))
        await eventually(lambda: courses.fetchval("SELECT count(*) = 0 FROM parked"))
        await loeft(stack, "parked", "retry", item["id"])
        await proves(books, jobcenter)
    await stack.stop()


async def test_malformed_messages_are_parked_and_hold_up_nobody(stack: Stack) -> None:
    await stack.start()
    async with people(stack) as jobcenter, Books.of(stack.machines, SERVICES) as books:
        await jobcenter.term(2)
        ack = await books.bus.jetstream().publish("evt.0101.outcomes.placement-started.x", b"\xffthis is no event\x00")
        await jobcenter.term(4)
        await eventually(lambda: _parked(books, 2))
        items = await loeft(stack, "parked", "list", "--json")
        assert {item["reaction"] for item in items} == {"courses-end-on-job", "projector"}
        await asyncio.gather(*(loeft(stack, "parked", "drop", item["id"], "--yes") for item in items))
        assert await loeft(stack, "parked", "list", "--json") == []
        assert ack.seq
        await proves(books, jobcenter, foreign=1)
    await stack.stop()


async def _parked(books: Books, number: int) -> bool:
    items = await books.parked()
    assert len(items) == number, items
    return True
