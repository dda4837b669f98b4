"""Matchmaking events and their meetings over HTTP."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from shared.clock import now
from shared.ids import new_id
from shared.web import Role
from tests.real.answers import done, refused
from tests.real.outcomes.jobcenter import Jobcenter
from tests.real.running_service import RunningService
from tests.today import days_ago, today, tomorrow, yesterday


def seat(round_number: int, table: int, citizen_id: str, company_id: str, **interest: bool) -> dict[str, Any]:
    return {"round": round_number, "table": table, "citizen_id": citizen_id, "company_id": company_id} | interest


async def test_an_event_is_planned_filled_held_and_read(
    outcomes: RunningService, jobcenter: Jobcenter, desk: httpx.AsyncClient
) -> None:
    one, two = await jobcenter.citizen(), await jobcenter.citizen()
    bakery, smithy = await jobcenter.company("10000001"), await jobcenter.company("10000002")
    event_id = await jobcenter.event([bakery, smithy])
    address = f"/events/{event_id}"
    timetable = [seat(0, 0, one, bakery), seat(0, 1, two, smithy), seat(1, 0, two, bakery)]
    scheduled = await desk.post(f"{address}/meetings", json={"meetings": timetable})
    assert done(scheduled, 201) == {"event_id": event_id, "meetings": 3}
    done(await desk.post(f"{address}/meetings/cancel", json={"round": 1, "citizen_id": two, "reason": "syg"}))
    held = [
        seat(0, 0, one, bakery, interest_citizen=True, interest_company=True),
        seat(0, 1, two, smithy, interest_citizen=False),
        seat(2, 0, one, smithy),  # walked in
    ]
    assert done(await desk.post(f"{address}/meetings/held", json={"meetings": held}))["meetings"] == 3
    assert done(await desk.post(f"{address}/hold", json={}))["version"] == 2

    read = done(await outcomes.caller(Role.CASEWORKER).get(address))
    assert (read["version"], read["held_on"]) == (2, str(today()))
    assert [(m["round"], m["citizen_id"], m["state"], m["interest_citizen"]) for m in read["meetings"]] == [
        (0, one, "held", True),
        (0, two, "held", False),
        (1, two, "cancelled", None),
        (2, one, "held", None),
    ]
    assert sorted(await outcomes.reads()) == sorted([(one, "meetings of an event"), (two, "meetings of an event")])
    told = [envelope.name for envelope in await outcomes.log(f"citizen/{two}")]
    assert told == ["meeting-scheduled", "meeting-scheduled", "meeting-cancelled", "meeting-held"]
    assert [envelope.name for envelope in await outcomes.log(f"event/{event_id}")] == ["event-planned", "event-held"]
    assert [event["event_id"] for event in (await desk.get("/events")).json()] == [event_id]


async def test_a_timetable_with_one_wrong_seat_leaves_nothing_behind(
    outcomes: RunningService, jobcenter: Jobcenter, desk: httpx.AsyncClient
) -> None:
    citizen, company = await jobcenter.citizen(), await jobcenter.company()
    event_id = await jobcenter.event([company])
    before = len(await outcomes.log())
    good = seat(0, 0, citizen, company)
    for wrong, code in (
        (seat(0, 1, citizen, company), "citizen-seated-already"),
        (seat(0, 0, await jobcenter.citizen(), company), "table-taken"),
        (seat(3, 0, citizen, company), "round-unknown"),
        (seat(1, 0, citizen, str(new_id())), "company-not-invited"),
        (seat(1, 0, str(new_id()), company), "citizen-unknown"),
    ):
        for step in ("meetings", "meetings/held"):
            if (step, code) == ("meetings/held", "citizen-seated-already"):
                continue  # a second meeting of the round is told apart below
            answer = await desk.post(f"/events/{event_id}/{step}", json={"meetings": [good, wrong]})
            refused(answer, 409, code)
    assert len(await outcomes.log()) == before


async def test_of_two_timetables_at_once_one_gets_the_seats(
    outcomes: RunningService, jobcenter: Jobcenter, desk: httpx.AsyncClient
) -> None:
    citizens = [await jobcenter.citizen() for _ in range(4)]
    company = await jobcenter.company()
    event_id = await jobcenter.event([company])
    timetables = [[seat(0, 0, citizen, company)] for citizen in citizens]
    answers = await asyncio.gather(
        *(desk.post(f"/events/{event_id}/meetings", json={"meetings": meetings}) for meetings in timetables)
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


async def test_a_meeting_is_held_once_and_as_scheduled(jobcenter: Jobcenter, desk: httpx.AsyncClient) -> None:
    citizen, company, other = await jobcenter.citizen(), await jobcenter.company(), await jobcenter.company("10000002")
    address = f"/events/{await jobcenter.event([company, other])}/meetings"
    done(await desk.post(address, json={"meetings": [seat(0, 0, citizen, company)]}), 201)
    refused(await desk.post(f"{address}/held", json={"meetings": [seat(0, 0, citizen, other)]}), 409, "meeting-other")
    done(await desk.post(f"{address}/held", json={"meetings": [seat(0, 0, citizen, company)]}))
    again = await desk.post(f"{address}/held", json={"meetings": [seat(0, 0, citizen, company)]})
    refused(again, 409, "meeting-held-already")
    cancel = {"round": 0, "citizen_id": citizen}
    refused(await desk.post(f"{address}/cancel", json=cancel), 409, "meeting-not-scheduled")


async def test_nothing_is_held_before_its_day_and_nothing_planned_for_the_past(
    jobcenter: Jobcenter, desk: httpx.AsyncClient
) -> None:
    citizen, company = await jobcenter.citizen(), await jobcenter.company()
    planned = f"/events/{await jobcenter.event([company], on=str(tomorrow()))}"
    held = {"meetings": [seat(0, 0, citizen, company)]}
    refused(await desk.post(f"{planned}/meetings/held", json=held), 409, "event-not-yet")
    refused(await desk.post(f"{planned}/hold", json={}), 409, "not-yet")
    plan = {"cohort_ids": [str(new_id())], "companies": [company], "rounds": 1, "online": True, "on": str(yesterday())}
    refused(await desk.post("/events", json=plan), 409, "event-in-the-past")


async def test_after_an_event_only_what_happened_is_recorded(
    outcomes: RunningService, jobcenter: Jobcenter, desk: httpx.AsyncClient
) -> None:
    citizen, company = await jobcenter.citizen(), await jobcenter.company()
    address = f"/events/{await jobcenter.event([company])}"
    done(await desk.post(f"{address}/hold", json={}))
    refused(await desk.post(f"{address}/hold", json={}), 409, "event-held-already")
    meeting = {"meetings": [seat(0, 0, citizen, company)]}
    refused(await desk.post(f"{address}/meetings", json=meeting), 409, "event-held-already")
    done(await desk.post(f"{address}/meetings/held", json=meeting))


async def test_a_past_event_is_told_with_the_moments_it_happened(
    outcomes: RunningService, jobcenter: Jobcenter, desk: httpx.AsyncClient
) -> None:
    citizen, company = await jobcenter.citizen(), await jobcenter.company()
    planned, held = days_ago(30), days_ago(10)
    event_id = await jobcenter.event([company], on=str(today() - timedelta(days=10)), happened=planned.isoformat())
    told = {"meetings": [seat(0, 0, citizen, company)], "happened": held.isoformat()}
    done(await desk.post(f"/events/{event_id}/meetings/held", json=told))
    (meeting,) = await outcomes.log(f"citizen/{citizen}")
    (plan,) = await outcomes.log(f"event/{event_id}")
    assert (plan.time, meeting.time) == (planned, held)
    assert now() - meeting.recordedtime < timedelta(minutes=1)


async def test_an_event_takes_registered_companies(jobcenter: Jobcenter, desk: httpx.AsyncClient) -> None:
    unknown = str(new_id())
    plan = {"cohort_ids": [str(new_id())], "companies": [unknown], "rounds": 1, "online": True, "on": str(today())}
    assert refused(await desk.post("/events", json=plan), 409, "company-unknown")["companies"] == [unknown]


@pytest.mark.parametrize("step", ["meetings", "meetings/held", "meetings/cancel", "hold"])
async def test_another_municipality_sees_no_event(outcomes: RunningService, jobcenter: Jobcenter, step: str) -> None:
    citizen, company = await jobcenter.citizen(), await jobcenter.company()
    event_id = await jobcenter.event([company])
    there = outcomes.caller(Role.COMPANY_DESK, municipality="0147")
    bodies: dict[str, Any] = {"hold": {}, "meetings/cancel": {"round": 0, "citizen_id": citizen}}
    body = bodies.get(step, {"meetings": [seat(0, 0, citizen, company)]})
    refused(await there.post(f"/events/{event_id}/{step}", json=body), 404, "event-unknown")
    refused(await there.get(f"/events/{event_id}"), 404, "event-unknown")
    assert (await there.get("/events")).json() == []
    assert await outcomes.reads() == []
