"""From the start on: the roster frozen, who was there, how participations end, and a cohort that is cancelled."""

from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.desk.cohorts.cohort import in_form, shown
from services.desk.door.access import router
from services.desk.door.callers import Caseworker, CaseworkerOrManager
from services.desk.sheet import Sheet, TheSheet
from shared.problems import Invalid, Problem

api = router()


@api.post("/hold/{cohort_id}/laas")
async def freeze_roster(cohort_id: UUID, sheet: TheSheet, caller: CaseworkerOrManager) -> Response:
    """Everybody with a seat starts."""
    body = {"on": sheet.sent.get("frozen_on") or None}
    return await _carry_out(sheet, cohort_id, "/freeze", body, "deltagerliste-laast", "laas")


@api.post("/hold/{cohort_id}/aflys")
async def cancel_cohort(cohort_id: UUID, sheet: TheSheet, caller: CaseworkerOrManager) -> Response:
    """The cohort is not held, or not to its end."""
    reason = sheet.sent.get("cancel_reason", "")
    if not reason:
        return await shown(sheet, cohort_id, problem=_missing("reason-missing", "cancel_reason"), opened="aflys")
    body = {"reason": reason}
    return await _carry_out(sheet, cohort_id, "/cancel", body, "hold-aflyst", "aflys")


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
    return await _carry_out(sheet, cohort_id, "/end", {"participations": ends}, "deltagelser-afsluttet", "afslut")


def _missing(code: str, field: str) -> Invalid:
    return Invalid(code, "Something is missing in the form", errors=[{"field": field}])


async def _tell_end(sheet: Sheet, cohort_id: UUID, enrolment_id: UUID, how: str, said: str) -> Response:
    body = {
        "reason": sheet.sent.get(f"reason-{enrolment_id}", ""),
        "on": sheet.sent.get(f"on-{enrolment_id}") or None,
    }
    try:
        await sheet.send("courses", f"/participations/{enrolment_id}/{how}", body)
    except Problem as problem:
        in_form(problem, reason=f"reason-{enrolment_id}", on=f"on-{enrolment_id}")
        return await shown(sheet, cohort_id, problem=problem, opened=f"slut-{enrolment_id}")
    return sheet.done(f"/hold/{cohort_id}", said)


async def _carry_out(
    sheet: Sheet, cohort_id: UUID, step: str, body: dict[str, Any], said: str, opened: str
) -> Response:
    try:
        await sheet.send("courses", f"/cohorts/{cohort_id}{step}", body)
    except Problem as problem:
        in_form(problem, reason="cancel_reason", on="frozen_on")
        return await shown(sheet, cohort_id, problem=problem, opened=opened)
    return sheet.done(f"/hold/{cohort_id}", said)
