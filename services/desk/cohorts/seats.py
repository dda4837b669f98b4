"""Before the start: who is invited, who has a seat, who waits, and seats that are given on."""

from uuid import UUID

from starlette.responses import Response

from services.desk import found
from services.desk.cohorts.cohort import carry_out, shown
from services.desk.door.access import router
from services.desk.door.callers import Caseworker
from services.desk.sheet import Sheet, TheSheet
from shared.problems import Problem

api = router()


@api.post("/hold/{cohort_id}/borgere")
async def add_citizen(cohort_id: UUID, sheet: TheSheet, caller: Caseworker) -> Response:
    """One citizen is enrolled, invited or identified."""
    step = sheet.sent.get("step", "")
    try:
        citizen_id = await found.citizen(sheet, "citizen")
        said = await (
            _enrol(sheet, cohort_id, citizen_id) if step == "enrolments" else _name(sheet, cohort_id, citizen_id)
        )
    except Problem as problem:
        return await shown(sheet, cohort_id, problem=problem, opened="borgere")
    return sheet.done(f"/hold/{cohort_id}", said)


@api.post("/hold/{cohort_id}/svar")
async def record_answer(cohort_id: UUID, sheet: TheSheet, caller: Caseworker) -> Response:
    """A citizen said yes or no to an invitation."""
    path = f"/cohorts/{cohort_id}/invitations/{sheet.sent.get('citizen_id', '')}/answer"
    return await carry_out(sheet, cohort_id, path, {"answer": sheet.sent.get("answer", "")}, said="svar-gemt")


@api.post("/hold/{cohort_id}/tilmeldinger/{enrolment_id}/tag-imod")
async def take_seat(cohort_id: UUID, enrolment_id: UUID, sheet: TheSheet, caller: Caseworker) -> Response:
    """A citizen takes the seat that she was offered."""
    return await carry_out(sheet, cohort_id, f"/enrolments/{enrolment_id}/accept", {}, said="plads-taget")


@api.post("/hold/{cohort_id}/tilmeldinger/{enrolment_id}/meld-fra")
async def withdraw_citizen(cohort_id: UUID, enrolment_id: UUID, sheet: TheSheet, caller: Caseworker) -> Response:
    """A citizen gives up her seat or her place in line, before the start."""
    field = f"reason-{enrolment_id}"
    body = {"reason": sheet.sent.get(field) or None}
    path, opened = f"/enrolments/{enrolment_id}/withdraw", f"fra-{enrolment_id}"
    return await carry_out(sheet, cohort_id, path, body, said="borger-meldt-fra", opened=opened, reason=field)


@api.post("/hold/{cohort_id}/pladser")
async def expire_offers(cohort_id: UUID, sheet: TheSheet, caller: Caseworker) -> Response:
    """Offers that ran out fall away, and free seats go to the next in line."""
    try:
        settled = await sheet.send("courses", f"/cohorts/{cohort_id}/seat-offers/expire")
    except Problem as problem:
        return await shown(sheet, cohort_id, problem=problem)
    something = settled["expired"] or settled["offered"]
    return sheet.done(f"/hold/{cohort_id}", "pladser-givet" if something else "pladser-uaendret")


async def _enrol(sheet: Sheet, cohort_id: UUID, citizen_id: UUID) -> str:
    enrolled = await sheet.send("courses", f"/cohorts/{cohort_id}/enrolments", {"citizen_id": citizen_id})
    return "borger-paa-venteliste" if enrolled["status"] == "waitlisted" else "borger-tilmeldt"


async def _name(sheet: Sheet, cohort_id: UUID, citizen_id: UUID) -> str:
    step, said = (
        ("invitations", "borger-inviteret")
        if sheet.sent.get("step") == "invitations"
        else ("identifications", "borger-udpeget")
    )
    named = await sheet.send("courses", f"/cohorts/{cohort_id}/{step}", {"citizen_ids": [citizen_id]})
    return said if named["citizen_ids"] else "borger-stod-der"
