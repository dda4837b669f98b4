"""One effect an event, in order per entity, with its cause; a failure leaves none and is tried again."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.courses.reactions import REACTIONS
from services.courses.state import APPLY
from shared.contracts.courses import CohortOpened, CourseOffered, ParticipationStarted
from shared.ids import new_id
from shared.messaging.bus import Bus
from shared.persistence import Database
from tests.conftest import NewDatabase
from tests.real.delivery import reacting
from tests.real.log_writers import TRACE, append
from tests.real.reactions.effects import FAR_AWAY_S, Flaky, done, effects, placed, publish, reaction, states
from tests.waiting import eventually

pytestmark = pytest.mark.anyio


async def test_got_job_ends_the_participations_once_however_often_it_is_delivered(
    bus: Bus, new_database: NewDatabase
) -> None:
    database = Database(await new_database("courses"), APPLY)
    await database.open()
    citizen = new_id()
    started = ParticipationStarted.example().model_copy(
        update={"citizen_id": citizen, "enrolment_id": new_id(), "on": date(2026, 3, 2)}
    )
    await append(database, CourseOffered.example(), CohortOpened.example(), started)
    await append(database, started.model_copy(update={"enrolment_id": new_id()}))
    job, praktik = placed(citizen, kind="ordinary", on="2026-03-16"), placed(citizen, 2, kind="praktik")
    async with reacting(database, bus, *[one for one in REACTIONS if one.name == "courses-end-on-job"]):
        await publish(bus, job, praktik, job, job)
        last = placed(kind="ordinary")
        await publish(bus, last)
        await eventually(
            lambda: database.pool.fetchval("SELECT true FROM handled WHERE event_id = $1", last.id), what="all are done"
        )
    ended = [e for e in await effects(database) if e.name == "participation-ended"]
    assert [(e.data["reason"], e.data["on"], e.causationid) for e in ended] == [
        ("got_job", "2026-03-16", str(job.id))
    ] * 2
    assert len({e.data["enrolment_id"] for e in ended}) == 2
    await database.close()


async def test_the_effect_carries_the_trace_and_its_cause(database: Database, bus: Bus) -> None:
    cause = placed()
    async with reacting(database, bus, reaction()):
        await publish(bus, cause)
        await done(database, cause)
    (effect,) = await effects(database)
    assert effect.correlationid == cause.correlationid
    assert effect.causationid == str(cause.id)
    assert effect.traceparent is not None
    assert effect.traceparent.split("-")[1] == TRACE.split("-")[1], "one trace from the request to the last effect"
    assert effect.traceparent.split("-")[2] != TRACE.split("-")[2], "and a span of its own"


async def test_events_of_an_entity_have_their_effects_in_order(database: Database, bus: Bus) -> None:
    citizens = [new_id() for _ in range(5)]
    causes = [placed(citizens[n % 5], n // 5 + 1) for n in range(100)]
    async with reacting(database, bus, reaction()):
        await publish(bus, *causes)
        await done(database, *causes)
    assert [UUID(e.causationid or "") for e in await effects(database)] == [cause.id for cause in causes]


async def test_two_processes_of_a_service_share_the_events(database: Database, bus: Bus) -> None:
    causes = [placed() for _ in range(40)]
    async with reacting(database, bus, reaction()), reacting(database, bus, reaction()):
        await publish(bus, *causes)
        await done(database, *causes)


async def test_a_failure_leaves_neither_effect_nor_mark(database: Database, bus: Bus) -> None:
    async with reacting(database, bus, reaction(Flaky(RuntimeError("no"))), delay_s=FAR_AWAY_S):
        await publish(bus, placed())
        await states(database, "retrying")
    assert await effects(database) == []
    assert await database.pool.fetchval("SELECT count(*) FROM handled") == 0


async def test_who_appends_events_without_saying_so_leaves_none(database: Database, bus: Bus) -> None:
    async with reacting(database, bus, replace(reaction(), decides=False), attempts=1):
        await publish(bus, placed())
        await states(database, "parked")
    assert await effects(database) == []
    assert "declare decides=True" in await database.pool.fetchval("SELECT reason FROM parked")


async def test_tries_again_with_a_growing_delay_until_it_works(database: Database, bus: Bus) -> None:
    flaky, cause = Flaky(RuntimeError("not yet"), times=2), placed()
    async with reacting(database, bus, reaction(flaky), delay_s=0.3):
        await publish(bus, cause)
        await done(database, cause)
        await states(database)
    first, second, third = (moment for _, moment in flaky.tried)
    assert second - first >= 0.3
    assert third - second >= 0.6
