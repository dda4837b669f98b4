"""A decision about a citizen that waits for another one decides on what that one has left."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest

from services.intake import queries
from services.intake.rules import referral
from services.intake.state import APPLY
from shared.contracts.event import Event
from shared.contracts.intake import BarrierRecorded, CitizenErased, CitizensMerged
from shared.persistence import Database, Origin
from tests.real.answers import done, refused
from tests.real.intake.office import citizens
from tests.real.running_service import RunningService
from tests.today import tomorrow
from tests.waiting import eventually

READING = {"kind": "reading", "severity": "medium"}
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.fixture
async def database(intake: RunningService) -> AsyncIterator[Database]:
    """Intake's database, beside the running service."""
    opened = Database(intake.address, APPLY)
    await opened.open()
    yield opened
    await opened.close()


async def recorded_meanwhile(
    intake: RunningService, database: Database, caseworker: httpx.AsyncClient, citizen_id: str, *events: Event
) -> httpx.Response:
    """What a caseworker is answered who records a barrier while these events are committed."""
    async with asyncio.TaskGroup() as together, database.transaction(Origin("before")) as tx:
        for event in events:
            await tx.append(event)
        recording = together.create_task(caseworker.post(f"/citizens/{citizen_id}/barriers", json=READING))
        await eventually(lambda: intake.database.fetchval(WAITING), what="the second decision waits")
    return recording.result()


def barrier(citizen_id: str) -> BarrierRecorded:
    told = READING | {"municipality": "0101", "citizen_id": citizen_id, "cleared": False}
    return BarrierRecorded.model_validate(told)


async def test_a_barrier_that_was_recorded_meanwhile_is_not_recorded_again(
    intake: RunningService, database: Database, caseworker: httpx.AsyncClient
) -> None:
    (citizen_id,) = await citizens(caseworker, 1)
    answer = await recorded_meanwhile(intake, database, caseworker, citizen_id, barrier(citizen_id))
    refused(answer, 409, "barrier-recorded-already")
    assert [event.sequence for event in await intake.log(f"citizen/{citizen_id}")] == [1, 2]


async def test_one_who_was_merged_meanwhile_is_told_under_the_id_that_stands(
    intake: RunningService, database: Database, caseworker: httpx.AsyncClient
) -> None:
    kept, merged = await citizens(caseworker, 2)
    united = CitizensMerged(municipality="0101", citizen_id=UUID(kept), merged_id=UUID(merged))
    answer = await recorded_meanwhile(intake, database, caseworker, merged, united)
    assert refused(answer, 409, "citizen-merged")["kept"] == {merged: kept}


async def test_what_another_id_brought_meanwhile_is_hers(
    intake: RunningService, database: Database, caseworker: httpx.AsyncClient
) -> None:
    kept, merged = await citizens(caseworker, 2)
    done(await caseworker.post(f"/citizens/{merged}/barriers", json=READING), 200)
    united = CitizensMerged(municipality="0101", citizen_id=UUID(kept), merged_id=UUID(merged))
    answer = await recorded_meanwhile(intake, database, caseworker, kept, united)
    refused(answer, 409, "barrier-recorded-already")


async def test_answering_a_referral_and_recording_a_barrier_wait_for_each_other_in_one_order(
    intake: RunningService, database: Database, caseworker: httpx.AsyncClient
) -> None:
    (citizen_id,) = await citizens(caseworker, 1)
    body = {"offer": "workshop", "reason": "e-Boks", "due": str(tomorrow())}
    made = done(await caseworker.post(f"/citizens/{citizen_id}/referrals", json=body), 201)
    async with asyncio.TaskGroup() as together, database.transaction(Origin("answer")) as tx:
        await tx.execute("SET LOCAL deadlock_timeout = '10ms'")  # a circle is found here first, and fails the test
        asked = await queries.referral_to_answer(tx, UUID(made["referral_id"]), "0101")
        recording = together.create_task(caseworker.post(f"/citizens/{citizen_id}/barriers", json=READING))
        await eventually(lambda: intake.database.fetchval(WAITING), what="the second decision waits")
        await tx.append(referral.answer(asked, said="accepted", reason=None))
    done(recording.result(), 200)


async def test_one_who_was_erased_meanwhile_is_not_known(
    intake: RunningService, database: Database, caseworker: httpx.AsyncClient
) -> None:
    (citizen_id,) = await citizens(caseworker, 1)
    erased = CitizenErased.example().model_copy(update={"citizen_id": UUID(citizen_id), "municipality": "0101"})
    answer = await recorded_meanwhile(intake, database, caseworker, citizen_id, erased)
    refused(answer, 404, "citizen-unknown")
