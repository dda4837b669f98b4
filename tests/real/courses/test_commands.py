"""The commands and queries of courses over HTTP: what they record, what they refuse, who may, and what is logged."""

from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.clock import COPENHAGEN, now
from shared.contracts.intake import CitizenRegistered
from shared.web import Role
from tests.real.answers import done, refused
from tests.real.courses.school import CERTIFICATE, COURSE, MUNICIPALITY, School, day, on

SOME = UUID(int=1)


async def test_a_course_from_its_offer_to_a_certificate(school: School) -> None:
    cohort_id = await school.cohort(capacity=2, starts=day(-25))
    first, second, third = await school.citizens(3)
    people = {"citizen_ids": [first, second, third]}
    for step, when in (("identifications", -40), ("invitations", -39)):
        body = people | {"happened": on(when)}
        named = done(await school.caseworker.post(f"/cohorts/{cohort_id}/{step}", json=body))
        assert set(named["citizen_ids"]) == {first, second, third}
        assert done(await school.caseworker.post(f"/cohorts/{cohort_id}/{step}", json=body))["citizen_ids"] == []
    for citizen_id, answer in ((first, "accepted"), (second, "accepted"), (third, "declined")):
        body = {"answer": answer, "happened": on(-35)}
        done(await school.caseworker.post(f"/cohorts/{cohort_id}/invitations/{citizen_id}/answer", json=body))
    one, two = await school.enrol_all(cohort_id, [first, second], happened=on(-34))
    done(await school.manager.post(f"/cohorts/{cohort_id}/freeze", json={}))
    ends = [
        {"enrolment_id": two["enrolment_id"], "reason": "dropped_out", "on": str(day(-15))},
        {"enrolment_id": one["enrolment_id"], "reason": "completed", "on": str(day(-5))},
    ]
    ended = done(await school.caseworker.post(f"/cohorts/{cohort_id}/end", json={"participations": ends}))
    assert {end["reason"] for end in ended["ended"]} == {"completed", "dropped_out"}
    award = CERTIFICATE | {"citizen_id": first, "enrolment_id": one["enrolment_id"], "on": str(day(-2))}
    certificate = done(await school.caseworker.post("/certificates", json=award), 201)
    refused(await school.caseworker.post("/certificates", json=award), 409, "already-awarded")
    revoke = f"/certificates/{certificate['certificate_id']}/revoke"
    done(await school.caseworker.post(revoke, json={"reason": "Wrong exam"}))
    refused(await school.caseworker.post(revoke, json={"reason": "Wrong exam"}), 409, "already-revoked")

    log = await school.service.log(f"citizen/{first}")
    assert [(event.name, event.sequence, event.time.astimezone(COPENHAGEN).date()) for event in log] == [
        ("citizen-identified", 1, day(-40)),
        ("citizen-invited", 2, day(-39)),
        ("invitation-answered", 3, day(-35)),
        ("citizen-enrolled", 4, day(-34)),
        ("participation-started", 5, day(-25)),
        ("participation-ended", 6, day(-5)),
        ("certificate-awarded", 7, day(-2)),
        ("certificate-revoked", 8, day(0)),
    ]
    assert all((now() - event.recordedtime).total_seconds() < 60 for event in log)
    assert log[6].data["type"] == "Certification"

    view = await school.view(cohort_id)
    counts = ("identified", "invited", "accepted", "enrolled", "waitlisted", "started", "running")
    assert [view[count] for count in counts] == [3, 3, 2, 2, 0, 2, 0]
    (read,) = (await school.caseworker.get(f"/citizens/{first}/participations")).json()
    assert (read["course"], read["started"], read["ended"]) == (COURSE["title"], str(day(-25)), str(day(-5)))
    (held,) = (await school.caseworker.get(f"/citizens/{first}/certificates")).json()
    assert (held["certificate"]["type"], held["revoked_reason"]) == ("Certification", "Wrong exam")


async def test_courses_are_changed_listed_and_closed(school: School) -> None:
    course_id = await school.course(price_dkk=12000)
    await school.cohort(course_id=course_id)
    done(await school.manager.post(f"/courses/{course_id}/change", json={"hours": 90, "price_dkk": None}))
    read = done(await school.manager.get(f"/courses/{course_id}"))
    assert (read["hours"], read["price_dkk"], read["title"], read["version"]) == (90, None, COURSE["title"], 2)
    assert [cohort["capacity"] for cohort in read["cohorts"]] == [10]
    changed = (await school.service.log(f"course/{course_id}"))[1]
    assert "price_dkk" not in changed.data
    same = await school.manager.post(f"/courses/{course_id}/change", json={"hours": 90})
    refused(same, 409, "nothing-changed")
    done(await school.manager.post(f"/courses/{course_id}/close", json={"reason": "Replaced"}))
    assert (await school.manager.get("/courses")).json() == []
    (closed,) = (await school.manager.get("/courses?closed=true")).json()
    assert closed["closed_on"] == str(day(0))
    cohort = {"course_id": course_id, "starts": str(day(1)), "ends": str(day(2)), "capacity": 1}
    refused(await school.manager.post("/cohorts", json=cohort), 409, "course-closed")


