"""The form of a job order: ``/virksomheder/<id>/jobordre`` places one, ``/jobordrer/<id>/ret`` changes one."""

from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.desk import labels
from services.desk.companies import orders
from services.desk.door.access import router
from services.desk.door.callers import CaseworkerOrCompanyDesk
from services.desk.sheet import Sheet, TheSheet
from shared.problems import Problem, Unavailable

api = router()
NEW: dict[str, Any] = {
    "order_id": None,
    "title": "",
    "kind": "",
    "seats": 1,
    "demands": [],
    "profile_id": None,
    "expectations": "",
}


@api.get("/virksomheder/{company_id}/jobordre")
async def show_new_order(company_id: UUID, sheet: TheSheet, caller: CaseworkerOrCompanyDesk) -> Response:
    """An empty form."""
    return await _placing(sheet, company_id)


@api.post("/virksomheder/{company_id}/jobordre")
async def place_order(company_id: UUID, sheet: TheSheet, caller: CaseworkerOrCompanyDesk) -> Response:
    """The company wants people."""
    try:
        told = await sheet.send("outcomes", f"/companies/{company_id}/orders", orders.body(sheet.sent))
    except Problem as problem:
        return await _placing(sheet, company_id, problem=problem)
    return sheet.done(f"/jobordrer/{told['order_id']}", "order-placed")


@api.get("/jobordrer/{order_id}/ret")
async def show_order_to_change(order_id: UUID, sheet: TheSheet, caller: CaseworkerOrCompanyDesk) -> Response:
    """The order as it stands."""
    return await _changing(sheet, order_id)


@api.post("/jobordrer/{order_id}/ret")
async def change_order(order_id: UUID, sheet: TheSheet, caller: CaseworkerOrCompanyDesk) -> Response:
    """The order as it is from now on."""
    try:
        weights = orders.weights(await sheet.read("outcomes", f"/orders/{order_id}"))
        body = orders.body(sheet.sent, weights=weights)
        await sheet.send("outcomes", f"/orders/{order_id}", body, method="PATCH", version=sheet.whole("version"))
    except Problem as problem:
        return await _changing(sheet, order_id, problem=problem)
    return sheet.done(f"/jobordrer/{order_id}", "order-changed")


async def _placing(sheet: Sheet, company_id: UUID, *, problem: Problem | None = None) -> Response:
    company = await sheet.read("outcomes", f"/companies/{company_id}")
    order = NEW | {"company_id": company_id, "company_name": company["name"], "visible_in_app": True}
    return await _form(sheet, order, f"/virksomheder/{company_id}/jobordre", problem)


async def _changing(sheet: Sheet, order_id: UUID, *, problem: Problem | None = None) -> Response:
    order = await sheet.read("outcomes", f"/orders/{order_id}")
    return await _form(sheet, order, f"/jobordrer/{order_id}/ret", problem)


async def _form(sheet: Sheet, order: dict[str, Any], action: str, problem: Problem | None) -> Response:
    profiles = await _profiles(sheet)
    kept = order["profile_id"]
    if kept and kept not in profiles:
        profiles = {kept: "Den jobprofil, der er valgt nu"} | profiles
    return sheet.html(
        "companies/order_form.html",
        problem=problem,
        order=order,
        levels=orders.levels(order),
        action=action,
        profiles=profiles,
        areas=labels.AREAS,
        level_words=labels.LEVELS,
        meanings=labels.LEVEL_MEANINGS,
        kinds=labels.PLACEMENT_KINDS,
    )


async def _profiles(sheet: Sheet) -> dict[str, str]:
    """The open job profiles by title; none when assessment is away: an order does not need one."""
    try:
        return {one["profile_id"]: one["title"] for one in await sheet.read("assessment", "/profiles")}
    except Unavailable:
        return {}
