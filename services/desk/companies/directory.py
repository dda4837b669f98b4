"""``/virksomheder``: find a company, or register one."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from services.desk.companies import facts
from services.desk.door.access import router
from services.desk.door.callers import CaseworkerOrCompanyDesk, OfCompanies
from services.desk.sheet import Sheet, TheSheet
from shared.problems import Problem

api = router()
SIZES = {"sme": True, "large": False}


@api.get("/virksomheder")
async def companies(
    sheet: TheSheet, caller: OfCompanies, search: Annotated[str, Query()] = "", size: str = ""
) -> Response:
    """The companies that match, with what is open."""
    return await _page(sheet, search=search.strip()[:200], size=size)


@api.post("/virksomheder")
async def register_company(sheet: TheSheet, caller: CaseworkerOrCompanyDesk) -> Response:
    """Register a company."""
    sent = sheet.sent
    body = {name: sent.get(name, "") for name in ("name", "cvr", "employees", "industry")}
    body["cvr"] = body["cvr"].replace(" ", "")
    try:
        told = await sheet.send(
            "outcomes", "/companies", body | ({"p_number": p} if (p := sent.get("p_number")) else {})
        )
    except Problem as problem:
        return await _page(sheet, problem=problem)
    return sheet.done(f"/virksomheder/{told['company_id']}", "company-registered")


async def _page(sheet: Sheet, *, search: str = "", size: str = "", problem: Problem | None = None) -> Response:
    found = await sheet.read("outcomes", "/companies", search=search, sme=SIZES.get(size))
    return sheet.html(
        "companies/directory.html",
        about=["outcomes"],
        problem=problem,
        opened="register" if problem else "",
        search=search,
        size=size,
        companies=[one | {"size": facts.size(one["sme"])} for one in found],
        known=problem.members.get("company_id") if problem else None,
    )