async def test_a_cancelled_cohort_lets_everybody_go(school: School) -> None:
    cohort_id = await school.cohort(capacity=1)
    seated, waiting = await school.enrol_all(cohort_id, await school.citizens(2))
    assert done(await school.manager.post(f"/cohorts/{cohort_id}/cancel", json={"reason": "Too few"}))["version"] == 2
    assert [line["status"] for line in await school.roster(cohort_id)] == ["withdrawn", "withdrawn"]
    for one in (seated, waiting):
        log = await school.service.log(f"citizen/{one['citizen_id']}")
        assert log[-1].data["reason"] == "The cohort was cancelled."
    again = {"citizen_id": seated["citizen_id"]}
    refused(await school.caseworker.post(f"/cohorts/{cohort_id}/enrolments", json=again), 409, "cohort-cancelled")


async def test_what_is_told_late_keeps_the_day_it_happened(school: School) -> None:
    _, (one, two) = await school.running(2, starts=day(-10))
    ended = await school.caseworker.post(
        f"/participations/{one['enrolment_id']}/end", json={"reason": "ill", "on": str(day(-4))}
    )
    done(ended)
    event = (await school.service.log(f"citizen/{one['citizen_id']}"))[-1]
    assert event.time == datetime.combine(day(-4), time(12), COPENHAGEN)
    done(
        await school.caseworker.post(
            f"/participations/{two['enrolment_id']}/end", json={"reason": "completed", "happened": on(-3)}
        )
    )
    event = (await school.service.log(f"citizen/{two['citizen_id']}"))[-1]
    assert (event.data["on"], event.time.isoformat()) == (str(day(-3)), on(-3))
    future = {"reason": "completed", "happened": on(+2)}
    answer = await school.caseworker.post(f"/participations/{two['enrolment_id']}/end", json=future)
    refused(answer, 409, "happened-in-the-future")


async def test_an_end_is_told_once_and_corrected_by_telling_it_again(school: School) -> None:
    _, (one,) = await school.running(1, starts=day(-10))
    path = f"/participations/{one['enrolment_id']}"
    refused(await school.caseworker.post(f"{path}/correct", json={"reason": "ill"}), 409, "not-ended")
    outside = {"reason": "ill", "on": str(day(-11))}
    refused(await school.caseworker.post(f"{path}/end", json=outside), 409, "end-outside-participation")
    done(await school.caseworker.post(f"{path}/end", json={"reason": "dropped_out", "on": str(day(-2))}))
    refused(await school.caseworker.post(f"{path}/end", json={"reason": "got_job"}), 409, "already-ended")
    done(await school.caseworker.post(f"{path}/correct", json={"reason": "got_job"}))
    ends = [e.data for e in await school.service.log(f"citizen/{one['citizen_id']}") if e.name == "participation-ended"]
    assert [(end["reason"], end["on"]) for end in ends] == [("dropped_out", str(day(-2))), ("got_job", str(day(-2)))]


async def test_many_ends_are_one_transaction(school: School) -> None:
    cohort_id, told = await school.running(3, starts=day(-10))
    before = len(await school.service.log())
    ends = [{"enrolment_id": one["enrolment_id"], "reason": "completed"} for one in told]
    stranger = {"enrolment_id": str(uuid4()), "reason": "completed"}
    answer = await school.caseworker.post(f"/cohorts/{cohort_id}/end", json={"participations": [*ends, stranger]})
    assert refused(answer, 409, "not-on-roster")["enrolment_id"] == stranger["enrolment_id"]
    assert len(await school.service.log()) == before
    assert (await school.view(cohort_id))["running"] == 3


