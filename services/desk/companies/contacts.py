"""Contacts: a company asked, is answered, and ``/henvendelser`` has all that wait, soonest deadline first."""

import asyncio
from uuid import UUID

from starlette.responses import Response

from services.desk.companies import facts
from services.desk.companies.company import company_page
from services.desk.companies.moments import typed
from services.desk.door.access import router
from services.desk.door.callers import CaseworkerOrCompanyDesk, OfCompanies
from services.desk.share import Share
from services.desk.sheet import Sheet, TheSheet
from shared import clock
from shared.problems import Problem

api = router()


@api.get("/henvendelser")
async def contacts(sheet: TheSheet, caller: OfCompanies) -> Response:
    """All that wait for an answer, and those that got it today."""
    return await _page(sheet)


@api.post("/henvendelser/{contact_id}/svar")
async def answer_contact_now(contact_id: UUID, sheet: TheSheet, caller: CaseworkerOrCompanyDesk) -> Response:
    """The company has just been answered."""
    try:
        await sheet.send("outcomes", f"/contacts/{contact_id}/answer")
    except Problem as problem:
        return await _page(sheet, problem=problem)
    return sheet.done("/henvendelser", "contact-answered")


@api.post("/virksomheder/{company_id}/henvendelser")
async def record_contact(company_id: UUID, sheet: TheSheet, caller: CaseworkerOrCompanyDesk) -> Response:
    """A company has contacted the jobcenter, now or earlier."""
    sent = sheet.sent
    try:
        body = {"wants": sent.get("wants", "")} | _at(sent.get("asked_day", ""), sent.get("asked_time", ""))
        await sheet.send("outcomes", f"/companies/{company_id}/contacts", body)
    except Problem as problem:
        return await company_page(sheet, company_id, problem=problem, opened="contact")
    return sheet.done(f"/virksomheder/{company_id}", "contact-recorded")


@api.post("/virksomheder/{company_id}/henvendelser/{contact_id}/svar")
async def answer_contact(
    company_id: UUID, contact_id: UUID, sheet: TheSheet, caller: CaseworkerOrCompanyDesk
) -> Response:
    """The company was answered, now or earlier."""
    sent = sheet.sent
    try:
        body = _at(sent.get(f"day_{contact_id}", ""), sent.get(f"time_{contact_id}", ""))
        await sheet.send("outcomes", f"/contacts/{contact_id}/answer", body)
    except Problem as problem:
        return await company_page(sheet, company_id, problem=problem, opened=str(contact_id))
    return sheet.done(f"/virksomheder/{company_id}", "contact-answered")


def _at(day: str, time: str) -> dict[str, str]:
    at = typed(day, time, today=clock.danish_day(clock.now()))
    return {"at": at.isoformat()} if at else {}


async def _page(sheet: Sheet, *, problem: Problem | None = None) -> Response:
    now = clock.now()
    waiting, answered, goal = await asyncio.gather(
        sheet.read("outcomes", "/contacts", unanswered=True),
        sheet.read("outcomes", "/contacts", answered_on=clock.danish_day(now)),
        sheet.read("outcomes", "/contacts/service-goal"),
    )
    wait = [facts.contact(one, now) for one in waiting]
    return sheet.html(
        "companies/contacts.html",
        about=["outcomes"],
        problem=problem,
        now=now,
        waiting=wait,
        summary=facts.waiting(wait),
        answered=sorted(
            (facts.contact(one, now) for one in answered), key=lambda one: one.answered or one.asked, reverse=True
        ),
        goal=goal,
        share=Share.of(goal["in_time"], goal["due"]),
    )
