"""Pilots over HTTP: tried on a few first, from the opening to the proof; who may see and decide them."""

from uuid import uuid4

from shared.clock import COPENHAGEN
from shared.web import Role
from tests.real.answers import done, refused
from tests.real.courses.school import COURSE, MUNICIPALITY, PILOT, STOP, School, day, on


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
