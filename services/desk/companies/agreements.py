"""Cooperation agreements: sign one, end one. They are shown on the company's page."""

from uuid import UUID

from starlette.responses import Response

from services.desk.companies.company import company_page
from services.desk.door.access import router
from services.desk.door.callers import CompanyDesk
from services.desk.sheet import TheSheet
from shared.problems import Problem

api = router()


@api.post("/virksomheder/{company_id}/aftaler")
async def sign_agreement(company_id: UUID, sheet: TheSheet, caller: CompanyDesk) -> Response:
    """The company signed an agreement."""
    sent = sheet.sent
    body = {"kind": sent.get("kind", ""), "on": sent.get("on", ""), "until": sent.get("until") or None}
    try:
        await sheet.send("outcomes", f"/companies/{company_id}/agreements", body)
    except Problem as problem:
        return await company_page(sheet, company_id, problem=problem, opened="agreement")
    return sheet.done(f"/virksomheder/{company_id}", "agreement-signed")


@api.post("/virksomheder/{company_id}/aftaler/{agreement_id}/slut")
async def end_agreement(company_id: UUID, agreement_id: UUID, sheet: TheSheet, caller: CompanyDesk) -> Response:
    """An agreement ended, or was terminated with notice."""
    sent = sheet.sent
    body = {"on": sent.get(f"ended_on_{agreement_id}", ""), "reason": sent.get(f"reason_{agreement_id}") or None}
    try:
        await sheet.send("outcomes", f"/agreements/{agreement_id}/end", body)
    except Problem as problem:
        return await company_page(sheet, company_id, problem=problem, opened=str(agreement_id))
    return sheet.done(f"/virksomheder/{company_id}", "agreement-ended")
