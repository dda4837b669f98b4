"""What referrers are told of stopped efforts: which, why, and who must be offered something else."""

from datetime import timedelta
from uuid import UUID

import httpx

from services.intake.state import APPLY
from shared.contracts.intake import CitizenErased
from shared.persistence import Database, Origin
from shared.web import Role
from tests.real.answers import refused
from tests.real.intake.efforts import Efforts
from tests.real.intake.office import citizens, referred
from tests.real.running_service import RunningService
from tests.today import days_ago, today, tomorrow


async def waiting(caller: httpx.AsyncClient) -> list[str]:
    """The referrals of the one notice there is."""
    (notice,) = (await caller.get("/notices")).json()
    return [referral["referral_id"] for referral in notice["referrals"]]


async def test_referrers_are_told_who_must_be_offered_something_else(
    intake: RunningService, caseworker: httpx.AsyncClient, efforts: Efforts
) -> None:
    first, second, third = await citizens(caseworker, 3)
    pilot, goes_on = await efforts.offer("Azure Fundamentals"), await efforts.offer("Office 365")
    late = await referred(caseworker, first, pilot, due=str(today() + timedelta(days=9)))
    soon = await referred(caseworker, second, pilot)
    await referred(caseworker, third, goes_on)
    assert (await caseworker.get("/notices")).json() == []
    assert await intake.reads() == []

    await efforts.decide(pilot, "stop", "Far below the benchmark")
    await efforts.close(pilot, "Far below the benchmark")
    assert (await caseworker.get("/notices")).json() == [
        {
            "course_id": pilot,
            "course": "Azure Fundamentals",
            "cause": "pilot-stopped",
            "on": str(today()),
            "told_on": str(today()),
            "reason": "Far below the benchmark",
            "referrals": [
                {"referral_id": soon, "citizen_id": second, "made_on": str(today()), "due": str(tomorrow())},
                {
                    "referral_id": late,
                    "citizen_id": first,
                    "made_on": str(today()),
                    "due": str(today() + timedelta(days=9)),
                },
            ],
        }
    ]
    assert await intake.reads() == [(citizen_id, "notices") for citizen_id in sorted([first, second])]


async def test_who_is_answered_re_referred_gone_or_erased_is_told_of_no_more(
    intake: RunningService, caseworker: httpx.AsyncClient, efforts: Efforts
) -> None:
    answers, moves_on, leaves, erased, waits = await citizens(caseworker, 5)
    course_id = await efforts.offer()
    referrals = [await referred(caseworker, one, course_id) for one in (answers, moves_on, leaves, erased, waits)]
    await efforts.decide(course_id)
    assert sorted(await waiting(caseworker)) == sorted(referrals)

    await caseworker.post(f"/referrals/{referrals[0]}/answer", json={"answer": "refused"})
    assert sorted(await waiting(caseworker)) == sorted(referrals[1:])
    await referred(caseworker, moves_on, None, offer="workshop", replaces=referrals[1])
    assert sorted(await waiting(caseworker)) == sorted(referrals[2:])
    await caseworker.post(f"/citizens/{leaves}/departure", json={"reason": "job", "on": str(today())})
    assert sorted(await waiting(caseworker)) == sorted(referrals[3:])
    database = Database(intake.address, APPLY)
    await database.open()
    try:
        async with database.transaction(Origin("erasure")) as tx:
            await tx.append(CitizenErased(municipality="0101", citizen_id=UUID(erased)))
    finally:
        await database.close()
    assert await waiting(caseworker) == referrals[4:]
    await caseworker.post(f"/referrals/{referrals[4]}/answer", json={"answer": "no-show"})
    assert await waiting(caseworker) == []


async def test_a_day_leaves_out_what_was_recorded_before_it(caseworker: httpx.AsyncClient, efforts: Efforts) -> None:
    closed, stopped, told_late = [await efforts.offer(title) for title in ("Closed", "Stopped", "Told late")]
    await efforts.close(closed, None, recorded=days_ago(60))
    await efforts.decide(stopped, recorded=days_ago(30))
    await efforts.decide(told_late, happened=days_ago(45), recorded=days_ago(2))

    async def since(days: int) -> list[tuple[str, str, str | None]]:
        answer = await caseworker.get("/notices", params={"since": str(today() - timedelta(days=days))})
        return [(notice["course"], notice["on"], notice["reason"]) for notice in answer.json()]

    days = {days: str(today() - timedelta(days=days)) for days in (30, 45, 60)}
    newest, middle, oldest = (
        ("Told late", days[45], "So it is"),
        ("Stopped", days[30], "So it is"),
        ("Closed", days[60], None),
    )
    assert await since(60) == [newest, middle, oldest]
    assert await since(59) == [newest, middle]
    assert await since(29) == [newest]
    assert await since(1) == []
    refused(await caseworker.get("/notices", params={"since": "yesterday"}), 422, "invalid")


async def test_of_a_closed_course_whose_pilot_is_stopped_the_decision_is_told(
    caseworker: httpx.AsyncClient, efforts: Efforts
) -> None:
    course_id = await efforts.offer()
    await efforts.decide(course_id, "stop", "It did not work")
    await efforts.close(course_id, "No room", happened=days_ago(9))
    (notice,) = (await caseworker.get("/notices")).json()
    assert (notice["cause"], notice["reason"], notice["on"]) == ("pilot-stopped", "It did not work", str(today()))


async def test_another_municipality_is_told_of_its_own_efforts_only(
    intake: RunningService, caseworker: httpx.AsyncClient, efforts: Efforts
) -> None:
    (citizen_id,) = await citizens(caseworker, 1)
    course_id = await efforts.offer()
    await referred(caseworker, citizen_id, course_id)
    await efforts.decide(course_id)
    assert (await intake.caller(Role.CASEWORKER, municipality="0147").get("/notices")).json() == []
    assert await intake.reads() == []
    for role in set(Role) - {Role.CASEWORKER}:
        refused(await intake.caller(role).get("/notices"), 403, "role-missing")


async def test_what_cannot_be_logged_is_not_told(
    intake: RunningService, caseworker: httpx.AsyncClient, efforts: Efforts
) -> None:
    (citizen_id,) = await citizens(caseworker, 1)
    course_id = await efforts.offer()
    await referred(caseworker, citizen_id, course_id)
    await efforts.decide(course_id)
    await intake.break_access_log()
    answer = await caseworker.get("/notices")
    refused(answer, 503, "access-log-unavailable")
    assert citizen_id not in answer.text