async def test_an_unknown_citizen_may_arrive_and_the_same_request_then_succeeds(school: School) -> None:
    cohort_id, citizen_id = await school.cohort(), uuid4()
    path, body, key = f"/cohorts/{cohort_id}/enrolments", {"citizen_id": str(citizen_id)}, {"Idempotency-Key": "k-1"}
    problem = refused(await school.caseworker.post(path, json=body, headers=key), 409, "citizen-unknown")
    assert problem["citizen_ids"] == [str(citizen_id)]
    assert "Idempotency-Key" in problem["detail"]
    example = CitizenRegistered.example().data() | {"municipality": MUNICIPALITY, "citizen_id": citizen_id}
    await school.tell(CitizenRegistered.model_validate(example))
    await school.until("SELECT true FROM known_citizen WHERE citizen_id = $1", citizen_id)
    first = await school.caseworker.post(path, json=body, headers=key)
    again = await school.caseworker.post(path, json=body, headers=key)
    assert done(first, 201) == done(again, 201)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert [event.name for event in await school.service.log(f"citizen/{citizen_id}")] == ["citizen-enrolled"]
    other = {"citizen_id": str(uuid4())}
    refused(await school.caseworker.post(path, json=other, headers=key), 422, "idempotency-key-reused")


async def test_a_command_that_rests_on_an_old_version_is_refused(school: School) -> None:
    course_id, cohort_id, citizen_id = await school.course(), await school.cohort(), await school.citizen()
    one = await school.enrol(cohort_id, citizen_id)
    old: list[tuple[Any, str, dict[str, Any], int]] = [
        (school.manager, f"/courses/{course_id}/change", {"hours": 1}, 1),
        (school.manager, f"/courses/{course_id}/close", {}, 2),
        (school.manager, f"/cohorts/{await school.cohort()}/cancel", {}, 1),
        (school.caseworker, f"/enrolments/{one['enrolment_id']}/withdraw", {}, one["version"]),
        (school.caseworker, f"/cohorts/{cohort_id}/enrolments", {"citizen_id": citizen_id}, 2),
    ]
    for caller, path, body, version in old:
        wrong = await caller.post(path, json=body, headers={"Expected-Version": str(version + 7)})
        assert refused(wrong, 409, "version-conflict")["version"] == version
        right = await caller.post(path, json=body, headers={"Expected-Version": str(version)})
        assert right.status_code in (200, 201), right.text


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        (
            "/cohorts",
            {"course_id": str(uuid4()), "starts": "2026-12-01", "ends": "2026-12-02", "capacity": 0},
            "capacity",
        ),
        ("/courses", COURSE | {"kind": "seminar"}, "kind"),
        ("/courses", COURSE | {"colour": "red"}, "colour"),
        (f"/cohorts/{SOME}/invitations", {"citizen_ids": []}, "citizen_ids"),
        (f"/cohorts/{SOME}/cancel", {"reason": "Ring 010179-0001"}, "reason"),
        (f"/cohorts/{SOME}/cancel", {"happened": "2026-12-01T12:00:00"}, "happened"),
    ],
)
async def test_what_cannot_be_read_names_its_field(school: School, path: str, body: dict[str, Any], field: str) -> None:
    caller = school.service.caller(Role.SYSTEM, municipality=MUNICIPALITY)
    problem = refused(await caller.post(path, json=body), 422, "invalid")
    assert [error["field"] for error in problem["errors"]] == [field]


async def test_ends_before_start_and_steps_out_of_turn_are_refused(school: School) -> None:
    backwards = {"course_id": await school.course(), "starts": str(day(2)), "ends": str(day(1)), "capacity": 1}
    refused(await school.manager.post("/cohorts", json=backwards), 409, "ends-before-start")
    cohort_id, citizen_id = await school.cohort(), await school.citizen()
    answer = f"/cohorts/{cohort_id}/invitations/{citizen_id}/answer"
    refused(await school.caseworker.post(answer, json={"answer": "accepted"}), 409, "not-invited")
    done(await school.caseworker.post(f"/cohorts/{cohort_id}/invitations", json={"citizen_ids": [citizen_id]}))
    done(await school.caseworker.post(answer, json={"answer": "accepted"}))
    one = await school.enrol(cohort_id, citizen_id)
    refused(await school.caseworker.post(answer, json={"answer": "declined"}), 409, "enrolled")
    refused(await school.manager.post(f"/cohorts/{cohort_id}/freeze", json={}), 409, "not-start-day")
    end = {"reason": "completed"}
    refused(
        await school.caseworker.post(f"/participations/{one['enrolment_id']}/end", json=end),
        404,
        "participation-unknown",
    )


