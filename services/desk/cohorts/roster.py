"""From the start on: the roster frozen, who was there, how participations end, and a cohort that is cancelled."""

from uuid import UUID

from starlette.responses import Response

from services.desk.cohorts.cohort import carry_out, shown
from services.desk.door.access import router
from services.desk.door.callers import Caseworker, CaseworkerOrManager
from services.desk.sheet import Sheet, TheSheet
from shared.problems import Invalid, Problem

api = router()


@api.post("/hold/{cohort_id}/laas")
async def freeze_roster(cohort_id: UUID, sheet: TheSheet, caller: CaseworkerOrManager) -> Response:
    """Everybody with a seat starts."""
    body = {"on": sheet.sent.get("frozen_on") or None}
    path = f"/cohorts/{cohort_id}/freeze"
    return await carry_out(sheet, cohort_id, path, body, said="deltagerliste-laast", opened="laas", on="frozen_on")


@api.post("/hold/{cohort_id}/aflys")
async def cancel_cohort(cohort_id: UUID, sheet: TheSheet, caller: CaseworkerOrManager) -> Response:
    """The cohort is not held, or not to its end."""
    reason = sheet.sent.get("cancel_reason", "")
    if not reason:
        return await shown(sheet, cohort_id, problem=_missing("reason-missing", "cancel_reason"), opened="aflys")
    path = f"/cohorts/{cohort_id}/cancel"
    return await carry_out(
        sheet, cohort_id, path, {"reason": reason}, said="hold-aflyst", opened="aflys", reason="cancel_reason"
    )


@api.post("/hold/{cohort_id}/fremmoede")
async def record_attendance(cohort_id: UUID, sheet: TheSheet, caller: Caseworker) -> Response:
    """Who was there on a day: the ticked were, the others of the list were not."""
    day, there = sheet.sent.get("on", ""), set(sheet.chosen("there"))
    listed = sheet.chosen("listed")
    body = {
        "on": day,
        "present": [one for one in listed if one in there],
        "absent": [one for one in listed if one not in there],
    }
    try:
        await sheet.send("courses", f"/cohorts/{cohort_id}/attendance", body)
    except Problem as problem:
        return await shown(sheet, cohort_id, day=day, problem=problem, opened="fremmoede")
    return sheet.done(f"/hold/{cohort_id}?dag={day}#fremmoede", "fremmoede-gemt")


@api.post("/hold/{cohort_id}/deltagere/{enrolment_id}/afslut")
async def end_participation(cohort_id: UUID, enrolment_id: UUID, sheet: TheSheet, caller: Caseworker) -> Response:
    """A participation ended."""
    return await _tell_end(sheet, cohort_id, enrolment_id, "end", "deltagelse-afsluttet")


@api.post("/hold/{cohort_id}/deltagere/{enrolment_id}/ret")
async def correct_end(cohort_id: UUID, enrolment_id: UUID, sheet: TheSheet, caller: Caseworker) -> Response:
    """The end of a participation is told again, as it really was."""
    return await _tell_end(sheet, cohort_id, enrolment_id, "correct", "afslutning-rettet")


@api.post("/hold/{cohort_id}/afslut")
async def end_cohort(cohort_id: UUID, sheet: TheSheet, caller: Caseworker) -> Response:
    """Every participation that has a reason in the form ends on the same day; the others go on."""
    on = sheet.sent.get("ended_on") or None
    reasons = {
        name.removeprefix("end-"): value for name, value in sheet.sent.items() if name.startswith("end-") and value
    }
    ends = [{"enrolment_id": one, "reason": reason, "on": on} for one, reason in reasons.items()]
    if not ends:
        return await shown(sheet, cohort_id, problem=_missing("nobody-named", "ended_on"), opened="afslut")
    path, body = f"/cohorts/{cohort_id}/end", {"participations": ends}
    return await carry_out(sheet, cohort_id, path, body, said="deltagelser-afsluttet", opened="afslut", on="ended_on")


def _missing(code: str, field: str) -> Invalid:
    return Invalid(code, "Something is missing in the form", errors=[{"field": field}])


async def _tell_end(sheet: Sheet, cohort_id: UUID, enrolment_id: UUID, how: str, said: str) -> Response:
    names = {"reason": f"reason-{enrolment_id}", "on": f"on-{enrolment_id}"}
    body = {"reason": sheet.sent.get(names["reason"], ""), "on": sheet.sent.get(names["on"]) or None}
    path, opened = f"/participations/{enrolment_id}/{how}", f"slut-{enrolment_id}"
    return await carry_out(sheet, cohort_id, path, body, said=said, opened=opened, **names)
