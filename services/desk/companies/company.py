"""``/virksomheder/<id>``: one company with its contacts, orders and agreements, and the form that changes its facts."""

import asyncio
from uuid import UUID

from starlette.responses import Response

from services.desk import labels
from services.desk.companies import facts, orders
from services.desk.door.access import router
from services.desk.door.callers import CaseworkerOrCompanyDesk, OfCompanies
from services.desk.sheet import Sheet, TheSheet
from shared import clock
from shared.problems import Problem

api = router()


@api.get("/virksomheder/{company_id}")
async def company(company_id: UUID, sheet: TheSheet, caller: OfCompanies) -> Response:
    """The company."""
    return await company_page(sheet, company_id)


@api.post("/virksomheder/{company_id}")
async def change_company(company_id: UUID, sheet: TheSheet, caller: CaseworkerOrCompanyDesk) -> Response:
    """Change what is known of it."""
    sent = sheet.sent
    body = {name: sent.get(name, "") for name in ("name", "employees", "industry")}
    try:
        await sheet.send(
            "outcomes",
            f"/companies/{company_id}",
            body | {"p_number": sent.get("p_number") or None},
            method="PATCH",
            version=sheet.whole("version"),
        )
    except Problem as problem:
        return await company_page(sheet, company_id, problem=problem, opened="facts")
    return sheet.done(f"/virksomheder/{company_id}", "company-changed")


async def company_page(sheet: Sheet, company_id: UUID, *, problem: Problem | None = None, opened: str = "") -> Response:
    """The page; ``opened`` is the form that stands open on it, because it was refused."""
    told, placed = await asyncio.gather(
        sheet.read("outcomes", f"/companies/{company_id}"),
        sheet.read("outcomes", "/orders", company_id=company_id),
    )
    now = clock.now()
    contacts = [facts.contact(one, now) for one in told["contacts"]]
    listed = [orders.order(one) for one in placed]
    return sheet.html(
        "companies/company.html",
        about=[company_id],
        problem=problem,
        opened=opened,
        now=now,
        today=clock.danish_day(now),
        company=told,
        facts=facts.about(told),
        waiting=sorted((one for one in contacts if not one.answered), key=lambda one: one.deadline.due),
        answered=[one for one in contacts if one.answered],
        open_orders=[one for one in listed if not one.closed],
        closed_orders=[one for one in listed if one.closed],
        agreements=[facts.agreement(one, clock.danish_day(now)) for one in told["agreements"]],
        wants=labels.WANTS,
        agreement_kinds=labels.AGREEMENT_KINDS,
    )
