"""Registering a visit: what it was about and how far she managed it, and, if wanted, who she is."""

from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from services.desk import found, labels
from services.desk.door.access import router
from services.desk.door.callers import CaseworkerOrMentor
from services.desk.sheet import Sheet, TheSheet
from services.desk.workshops import visit_form
from services.desk.workshops.waiting import waiting
from shared.clock import now
from shared.problems import Problem

api = router()


@api.get("/vaerksted/{opening_id}/besog")
async def show_visit_form(opening_id: UUID, request: Request, sheet: TheSheet, caller: CaseworkerOrMentor) -> Response:
    """The form for somebody who waits (``nummer``), or for anybody else; ``borger`` names her, or lists who may be."""
    asked = request.query_params
    return await _form(sheet, opening_id, asked.get("nummer", ""), asked.get("borger", ""))


@api.post("/vaerksted/{opening_id}/besog")
async def register_visit(opening_id: UUID, sheet: TheSheet, caller: CaseworkerOrMentor) -> Response:
    """The visit, and with it the answer to the referral that brought her."""
    try:
        opening = await sheet.read("intake", f"/openings/{opening_id}")
        visit = visit_form.visit_of(sheet.sent, opening["site"]) | await _whose(sheet)
        told = await sheet.send("intake", "/visits", visit)
    except Problem as problem:
        return await _form(sheet, opening_id, sheet.sent.get("nummer", ""), sheet.sent.get("vis", ""), problem)
    return sheet.done(f"/vaerksted/{opening_id}", "besog-og-svar-gemt" if told["referral_id"] else "besog-gemt")


async def _form(sheet: Sheet, opening_id: UUID, number: str, citizen: str, problem: Problem | None = None) -> Response:
    opening = await sheet.read("intake", f"/openings/{opening_id}")
    one = next((one for one in waiting(opening["waiting"], now()) if one.check_in_id == number), None)
    listed = citizen == "vis"
    awaited: dict[str, Any] = (
        await sheet.read("intake", "/referrals", offer="workshop") if listed else {"total": 0, "referrals": []}
    )
    return sheet.html(
        "workshops/visit.html",
        problem=problem,
        opening=opening,
        number=number,
        one=one,
        proposal=visit_form.proposal(one),
        listed=listed,
        choices=visit_form.choices(awaited["referrals"], sheet.sent.get(visit_form.LISTED, "")),
        shown=len(awaited["referrals"]),
        total=awaited["total"],
        citizen="" if listed else citizen,
        labels=labels,
    )


async def _whose(sheet: Sheet) -> dict[str, Any]:
    """Whose visit it was, as fields of the command. Raises the problem that says what to type instead."""
    if not sheet.sent.get(visit_form.TYPED):
        return visit_form.of_list(sheet.sent)
    return visit_form.of_typed(sheet.sent, await found.citizen(sheet, visit_form.TYPED))
