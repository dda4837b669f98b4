"""What is told of a citizen's invitations, also of those under an id that was merged into hers."""

from uuid import UUID

from shared.contracts.intake import CitizensMerged
from shared.web import Role
from tests.real.answers import done, refused
from tests.real.courses.school import MUNICIPALITY, School, day


async def test_a_citizens_invitations_are_told_with_their_answers(school: School) -> None:
    soon, later = await school.cohort(starts=day(5)), await school.cohort(starts=day(30))
    citizen = await school.citizen()
    named = {"citizen_ids": [citizen]}
    done(await school.caseworker.post(f"/cohorts/{soon}/identifications", json=named))
    done(await school.caseworker.post(f"/cohorts/{later}/invitations", json=named))
    said = {"answer": "declined", "reason": "Too far away"}
    done(await school.caseworker.post(f"/cohorts/{later}/invitations/{citizen}/answer", json=said))
    mentor = school.service.caller(Role.EMENTOR, municipality=MUNICIPALITY)
    told = done(await mentor.get(f"/citizens/{citizen}/invitations"))
    facts = ("cohort_id", "starts", "identified", "invited", "answer", "reason", "cancelled", "frozen")
    assert [tuple(one[fact] for fact in facts) for one in told] == [
        (later, str(day(30)), False, True, "declined", "Too far away", False, False),
        (soon, str(day(5)), True, False, None, None, False, False),
    ]
    assert {one["course"] for one in told} == {"Digital koordinator"}
    assert await school.service.reads() == [(citizen, "invitations")]


async def test_what_was_told_under_a_merged_id_is_hers(school: School) -> None:
    cohort = await school.cohort(starts=day(5))
    kept, merged = await school.citizens(2)
    done(await school.caseworker.post(f"/cohorts/{cohort}/invitations", json={"citizen_ids": [merged]}))
    await school.tell(CitizensMerged(municipality=MUNICIPALITY, citizen_id=UUID(kept), merged_id=UUID(merged)))
    await school.until("SELECT merged_into IS NOT NULL FROM known_citizen WHERE citizen_id = $1", UUID(merged))
    told = done(await school.caseworker.get(f"/citizens/{kept}/invitations"))
    assert [(one["cohort_id"], one["invited"]) for one in told] == [(cohort, True)]


async def test_to_another_municipality_she_does_not_exist(school: School) -> None:
    citizen = await school.citizen()
    elsewhere = school.service.caller(Role.CASEWORKER, municipality="0147")
    refused(await elsewhere.get(f"/citizens/{citizen}/invitations"), 404, "citizen-unknown")
    manager = school.service.caller(Role.MANAGER, municipality=MUNICIPALITY)
    refused(await manager.get(f"/citizens/{citizen}/invitations"), 403, "role-missing")
