"""Attendance over HTTP: recorded, corrected, read with the roster, and gone with the citizen."""

from typing import Any
from uuid import UUID, uuid4

from shared.contracts.intake import CitizenErased
from shared.web import Role
from tests.real.answers import done, refused
from tests.real.courses.school import CERTIFICATE, MUNICIPALITY, School, day, names


async def told(school: School, cohort_id: str, offset: int, **lists: list[str]) -> dict[str, Any]:
    """Who was there on a day, counted from today."""
    answer = await school.caseworker.post(f"/cohorts/{cohort_id}/attendance", json={"on": str(day(offset)), **lists})
    return done(answer)


async def days(school: School, cohort_id: str) -> dict[str, tuple[int, int]]:
    """Days present and days recorded of each enrolment."""
    return {
        line["enrolment_id"]: (line["days_present"], line["days_recorded"]) for line in await school.roster(cohort_id)
    }


async def test_days_are_recorded_and_the_same_day_again_corrects(school: School) -> None:
    cohort_id, (one, two) = await school.running(2, starts=day(-10))
    anna, bo = one["enrolment_id"], two["enrolment_id"]
    assert set((await told(school, cohort_id, -3, present=[anna, bo]))["changed"]) == {anna, bo}
    await told(school, cohort_id, -2, present=[anna], absent=[bo])
    assert await days(school, cohort_id) == {anna: (2, 2), bo: (1, 2)}
    assert (await told(school, cohort_id, -2, present=[anna, bo]))["changed"] == [bo]
    assert await days(school, cohort_id) == {anna: (2, 2), bo: (2, 2)}
    assert (await names(school, f"citizen/{one['citizen_id']}"))[-2:] == ["attendance-recorded"] * 2
    log = await school.service.log(f"citizen/{two['citizen_id']}")
    assert [(event.data["on"], event.data["present"]) for event in log[-3:]] == [
        (str(day(-3)), True),
        (str(day(-2)), False),
        (str(day(-2)), True),
    ]
    (line,) = [line for line in await school.roster(cohort_id) if line["enrolment_id"] == bo]
    assert line["attendance"] == [{"on": str(day(-3)), "present": True}, {"on": str(day(-2)), "present": True}]


async def test_a_day_after_an_end_that_was_told_late_counts_for_nobody(school: School) -> None:
    cohort_id, (one,) = await school.running(1, starts=day(-10))
    for offset in (-3, -2, -1):
        await told(school, cohort_id, offset, absent=[one["enrolment_id"]])
    end = {"reason": "ill", "on": str(day(-2))}
    done(await school.caseworker.post(f"/participations/{one['enrolment_id']}/end", json=end))
    assert await days(school, cohort_id) == {one["enrolment_id"]: (0, 2)}


async def test_what_cannot_be_is_refused_and_leaves_nothing(school: School) -> None:
    cohort_id, (one,) = await school.running(1, starts=day(-10))
    path, there = f"/cohorts/{cohort_id}/attendance", [one["enrolment_id"]]
    for code, body in [
        ("attendance-in-the-future", {"on": str(day(1)), "present": there}),
        ("attendance-outside-cohort", {"on": str(day(-11)), "present": there}),
        ("not-on-roster", {"present": [*there, str(uuid4())]}),
        ("named-twice", {"present": there, "absent": there}),
        ("nobody-named", {}),
    ]:
        refused(await school.caseworker.post(path, json=body), 409, code)
    mentor = school.service.caller(Role.EMENTOR, Role.MANAGER, municipality=MUNICIPALITY)
    refused(await mentor.post(path, json={"present": there}), 403, "role-missing")
    elsewhere = school.service.caller(Role.CASEWORKER, municipality="0101")
    refused(await elsewhere.post(path, json={"present": there}), 404, "cohort-unknown")
    assert await days(school, cohort_id) == {one["enrolment_id"]: (0, 0)}


async def test_an_erased_citizen_was_nowhere(school: School) -> None:
    cohort_id, (one, two) = await school.running(2, starts=day(-10))
    await told(school, cohort_id, -1, present=[one["enrolment_id"], two["enrolment_id"]])
    await school.tell(CitizenErased(municipality=MUNICIPALITY, citizen_id=UUID(one["citizen_id"])))
    await school.until("SELECT erased FROM known_citizen WHERE citizen_id = $1", UUID(one["citizen_id"]))
    rows = await school.service.database.fetch("SELECT citizen_id FROM attendance")
    assert [str(row["citizen_id"]) for row in rows] == [two["citizen_id"]]


async def test_the_roster_has_the_certificates_of_each(school: School) -> None:
    cohort_id, (one, two) = await school.running(2, starts=day(-10))
    award = CERTIFICATE | {"citizen_id": one["citizen_id"], "enrolment_id": one["enrolment_id"]}
    held = done(await school.caseworker.post("/certificates", json=award), 201)
    without = CERTIFICATE | {"citizen_id": two["citizen_id"]}  # not of this participation
    done(await school.caseworker.post("/certificates", json=without), 201)
    revoke = f"/certificates/{held['certificate_id']}/revoke"
    done(await school.caseworker.post(revoke, json={"reason": "Wrong exam"}))
    lines = {line["enrolment_id"]: line["certificates"] for line in await school.roster(cohort_id)}
    (certificate,) = lines[one["enrolment_id"]]
    assert (certificate["certificate"]["certificate_id"], certificate["revoked_on"]) == (
        held["certificate_id"],
        str(day(0)),
    )
    assert lines[two["enrolment_id"]] == []
