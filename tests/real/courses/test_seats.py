"""Seats under many hands at once: never oversold, nobody twice, the first in line first."""

import asyncio
from collections import Counter

from tests.real.answers import done, refused
from tests.real.courses.school import School, day, on


async def test_twenty_at_once_on_ten_seats_are_ten_enrolled_and_ten_in_line(school: School) -> None:
    cohort_id, citizens = await school.cohort(capacity=10), await school.citizens(20)
    answers = await school.all_at_once(
        f"/cohorts/{cohort_id}/enrolments", [{"citizen_id": citizen} for citizen in citizens]
    )
    told = [done(answer, 201) for answer in answers]
    assert Counter(one["status"] for one in told) == {"enrolled": 10, "waitlisted": 10}
    assert sorted(one["position"] for one in told if one["position"]) == list(range(1, 11))
    view = await school.view(cohort_id)
    assert (view["capacity"], view["enrolled"], view["offered"], view["waitlisted"]) == (10, 10, 0, 10)
    assert Counter(event.name for event in await school.service.log() if event.subject.startswith("citizen/")) == {
        "citizen-enrolled": 10,
        "citizen-waitlisted": 10,
    }


async def test_one_citizen_ten_times_at_once_is_enrolled_once(school: School) -> None:
    cohort_id, citizen_id = await school.cohort(), await school.citizen()
    answers = await school.all_at_once(f"/cohorts/{cohort_id}/enrolments", [{"citizen_id": citizen_id}] * 10)
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 9}
    enrolment_id = next(answer.json()["enrolment_id"] for answer in answers if answer.status_code == 201)
    for answer in answers:
        if answer.status_code == 409:
            assert refused(answer, 409, "already-enrolled")["enrolment_id"] == enrolment_id


async def test_seats_given_up_at_once_go_to_the_first_in_line_each_once(school: School) -> None:
    cohort_id = await school.cohort(capacity=4)
    told = await school.enrol_all(cohort_id, await school.citizens(10))
    withdrawals = (school.caseworker.post(f"/enrolments/{one['enrolment_id']}/withdraw", json={}) for one in told[:3])
    for answer in await asyncio.gather(*withdrawals):
        assert done(answer)["status"] == "withdrawn"
    roster = await school.roster(cohort_id)
    assert {line["enrolment_id"] for line in roster if line["status"] == "offered"} == {
        one["enrolment_id"] for one in told[4:7]
    }
    waiting = {line["enrolment_id"]: line["position"] for line in roster if line["status"] == "waitlisted"}
    assert waiting == {one["enrolment_id"]: place for place, one in enumerate(told[7:], start=1)}


async def test_an_offered_seat_is_taken_or_declined_to_the_next(school: School) -> None:
    cohort_id = await school.cohort(capacity=1)
    first, second, third = await school.enrol_all(cohort_id, await school.citizens(3))
    refused(
        await school.caseworker.post(f"/enrolments/{second['enrolment_id']}/accept", json={}), 409, "no-seat-offered"
    )
    done(await school.caseworker.post(f"/enrolments/{first['enrolment_id']}/withdraw", json={"reason": "Moved away"}))
    done(await school.caseworker.post(f"/enrolments/{second['enrolment_id']}/withdraw", json={}))
    taken = done(await school.caseworker.post(f"/enrolments/{third['enrolment_id']}/accept", json={}))
    assert (taken["status"], taken["version"]) == ("enrolled", 3)
    assert [event.name for event in await school.service.log() if event.subject.startswith("citizen/")] == [
        "citizen-enrolled",
        "citizen-waitlisted",
        "citizen-waitlisted",
        "enrolment-withdrawn",
        "seat-offered",
        "enrolment-withdrawn",
        "seat-offered",
        "citizen-enrolled",
    ]
    (withdrawn,) = [
        e for e in await school.service.log(f"citizen/{first['citizen_id']}") if e.name == "enrolment-withdrawn"
    ]
    assert withdrawn.data["reason"] == "Moved away"


async def test_offers_that_ran_out_are_settled_by_command_and_by_the_next_enrolment(school: School) -> None:
    cohort_id = await school.cohort(capacity=1)
    told = await school.enrol_all(cohort_id, await school.citizens(4), happened=on(-20))
    withdraw = {"happened": on(-10)}
    done(await school.caseworker.post(f"/enrolments/{told[0]['enrolment_id']}/withdraw", json=withdraw))
    # offered on day -10, so it ran out on day -7
    late = await school.caseworker.post(f"/enrolments/{told[1]['enrolment_id']}/accept", json={})
    refused(late, 409, "seat-offer-expired")
    settled = done(await school.caseworker.post(f"/cohorts/{cohort_id}/seat-offers/expire", json={"happened": on(-7)}))
    assert settled["expired"] == [told[1]["enrolment_id"]]
    assert [offer["enrolment_id"] for offer in settled["offered"]] == [told[2]["enrolment_id"]]
    # the second offer ran out on day -4: whoever enrols now finds it settled, and stands behind who waited
    newcomer = await school.enrol(cohort_id, await school.citizen())
    assert (newcomer["status"], newcomer["position"]) == ("waitlisted", 1)
    statuses = {line["enrolment_id"]: line["status"] for line in await school.roster(cohort_id)}
    assert [statuses[one["enrolment_id"]] for one in told] == ["withdrawn", "expired", "expired", "offered"]
    again = done(await school.caseworker.post(f"/cohorts/{cohort_id}/seat-offers/expire", json={}))
    assert (again["expired"], again["offered"]) == ([], [])


async def test_the_roster_is_who_has_a_seat_on_the_start_day(school: School) -> None:
    cohort_id = await school.cohort(capacity=2, starts=day(-3))
    told = await school.enrol_all(cohort_id, await school.citizens(3), happened=on(-5))
    refused(await school.manager.post(f"/cohorts/{cohort_id}/freeze", json={"on": str(day(-4))}), 409, "not-start-day")
    frozen = done(await school.manager.post(f"/cohorts/{cohort_id}/freeze", json={}))
    assert set(frozen["enrolment_ids"]) == {one["enrolment_id"] for one in told[:2]}
    refused(await school.manager.post(f"/cohorts/{cohort_id}/freeze", json={}), 409, "roster-frozen")
    view = await school.view(cohort_id)
    assert (view["frozen_on"], view["started"], view["running"]) == (str(day(-3)), 2, 2)
    too_late = {"citizen_id": await school.citizen(), "happened": on(-4)}
    refused(await school.caseworker.post(f"/cohorts/{cohort_id}/enrolments", json=too_late), 409, "roster-frozen")
    withdrawal = await school.caseworker.post(f"/enrolments/{told[0]['enrolment_id']}/withdraw", json={})
    refused(withdrawal, 409, "roster-frozen")


async def test_cohorts_of_the_same_citizens_frozen_at_once_do_not_stand_in_each_others_way(school: School) -> None:
    citizens = await school.citizens(8)
    cohorts = [await school.cohort(capacity=8, starts=day(-3)) for _ in range(4)]
    for number, cohort_id in enumerate(cohorts):
        await school.enrol_all(cohort_id, citizens[number:] + citizens[:number], happened=on(-5))
    freezing = (school.manager.post(f"/cohorts/{cohort_id}/freeze", json={}) for cohort_id in cohorts)
    for answer in await asyncio.gather(*freezing):
        assert len(done(answer)["enrolment_ids"]) == 8
    for citizen_id in citizens:
        log = await school.service.log(f"citizen/{citizen_id}")
        assert [event.sequence for event in log] == list(range(1, 9))
