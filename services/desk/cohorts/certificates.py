"""Certificates of a cohort: awarded to one or to all who completed, and taken back."""

from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.desk.cohorts.cohort import carry_out, in_form, shown
from services.desk.door.access import router
from services.desk.door.callers import Caseworker
from services.desk.sheet import Sheet, TheSheet
from shared.problems import Invalid, Problem

api = router()

TEXTS = ("code", "title", "type", "issuer", "participation_form", "assessment_type", "quality_assurance")


@api.post("/hold/{cohort_id}/certifikater")
async def award_certificates(cohort_id: UUID, sheet: TheSheet, caller: Caseworker) -> Response:
    """Each chosen participant is awarded the certificate that the form describes. One that is refused stops there."""
    award = _award(sheet)
    try:
        for enrolment_id, citizen_id in _chosen(sheet):
            body = award | {"enrolment_id": enrolment_id, "citizen_id": citizen_id}
            await sheet.send("courses", "/certificates", body)
    except Problem as problem:
        return await shown(sheet, cohort_id, problem=in_form(problem, on="awarded_on"), opened="certifikater")
    return sheet.done(f"/hold/{cohort_id}", "certifikater-givet")


@api.post("/hold/{cohort_id}/certifikater/{certificate_id}/tilbagekald")
async def revoke_certificate(cohort_id: UUID, certificate_id: UUID, sheet: TheSheet, caller: Caseworker) -> Response:
    """A certificate counts as never awarded."""
    field = f"revoke-{certificate_id}"
    body = {"reason": sheet.sent.get(field, "")}
    path, opened = f"/certificates/{certificate_id}/revoke", f"certifikat-{certificate_id}"
    return await carry_out(sheet, cohort_id, path, body, said="certifikat-tilbagekaldt", opened=opened, reason=field)


def _award(sheet: Sheet) -> dict[str, Any]:
    sent = sheet.sent
    return {
        **{name: sent.get(name, "") for name in TEXTS},
        "workload_hours": sent.get("workload_hours", ""),
        "on": sent.get("awarded_on") or None,
        "valid_until": sent.get("valid_until") or None,
        "identity_verified": sent.get("identity_verified") == "true",
    }


def _chosen(sheet: Sheet) -> list[tuple[str, str]]:
    """Enrolment and citizen of each; the service checks that they belong together. Raises Invalid for nobody."""
    pairs = [value.partition("/") for value in sheet.chosen("to")]
    if not pairs:
        raise Invalid("nobody-named", "Nobody is named")
    return [(enrolment_id, citizen_id) for enrolment_id, _, citizen_id in pairs]
