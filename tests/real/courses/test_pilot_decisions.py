"""Decisions about pilots over HTTP: a stop winds the course down; what is repeated, late or cannot be read."""

from collections import Counter
from typing import Any
from uuid import uuid4

import pytest

from tests.real.answers import done, refused
from tests.real.courses.school import PILOT, STOP, School, day, names, on


async def test_a_stop_winds_the_course_down(school: School) -> None:
    course_id = await school.course()
    pilot_id = await school.pilot(course_id, first_size=4, planned_size=4)
    running = await school.cohort(capacity=2, starts=day(-10), course_id=course_id)
    taking_part = await school.enrol_all(running, await school.citizens(2), happened=on(-12))
    done(await school.manager.post(f"/cohorts/{running}/freeze", json={}))
    ahead = await school.cohort(capacity=2, course_id=course_id)
    people = await school.citizens(4)
    one, two, three, _ = await school.enrol_all(ahead, people)
    done(await school.caseworker.post(f"/enrolments/{one['enrolment_id']}/withdraw", json={}))  # three is offered it
    newcomer = await school.citizen()
    invited = {"citizen_ids": [people[0]]}
    done(await school.caseworker.post(f"/cohorts/{ahead}/invitations", json=invited))

    stopped = done(await school.manager.post(f"/pilots/{pilot_id}/decide", json=STOP))
    assert (stopped["state"], stopped["version"]) == ("stopped", 2)
    assert stopped["cohorts_ahead"] == [{"cohort_id": ahead, "starts": str(day(10)), "taken": 2, "waiting": 1}]
    assert await names(school, f"course/{course_id}") == ["course-offered", "course-closed"]

    cohort = {"course_id": course_id, "starts": str(day(1)), "ends": str(day(2)), "capacity": 1}
    refused(await school.manager.post("/cohorts", json=cohort), 409, "course-closed")
    for path, body in [
        (f"/cohorts/{ahead}/identifications", {"citizen_ids": [newcomer]}),
        (f"/cohorts/{ahead}/invitations", {"citizen_ids": [newcomer]}),
        (f"/cohorts/{ahead}/invitations/{people[0]}/answer", {"answer": "accepted"}),
        (f"/cohorts/{ahead}/enrolments", {"citizen_id": newcomer}),
        (f"/enrolments/{three['enrolment_id']}/accept", {}),
    ]:
        assert refused(await school.caseworker.post(path, json=body), 409, "pilot-stopped")["pilot_id"] == pilot_id
    done(await school.caseworker.post(f"/enrolments/{two['enrolment_id']}/withdraw", json={}))
    settled = done(await school.caseworker.post(f"/cohorts/{ahead}/seat-offers/expire", json={}))
    assert settled["offered"] == []
    refused(await school.manager.post(f"/pilots/{pilot_id}/decide", json=STOP), 409, "pilot-stopped")

    end = {"reason": "completed"}  # the running cohort finishes
    done(await school.caseworker.post(f"/participations/{taking_part[0]['enrolment_id']}/end", json=end))
    done(await school.manager.post(f"/cohorts/{ahead}/cancel", json={"reason": "The pilot was stopped"}))
    statuses = Counter(line["status"] for line in await school.roster(ahead) if line["status"])
    assert statuses == {"withdrawn": 4}


async def test_a_stop_of_a_closed_course_closes_it_once(school: School) -> None:
    course_id = await school.course()
    pilot_id = await school.pilot(course_id)
    done(await school.manager.post(f"/courses/{course_id}/close", json={}))
    await school.decide(pilot_id, "stop", "stop")
    assert await names(school, f"course/{course_id}") == ["course-offered", "course-closed"]


async def test_the_same_request_again_happens_once(school: School) -> None:
    course_id = await school.course()
    body, key = PILOT | {"course_id": course_id}, {"Idempotency-Key": "pilot-1"}
    first, again = [await school.manager.post("/pilots", json=body, headers=key) for _ in range(2)]
    assert done(first, 201) == done(again, 201)
    pilot_id, key = first.json()["pilot_id"], {"Idempotency-Key": "stop-1"}
    await school.cohort(capacity=1, course_id=course_id)
    path = f"/pilots/{pilot_id}/decide"
    first, again = [await school.manager.post(path, json=STOP, headers=key) for _ in range(2)]
    assert done(first) == done(again)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(first.json()["cohorts_ahead"]) == 1
    assert await names(school, f"pilot/{pilot_id}") == ["pilot-opened", "pilot-decided"]


async def test_a_decision_that_rests_on_an_old_version_is_refused(school: School) -> None:
    course_id = await school.course()
    body = PILOT | {"course_id": course_id}
    wrong = await school.manager.post("/pilots", json=body, headers={"Expected-Version": "2"})
    assert refused(wrong, 409, "version-conflict")["version"] == 1
    pilot_id = await school.pilot(course_id)
    await school.decide(pilot_id, "widen")
    stale = await school.manager.post(f"/pilots/{pilot_id}/decide", json=STOP, headers={"Expected-Version": "1"})
    assert refused(stale, 409, "version-conflict")["version"] == 2
    done(await school.manager.post(f"/pilots/{pilot_id}/decide", json=STOP, headers={"Expected-Version": "2"}))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"reason": "As 010179-0001 said"}, "reason"),
        ({"verdict": "good"}, "verdict"),
        ({"decision": "pause"}, "decision"),
        ({"decided_by_role": "director"}, "decided_by_role"),
    ],
)
async def test_a_decision_that_cannot_be_read_names_its_field(
    school: School, changes: dict[str, Any], field: str
) -> None:
    problem = refused(await school.manager.post(f"/pilots/{uuid4()}/decide", json=STOP | changes), 422, "invalid")
    assert [error["field"] for error in problem["errors"]] == [field]
