"""``/jobordrer``: the open orders, one order with its candidates, and closing it."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from starlette.responses import Response

from services.desk import labels, words
from services.desk.companies import orders
from services.desk.companies.screening import PAGE, Screening, screening
from services.desk.door.access import router
from services.desk.door.callers import CaseworkerOrCompanyDesk, OfCompanies
from services.desk.sheet import Sheet, TheSheet
from shared.problems import NotFound, Problem, Refused, Unavailable

api = router()
REASONS = {
    "Besat": "Pladserne er besat",
    "Trukket tilbage": "Virksomheden har trukket den tilbage",
    "Udløbet": "Fristen er udløbet",
}
NOT_KNOWN_YET = "Jobordren er lige oprettet, og kandidaterne bliver fundet nu. Hent siden igen om et øjeblik."


@api.get("/jobordrer")
async def open_orders(sheet: TheSheet, caller: OfCompanies) -> Response:
    """The open orders of the municipality, newest first."""
    told = await sheet.read("outcomes", "/orders", closed=False)
    listed = [orders.order(one) for one in told]
    return sheet.html("companies/orders.html", about=["outcomes"], orders=listed)


@api.get("/jobordrer/{order_id}")
async def order(
    order_id: UUID, sheet: TheSheet, caller: OfCompanies, svar: str = "", efter: Annotated[int, Query(ge=0)] = 0
) -> Response:
    """One order. A caseworker sees who suits it: all, or those with one verdict."""
    return await _page(sheet, order_id, verdict=svar if svar in labels.GAP_VERDICTS else "", skip=efter)


@api.post("/jobordrer/{order_id}/luk")
async def close_order(order_id: UUID, sheet: TheSheet, caller: CaseworkerOrCompanyDesk) -> Response:
    """The order takes no more candidates."""
    try:
        await sheet.send("outcomes", f"/orders/{order_id}/close", {"reason": sheet.sent.get("reason") or None})
    except Problem as problem:
        return await _page(sheet, order_id, problem=problem)
    return sheet.done(f"/jobordrer/{order_id}", "order-closed")


async def _page(
    sheet: Sheet, order_id: UUID, *, verdict: str = "", skip: int = 0, problem: Problem | None = None
) -> Response:
    told = await sheet.read("outcomes", f"/orders/{order_id}")
    asks = "caseworker" in sheet.roles and not told["closed"]
    found, without = await candidates(sheet, order_id, verdict, skip) if asks else (None, "")
    return sheet.html(
        "companies/order.html",
        about=[order_id],
        problem=problem,
        opened="close" if problem else "",
        order=orders.order(told),
        profile=await title_of(sheet, told["profile_id"]),
        reasons=REASONS,
        screening=found,
        without=without,
        verdict=verdict,
        verdicts=labels.GAP_VERDICTS,
        skip=skip,
        page=PAGE,
    )


async def candidates(sheet: Sheet, order_id: UUID, verdict: str, skip: int) -> tuple[Screening | None, str]:
    """A page of candidates, or why there are none to see: the order is shown all the same."""
    asked: dict[str, Any] = {"limit": PAGE, "skip": skip, "verdict": verdict or None}
    try:
        told = await sheet.read("assessment", f"/orders/{order_id}/candidates", **asked)
    except NotFound:
        return None, NOT_KNOWN_YET
    except (Refused, Unavailable) as problem:
        return None, str(words.refusal(problem, "companies"))
    return screening(told, verdict=verdict, skip=skip), ""


async def title_of(sheet: Sheet, profile_id: str | None) -> str:
    """The job profile's title; empty for none."""
    if profile_id is None:
        return ""
    try:
        return str((await sheet.read("assessment", f"/profiles/{profile_id}"))["title"])
    except (NotFound, Unavailable):
        return "En jobprofil, der ikke kan vises lige nu"