async def test_another_municipality_sees_nothing_and_does_nothing(school: School) -> None:
    cohort_id, (one,) = await school.running(1, starts=day(-10))
    course_id = (await school.view(cohort_id))["course_id"]
    award = CERTIFICATE | {"citizen_id": one["citizen_id"]}
    held = done(await school.caseworker.post("/certificates", json=award), 201)
    before = len(await school.service.log())
    stranger = school.service.caller(Role.CASEWORKER, Role.MANAGER, municipality="0101")
    cohort = {"course_id": course_id, "starts": str(day(1)), "ends": str(day(2)), "capacity": 1}
    end = {"reason": "completed"}
    people = {"citizen_ids": [one["citizen_id"]]}
    for path, body in [
        (f"/courses/{course_id}/change", {"hours": 1}),
        (f"/courses/{course_id}/close", {}),
        ("/cohorts", cohort),
        (f"/cohorts/{cohort_id}/cancel", {}),
        (f"/cohorts/{cohort_id}/freeze", {}),
        (f"/cohorts/{cohort_id}/identifications", people),
        (f"/cohorts/{cohort_id}/invitations", people),
        (f"/cohorts/{cohort_id}/invitations/{one['citizen_id']}/answer", {"answer": "accepted"}),
        (f"/cohorts/{cohort_id}/enrolments", {"citizen_id": one["citizen_id"]}),
        (f"/cohorts/{cohort_id}/seat-offers/expire", {}),
        (f"/cohorts/{cohort_id}/end", {"participations": [end | {"enrolment_id": one["enrolment_id"]}]}),
        (f"/enrolments/{one['enrolment_id']}/withdraw", {}),
        (f"/enrolments/{one['enrolment_id']}/accept", {}),
        (f"/participations/{one['enrolment_id']}/end", end),
        (f"/participations/{one['enrolment_id']}/correct", end),
        (f"/certificates/{held['certificate_id']}/revoke", {"reason": "Wrong"}),
    ]:
        answer = await stranger.post(path, json=body)
        assert answer.status_code == 404, f"{path}: {answer.text}"
    for path in (
        f"/courses/{course_id}",
        f"/cohorts/{cohort_id}",
        f"/cohorts/{cohort_id}/roster",
        f"/citizens/{one['citizen_id']}/participations",
        f"/citizens/{one['citizen_id']}/certificates",
    ):
        assert (await stranger.get(path)).status_code == 404, path
    refused(await stranger.post("/certificates", json=award), 409, "citizen-unknown")
    assert (await stranger.get("/courses")).json() == []
    assert len(await school.service.log()) == before
    assert await school.service.reads() == []


async def test_each_role_may_what_it_needs(school: School) -> None:
    cohort_id = await school.cohort()
    someone = str(uuid4())
    shaping = [("/courses", COURSE)]
    personal = [(f"/cohorts/{cohort_id}/enrolments", {"citizen_id": someone})]
    readers = {Role.CASEWORKER, Role.EMENTOR, Role.MANAGER, Role.COMPANY_DESK, Role.ANALYST, Role.SYSTEM}
    may = [
        ("POST", *shaping[0], {Role.MANAGER, Role.SYSTEM}),
        ("POST", *personal[0], {Role.CASEWORKER, Role.SYSTEM}),
        ("GET", f"/cohorts/{cohort_id}", None, readers),
        ("GET", f"/cohorts/{cohort_id}/roster", None, {Role.CASEWORKER, Role.EMENTOR}),
        ("GET", f"/citizens/{someone}/participations", None, {Role.CASEWORKER, Role.EMENTOR}),
    ]
    for method, path, body, roles in may:
        for role in Role:
            answer = await school.service.caller(role, municipality=MUNICIPALITY).request(method, path, json=body)
            assert (answer.status_code != 403) == (role in roles), f"{role} {method} {path}: {answer.text}"
        assert (await school.service.caller().request(method, path, json=body)).status_code == 401


async def test_every_read_of_a_citizen_is_logged_before_it_is_answered(school: School) -> None:
    cohort_id, told = await school.running(2, starts=day(-10))
    mentor = school.service.caller(Role.EMENTOR, municipality=MUNICIPALITY, Purpose="samtale")
    citizens = sorted(one["citizen_id"] for one in told)
    assert len((await mentor.get(f"/cohorts/{cohort_id}/roster")).json()) == 2
    await mentor.get(f"/citizens/{citizens[0]}/participations")
    await mentor.get(f"/citizens/{citizens[0]}/certificates")
    await school.view(cohort_id)
    assert await school.service.reads() == [
        *((citizen_id, f"roster of cohort {cohort_id}") for citizen_id in citizens),
        (citizens[0], "participations"),
        (citizens[0], "certificates"),
    ]
    rows = await school.service.database.fetch("SELECT DISTINCT caller, purpose, municipality FROM access_log")
    assert [tuple(row) for row in rows] == [("employee-7", "samtale", MUNICIPALITY)]
    await school.service.break_access_log()
    for path in (f"/cohorts/{cohort_id}/roster", f"/citizens/{citizens[0]}/participations"):
        answer = await mentor.get(path)
        refused(answer, 503, "access-log-unavailable")
        assert citizens[1] not in answer.text
