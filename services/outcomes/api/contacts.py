"""Contacts: a company asked, and was answered; the list shows which answer is due first."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.outcomes import company_views, queries
from services.outcomes.answers import ContactRecorded
from services.outcomes.commands import AnswerCompany, CompanyAsks, Day
from services.outcomes.rules import contacts
from services.outcomes.rules.moments import moment_of
from shared.web import Principal, Role, Tx, allow, router

api = router()
Desk = Annotated[Principal, allow(Role.COMPANY_DESK, Role.CASEWORKER, Role.SYSTEM)]
Reader = Annotated[Principal, allow(Role.COMPANY_DESK, Role.CASEWORKER, Role.MANAGER)]


@api.post("/companies/{company_id}/contacts", status_code=201)
async def record_contact(company_id: UUID, command: CompanyAsks, tx: Tx, caller: Desk) -> ContactRecorded:
    """A company contacted the jobcenter: it is to be answered within 24 hours."""
    moment = moment_of(command.happened, tx.now)
    company = await queries.company(tx, company_id, caller.municipality)
    await tx.expect(f"company/{company_id}")
    event = contacts.ask(company, command, contact_id=tx.new_id(), moment=moment)
    version = await tx.append(event, happened=command.happened or event.at)
    return ContactRecorded(contact_id=event.contact_id, company_id=company_id, version=version)


@api.post("/contacts/{contact_id}/answer")
async def answer_contact(contact_id: UUID, command: AnswerCompany, tx: Tx, caller: Desk) -> ContactRecorded:
    """The jobcenter answered the company. Only once: the first answer stops the clock."""
    moment = moment_of(command.happened, tx.now)
    contact = await queries.contact(tx, contact_id, caller.municipality)
    await tx.expect(f"company/{contact.company_id}")
    event = contacts.answer(contact, command, moment=moment)
    version = await tx.append(event, happened=command.happened or event.at)
    return ContactRecorded(contact_id=contact_id, company_id=contact.company_id, version=version)


@api.get("/contacts")
async def list_contacts(
    tx: Tx,
    caller: Reader,
    unanswered: Annotated[bool, Query(description="Only those that wait.")] = False,
    answered_on: Annotated[Day | None, Query(description="Only those that were answered on this day.")] = None,
) -> list[company_views.ContactView]:
    """Contacts, the oldest first, at most 500."""
    return await company_views.contacts(tx, caller.municipality, unanswered=unanswered, answered_on=answered_on)


@api.get("/contacts/service-goal")
async def read_service_goal(tx: Tx, caller: Reader) -> company_views.ServiceGoalView:
    """The share of contacts that were answered within 24 hours, as of today, with its definition."""
    return await company_views.service_goal(tx, caller.municipality)
