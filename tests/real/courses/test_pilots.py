"""Pilots over HTTP: tried on a few first, decided by a manager, wound down."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from shared.clock import COPENHAGEN
from shared.web import Role
from tests.real.courses.school import COURSE, MUNICIPALITY, PILOT, School, day, done, on, refused

STOP = {"decision": "stop", "verdict": "stop", "reason": "Far below the benchmark"}


async def names(school: School, subject: str) -> list[str]:
    """What happened to an entity."""
    return [event.name for event in await school.service.log(subject)]


async def test_a_pilot_from_its_opening_to_its_proof(school: School) -> None:
    course_id = await school.course()
    pilot_id = await school.pilot(course_id)
    cohort_id = await school.cohort(capacity=2, course_id=course_id)
    await school.enrol_all(cohort_id, await school.citizens(2))
    await school.decide(pilot_id, "continue")
    one_more = {"course_id": course_id, "starts": str(day(20)), "ends": str(day(30)), "capacity": 2}
    problem = refused(await school.manager.post("/cohorts", json=one_more), 409, "pilot-seats-held")
    assert (problem["pilot_id"], problem["seats_left"]) == (pilot_id, 1)

    widened = await school.decide(pilot_id, "widen", "continue")
    assert (widened["state"], widened["size"], widened["version"]) == ("widened", 6, 3)
    refused(await school.manager.post("/cohorts", json=one_more | {"capacity": 5}), 409, "pilot-seats-held")
    done(await school.manager.post("/cohorts", json=one_more | {"capacity": 4}), 201)
    again = PILOT | {"course_id": course_id}
    assert refused(await school.manager.post("/pilots", json=again), 409, "pilot-exists")["pilot_id"] == pilot_id
    proven = await school.decide(pilot_id, "continue", "continue")
    assert (proven["state"], proven["size"], proven["cohorts_ahead"]) == ("proven", None, [])
    done(await school.manager.post("/cohorts", json=one_more | {"capacity": 500}), 201)

    read = done(await school.manager.get(f"/pilots/{pilot_id}"))
    assert [(told["decision"], told["verdict"], told["decided_by_role"]) for told in read.pop("decisions")] == [
        ("continue", "cannot-tell-yet", "manager"),
        ("widen", "continue", "manager"),
        ("continue", "continue", "manager"),
    ]
    assert read == PILOT | {
        "pilot_id": pilot_id,
        "version": 4,
        "course_id": course_id,
        "course": COURSE["title"],
        "registered_on": str(day(-55)),
        "state": "proven",
        "size": None,
        "held": 506,
        "taken": 2,
    }
    opened, _, told, _ = await school.service.log(f"pilot/{pilot_id}")
    assert (opened.time.astimezone(COPENHAGEN).date(), opened.dataclassification) == (day(-55), "public")
    assert told.data == {
        "municipality": MUNICIPALITY,
        "pilot_id": pilot_id,
        "course_id": course_id,
        "decision": "widen",
        "verdict": "continue",
        "decided_by_role": "manager",
        "reason": "So it is best",
    }


async def test_pilots_are_listed_the_newest_first(school: School) -> None:
    first, second = await school.course(), await school.course()
    older, newer = await school.pilot(first), await school.pilot(second, happened=on(-5))
    listed = (await school.manager.get("/pilots")).json()
    assert [(one["pilot_id"], one["state"]) for one in listed] == [(newer, "testing"), (older, "testing")]
    of_course = (await school.manager.get("/pilots", params={"course_id": first})).json()
    assert [one["pilot_id"] for one in of_course] == [older]


async def test_a_pilot_is_opened_before_the_first_participant_starts(school: School) -> None:
    course_id = await school.course()
    cohort_id = await school.cohort(capacity=5, starts=day(-3), course_id=course_id)
    early = {"course_id": course_id, "happened": on(-5)}
    mistaken = early | {"first_size": 7}
    refused(await school.manager.post("/pilots", json=PILOT | mistaken), 409, "first-size-above-planned")
    told = await school.enrol_all(cohort_id, await school.citizens(4), happened=on(-6))
    refused(await school.manager.post("/pilots", json=PILOT | early), 409, "more-seats-taken")
    late = {"course_id": course_id, "first_size": 4}
    refused(await school.manager.post("/pilots", json=PILOT | late), 409, "pilot-too-late")
    done(await school.manager.post(f"/cohorts/{cohort_id}/freeze", json={}))
    # recorded too late, whatever day it is given
    refused(await school.manager.post("/pilots", json=PILOT | late | {"happened": on(-5)}), 409, "pilot-too-late")
    for one in told:  # registered by mistake: nobody took part
        end = {"reason": "mis_registered", "on": str(day(-2))}
        done(await school.caseworker.post(f"/participations/{one['enrolment_id']}/end", json=end))
    done(await school.manager.post("/pilots", json=PILOT | late), 201)
    online = await school.course(it_specific=False)
    wrong = PILOT | {"course_id": online, "measure": "it_course_job"}
    refused(await school.manager.post("/pilots", json=wrong), 409, "measure-does-not-fit")


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


async def test_enrolments_at_once_never_take_more_than_the_pilots_seats(school: School) -> None:
    course_id = await school.course()
    cohorts = [await school.cohort(capacity=5, course_id=course_id) for _ in range(3)]
    pilot_id = await school.pilot(course_id)
    citizens = await school.citizens(12)
    answers = await asyncio.gather(
        *(
            school.caseworker.post(f"/cohorts/{cohorts[place % 3]}/enrolments", json={"citizen_id": citizen_id})
            for place, citizen_id in enumerate(citizens)
        )
    )
    assert Counter(answer.status_code for answer in answers) == {201: 3, 409: 9}
    for answer in answers:
        if answer.status_code == 409:
            assert refused(answer, 409, "pilot-full")["seats_left"] == 0
    view = done(await school.manager.get(f"/pilots/{pilot_id}"))
    assert (view["size"], view["taken"], view["held"]) == (3, 3, 15)
    await school.decide(pilot_id, "widen")
    told = [await school.enrol(cohorts[0], await school.citizen()) for _ in range(2)]
    assert [one["status"] for one in told] == ["enrolled", "enrolled"]


async def test_cohorts_opened_at_once_hold_no_more_than_the_pilots_seats(school: School) -> None:
    course_id = await school.course()
    await school.pilot(course_id)
    body = {"course_id": course_id, "starts": str(day(5)), "ends": str(day(9)), "capacity": 1}
    answers = await asyncio.gather(*(school.manager.post("/cohorts", json=body) for _ in range(8)))
    assert Counter(answer.status_code for answer in answers) == {201: 3, 409: 5}


async def test_a_pilot_opened_while_a_citizen_enrols_counts_her(school: School) -> None:
    course_id = await school.course()
    cohort_id = await school.cohort(capacity=10, course_id=course_id)
    first, second = await school.citizens(2)
    await school.enrol(cohort_id, first)
    hold = "SELECT true FROM known_citizen WHERE citizen_id = $1 FOR UPDATE"
    elsewhere = await asyncpg.connect(school.service.address)
    waiting = (
        "SELECT count(*) = $1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    try:
        async with asyncio.TaskGroup() as together, elsewhere.transaction():
            await elsewhere.fetchval(hold, UUID(second))
            enrolling = together.create_task(school.enrol(cohort_id, second))
            await school.until(waiting, 1)  # she has her seat, but for the commit
            body = PILOT | {"course_id": course_id, "first_size": 1}
            opening = together.create_task(school.manager.post("/pilots", json=body))
            await school.until(waiting, 2)
    finally:
        await elsewhere.close()
    assert enrolling.result()["status"] == "enrolled"
    refused(opening.result(), 409, "more-seats-taken")


async def test_two_pilots_of_one_course_opened_at_once_are_one(school: School) -> None:
    body = PILOT | {"course_id": await school.course()}
    answers = await asyncio.gather(*(school.manager.post("/pilots", json=body) for _ in range(4)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 3}


async def test_decisions_at_once_follow_each_other(school: School) -> None:
    course_id = await school.course()
    pilot_id = await school.pilot(course_id)
    answers = await asyncio.gather(*(school.manager.post(f"/pilots/{pilot_id}/decide", json=STOP) for _ in range(4)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 3}
    assert await names(school, f"pilot/{pilot_id}") == ["pilot-opened", "pilot-decided"]


async def test_nobody_comes_after_a_stop_however_close_it_was(school: School) -> None:
    course_id = await school.course()
    pilot_id = await school.pilot(course_id, first_size=20, planned_size=20)
    cohort_id = await school.cohort(capacity=20, course_id=course_id)
    bodies = [{"citizen_id": citizen_id} for citizen_id in await school.citizens(10)]
    enrolling = [school.caseworker.post(f"/cohorts/{cohort_id}/enrolments", json=body) for body in bodies]
    stop = school.manager.post(f"/pilots/{pilot_id}/decide", json=STOP)
    answers = await asyncio.gather(*enrolling[:5], stop, *enrolling[5:])
    order = [event.name for event in await school.service.log() if event.name in ("citizen-enrolled", "pilot-decided")]
    assert order[-1] == "pilot-decided"
    (ahead,) = done(answers[5])["cohorts_ahead"]
    assert ahead["taken"] == len(order) - 1


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


async def test_only_a_manager_decides(school: School) -> None:
    planners = {Role.MANAGER, Role.SYSTEM}
    readers = {Role.CASEWORKER, Role.EMENTOR, Role.MANAGER, Role.COMPANY_DESK, Role.ANALYST, Role.SYSTEM}
    unknown = str(uuid4())
    may = [
        ("POST", "/pilots", PILOT | {"course_id": unknown}, planners),
        ("POST", f"/pilots/{unknown}/decide", STOP, {Role.MANAGER}),
        ("GET", "/pilots", None, readers),
        ("GET", f"/pilots/{unknown}", None, readers),
    ]
    for method, path, body, roles in may:
        for role in Role:
            answer = await school.service.caller(role, municipality=MUNICIPALITY).request(method, path, json=body)
            assert (answer.status_code != 403) == (role in roles), f"{role} {method} {path}: {answer.text}"
        assert (await school.service.caller().request(method, path, json=body)).status_code == 401


async def test_another_municipality_sees_no_pilot_and_decides_none(school: School) -> None:
    course_id = await school.course()
    pilot_id = await school.pilot(course_id)
    stranger = school.service.caller(Role.MANAGER, municipality="0101")
    refused(await stranger.post(f"/pilots/{pilot_id}/decide", json=STOP), 404, "pilot-unknown")
    refused(await stranger.post("/pilots", json=PILOT | {"course_id": course_id}), 404, "course-unknown")
    refused(await stranger.get(f"/pilots/{pilot_id}"), 404, "pilot-unknown")
    assert (await stranger.get("/pilots")).json() == []
    assert (await stranger.get("/pilots", params={"course_id": course_id})).json() == []
