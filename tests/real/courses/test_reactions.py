"""What courses does about other services' events, over the real bus."""

from uuid import UUID, uuid4

from shared.contracts.intake import CitizenErased, CitizenRegistered, CitizensMerged
from tests.real.answers import done, refused
from tests.real.courses.school import CERTIFICATE, MUNICIPALITY, School, day


async def merged(school: School, kept: str, gone: str) -> None:
    """Two ids are one citizen, as soon as courses knows it."""
    await school.tell(CitizensMerged(municipality=MUNICIPALITY, citizen_id=UUID(kept), merged_id=UUID(gone)))
    await school.until("SELECT merged_into = $2 FROM known_citizen WHERE citizen_id = $1", UUID(gone), UUID(kept))


async def ended(school: School, citizen_id: str) -> list[tuple[str, str, str | None]]:
    """How the citizen's participations ended: reason, day, cause."""
    log = await school.service.log(f"citizen/{citizen_id}")
    return [(e.data["reason"], e.data["on"], e.causationid) for e in log if e.name == "participation-ended"]


async def job_done(school: School, enrolment_id: str) -> None:
    """Wait until this participation has ended."""
    await school.until("SELECT ended IS NOT NULL FROM participation WHERE enrolment_id = $1", UUID(enrolment_id))


async def test_an_ordinary_job_ends_the_participation_once_however_often_it_is_delivered(school: School) -> None:
    _, (one, sentinel) = await school.running(2, starts=day(-10))
    job = await school.job(one["citizen_id"], on=str(day(-3)))
    await job_done(school, one["enrolment_id"])
    for _ in range(2):
        await school.job(one["citizen_id"], on=str(day(-3)), event_id=job)
    await school.job(sentinel["citizen_id"])  # deliveries keep their order: when this is done, those are
    await job_done(school, sentinel["enrolment_id"])
    assert await ended(school, one["citizen_id"]) == [("got_job", str(day(-3)), str(job))]


async def test_no_other_placement_and_no_job_before_the_course_ends_anything(school: School) -> None:
    _, (one, sentinel) = await school.running(2, starts=day(-10))
    for kind in ("praktik", "wage-subsidy", "flexjob"):
        await school.job(one["citizen_id"], kind=kind)
    await school.job(one["citizen_id"], on=str(day(-10)), enrolment_id=one["enrolment_id"])
    await school.job(sentinel["citizen_id"])
    await job_done(school, sentinel["enrolment_id"])
    assert await ended(school, one["citizen_id"]) == []


async def test_what_ended_stays_as_it_ended(school: School) -> None:
    _, (one, sentinel) = await school.running(2, starts=day(-10))
    end = {"reason": "completed", "on": str(day(-1))}
    done(await school.caseworker.post(f"/participations/{one['enrolment_id']}/end", json=end))
    await school.job(one["citizen_id"], on=str(day(-5)))
    await school.job(sentinel["citizen_id"])
    await job_done(school, sentinel["enrolment_id"])
    assert [reason for reason, _, _ in await ended(school, one["citizen_id"])] == ["completed"]


async def test_a_job_ends_every_running_participation_of_a_merged_citizen(school: School) -> None:
    _, (one,) = await school.running(1, starts=day(-10))
    kept, oldest = await school.citizen(), await school.citizen()
    await merged(school, one["citizen_id"], oldest)
    await merged(school, kept, one["citizen_id"])
    await school.until("SELECT merged_into = $2 FROM known_citizen WHERE citizen_id = $1", UUID(oldest), UUID(kept))
    await school.job(kept)
    await job_done(school, one["enrolment_id"])
    read = (await school.caseworker.get(f"/citizens/{kept}/participations")).json()
    assert [(line["enrolment_id"], line["reason"]) for line in read] == [(one["enrolment_id"], "got_job")]


async def test_a_participation_of_a_merged_id_is_certified_under_the_kept_id(school: School) -> None:
    _, (one,) = await school.running(1, starts=day(-10))
    kept, stranger = await school.citizens(2)
    await merged(school, kept, one["citizen_id"])
    award = CERTIFICATE | {"enrolment_id": one["enrolment_id"]}
    others = await school.caseworker.post("/certificates", json=award | {"citizen_id": stranger})
    refused(others, 404, "participation-unknown")
    done(await school.caseworker.post("/certificates", json=award | {"citizen_id": kept}), 201)


async def test_a_merged_citizen_is_enrolled_under_the_kept_id_only_and_once(school: School) -> None:
    cohort_id, (kept, gone) = await school.cohort(), await school.citizens(2)
    await school.enrol(cohort_id, gone)
    await merged(school, kept, gone)
    path = f"/cohorts/{cohort_id}/enrolments"
    refused(await school.caseworker.post(path, json={"citizen_id": kept}), 409, "already-enrolled")
    other = f"/cohorts/{await school.cohort()}/enrolments"
    problem = refused(await school.caseworker.post(other, json={"citizen_id": gone}), 409, "citizen-merged")
    assert problem["kept"] == {gone: kept}


async def test_an_erased_citizen_is_forgotten_and_her_seat_goes_to_the_line(school: School) -> None:
    cohort_id = await school.cohort(capacity=1)
    one, two = await school.enrol_all(cohort_id, await school.citizens(2))
    citizen_id = UUID(one["citizen_id"])
    await school.tell(CitizenErased(municipality=MUNICIPALITY, citizen_id=citizen_id))
    await school.until("SELECT erased FROM known_citizen WHERE citizen_id = $1", citizen_id)
    text = await school.service.text(without=("event_log", "entity", "known_citizen", "idempotency", "access_log"))
    assert [name for name, rows in text.items() if one["citizen_id"] in rows] == []
    assert (await school.caseworker.get(f"/citizens/{citizen_id}/participations")).status_code == 404
    settled = done(await school.caseworker.post(f"/cohorts/{cohort_id}/seat-offers/expire", json={}))
    assert [offer["enrolment_id"] for offer in settled["offered"]] == [two["enrolment_id"]]


async def test_an_erasure_that_overtakes_the_registration_still_holds(school: School) -> None:
    citizen_id = uuid4()
    await school.tell(CitizenErased(municipality=MUNICIPALITY, citizen_id=citizen_id))
    await school.until("SELECT erased FROM known_citizen WHERE citizen_id = $1", citizen_id)
    example = CitizenRegistered.example().data() | {"municipality": MUNICIPALITY, "citizen_id": citizen_id}
    await school.tell(CitizenRegistered.model_validate(example))
    await school.citizen()  # deliveries keep their order: when she is known, the one before was handled
    body = {"citizen_id": str(citizen_id)}
    answer = await school.caseworker.post(f"/cohorts/{await school.cohort()}/enrolments", json=body)
    refused(answer, 409, "citizen-unknown")
