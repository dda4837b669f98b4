"""Registering a visit: what it was about and how far she managed it, and, if wanted, who she is."""

from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from services.desk import labels
from services.desk.door.access import router
from services.desk.sheet import Sheet, TheSheet
from services.desk.workshops import visit_form
from services.desk.workshops.sites import Mentor
from services.desk.workshops.waiting import waiting
from shared.clock import now
from shared.problems import Problem

api = router()


@api.get("/vaerksted/{opening_id}/besog")
async def show_form(opening_id: UUID, request: Request, sheet: TheSheet, caller: Mentor) -> Response:
    """The form for somebody who waits (``nummer``), or for anybody else; ``borger`` names her, or lists who may be."""
    asked = request.query_params
    return await _form(sheet, opening_id, asked.get("nummer", ""), asked.get("borger", ""))


@api.post("/vaerksted/{opening_id}/besog")
async def register_visit(opening_id: UUID, sheet: TheSheet, caller: Mentor) -> Response:
    """The visit, and with it the answer to the referral that brought her."""
    try:
        opening = await sheet.read("intake", f"/openings/{opening_id}")
        whose = await _whose(sheet)
        await sheet.send("intake", "/visits", visit_form.visit_of(sheet.sent, opening["site"]) | whose)
    except Problem as problem:
        return await _form(sheet, opening_id, sheet.sent.get("nummer", ""), sheet.sent.get("vis", ""), problem)
    return sheet.done(f"/vaerksted/{opening_id}", "besog-og-svar-gemt" if "referral_id" in whose else "besog-gemt")


async def _form(sheet: Sheet, opening_id: UUID, number: str, citizen: str, problem: Problem | None = None) -> Response:
    opening = await sheet.read("intake", f"/openings/{opening_id}")
    one = next((one for one in waiting(opening["waiting"], now()) if one.check_in_id == number), None)
    listed = citizen == "vis"
    return sheet.html(
        "workshops/visit.html",
        problem=problem,
        opening=opening,
        number=number,
        one=one,
        proposal=visit_form.proposal(one),
        listed=listed,
        awaited=visit_form.awaited_choices(await _awaited(sheet)) if listed else [],
        citizen="" if listed else citizen,
        labels=labels,
    )


async def _whose(sheet: Sheet) -> dict[str, Any]:
    """Whose visit it was, as fields of the command. Only the referrals are asked for that are needed to know it."""
    if not visit_form.names_somebody(sheet.sent):
        return {}
    citizen_id = visit_form.named(sheet.sent)
    if citizen_id is None:
        return visit_form.citizen_of(sheet.sent, await _awaited(sheet))
    hers = await sheet.read("intake", f"/citizens/{citizen_id}/referrals")
    open_ones = [one for one in hers if one["offer"] == "workshop" and not one["answer"] and not one["replaced_by"]]
    return visit_form.citizen_of(sheet.sent, open_ones)


async def _awaited(sheet: Sheet) -> list[dict[str, Any]]:
    referrals: list[dict[str, Any]] = await sheet.read("intake", "/referrals", offer="workshop")
    return referrals
