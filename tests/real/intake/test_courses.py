"""Referring to a course by its id: known from courses' events, refused once it is wound down."""

from datetime import timedelta
from uuid import uuid4

import httpx

from services.intake.state import APPLY
from tests.conftest import NewDatabase
from tests.real.answers import refused
from tests.real.imported import same_when_imported
from tests.real.intake.efforts import Efforts
from tests.real.intake.office import citizens, refer, referred, registered
from tests.real.running_service import RunningService
from tests.today import days_ago, today


async def test_a_referral_names_its_course(
    intake: RunningService, caseworker: httpx.AsyncClient, efforts: Efforts
) -> None:
    citizen_id, course_id = await registered(caseworker), await efforts.offer()
    referral_id = await referred(caseworker, citizen_id, course_id)
    (told,) = [envelope for envelope in await intake.log() if envelope.name == "referral-made"]
    assert (told.data["referral_id"], told.data["offer"], told.data["course_id"]) == (referral_id, "course", course_id)
    (seen,) = (await caseworker.get(f"/citizens/{citizen_id}/referrals")).json()
    assert (seen["course_id"], seen["replaced_by"]) == (course_id, None)


async def test_a_course_may_be_left_open(caseworker: httpx.AsyncClient) -> None:
    await referred(caseworker, await registered(caseworker), None)


async def test_only_the_offer_of_a_course_names_one(caseworker: httpx.AsyncClient, efforts: Efforts) -> None:
    citizen_id, course_id = await registered(caseworker), await efforts.offer()
    for offer in ("workshop", "test", "self-service", "job-app"):
        problem = refused(await refer(caseworker, citizen_id, course_id, offer=offer), 422, "invalid")
        assert f"leave it out for '{offer}'" in problem["errors"][0]["problem"]


async def test_a_course_that_is_not_known_here_is_refused(caseworker: httpx.AsyncClient, efforts: Efforts) -> None:
    citizen_id = await registered(caseworker)
    elsewhere = Efforts(efforts.intake, efforts.bus, "0147")
    stopped = await elsewhere.offer()
    await elsewhere.decide(stopped)
    for course_id in (str(uuid4()), await elsewhere.offer(), stopped):
        problem = refused(await refer(caseworker, citizen_id, course_id), 409, "course-unknown")
        assert "try again" in problem["detail"]


async def test_nobody_is_referred_to_a_course_that_was_closed(
    intake: RunningService, caseworker: httpx.AsyncClient, efforts: Efforts
) -> None:
    citizen_id, course_id = await registered(caseworker), await efforts.offer()
    await efforts.close(course_id, "Too few came", happened=days_ago(3))
    problem = refused(await refer(caseworker, citizen_id, course_id), 409, "course-closed")
    assert str(today() - timedelta(days=3)) in problem["title"]
    assert (problem["course_id"], problem["reason"]) == (course_id, "Too few came")
    assert [envelope.name for envelope in await intake.log()] == ["citizen-registered"]


async def test_only_a_stop_ends_the_referrals_to_a_pilot(caseworker: httpx.AsyncClient, efforts: Efforts) -> None:
    first, second, third = await citizens(caseworker, 3)
    course_id = await efforts.offer()
    await efforts.decide(course_id, "widen")
    await referred(caseworker, first, course_id)
    await efforts.decide(course_id, "continue")
    await referred(caseworker, second, course_id)
    await efforts.decide(course_id, "stop", "Far below the benchmark")
    await efforts.close(course_id, "Far below the benchmark")
    problem = refused(await refer(caseworker, third, course_id), 409, "pilot-stopped")
    assert problem["reason"] == "Far below the benchmark"


async def test_what_ends_a_course_may_arrive_before_the_course(caseworker: httpx.AsyncClient, efforts: Efforts) -> None:
    citizen_id, course_id = await registered(caseworker), str(uuid4())
    await efforts.close(course_id)
    refused(await refer(caseworker, citizen_id, course_id), 409, "course-closed")
    await efforts.rename(course_id, "The newer title", 2)
    await efforts.rename(course_id, "The older title", 1, offered=True)
    refused(await refer(caseworker, citizen_id, course_id), 409, "course-closed")
    (notice,) = (await caseworker.get("/notices")).json()
    assert notice["course"] == "The newer title"


async def test_a_referral_takes_the_place_of_one_to_a_stopped_course(
    intake: RunningService, caseworker: httpx.AsyncClient, efforts: Efforts, new_database: NewDatabase
) -> None:
    citizen_id = await registered(caseworker)
    stopped, other = await efforts.offer(), await efforts.offer()
    first = await referred(caseworker, citizen_id, stopped)
    stands = await refer(caseworker, citizen_id, other, replaces=first)
    refused(stands, 409, "referral-stands")
    await efforts.decide(stopped)
    hint = refused(await refer(caseworker, citizen_id, other), 409, "referral-awaited")
    assert (hint["referral_id"], "`replaces`" in hint["detail"]) == (first, True)
    second = await referred(caseworker, citizen_id, other, replaces=first)

    newest, oldest = (await caseworker.get(f"/citizens/{citizen_id}/referrals")).json()
    assert (newest["referral_id"], newest["course_id"], newest["replaced_by"]) == (second, other, None)
    assert (oldest["referral_id"], oldest["replaced_by"]) == (first, second)
    again = await refer(caseworker, citizen_id, None, offer="workshop", replaces=first)
    refused(again, 409, "referral-not-open")
    answered = await caseworker.post(f"/referrals/{first}/answer", json={"answer": "accepted"})
    refused(answered, 409, "referral-replaced")
    done = await caseworker.post(f"/referrals/{second}/answer", json={"answer": "accepted"})
    assert done.status_code == 200, done.text

    await same_when_imported(intake, await new_database("intake"), APPLY, "referral")


async def test_another_citizens_referral_is_not_replaced(caseworker: httpx.AsyncClient, efforts: Efforts) -> None:
    hers, his = await citizens(caseworker, 2)
    course_id = await efforts.offer()
    referral_id = await referred(caseworker, hers, course_id)
    await efforts.decide(course_id)
    refused(await refer(caseworker, his, None, replaces=referral_id), 409, "referral-not-open")
