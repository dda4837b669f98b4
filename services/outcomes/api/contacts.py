"""Contacts: a company asked, and was answered; the list shows which answer is due first."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.outcomes import queries, views
from services.outcomes.answers import ContactRecorded
from services.outcomes.commands import AnswerCompany, CompanyAsks
from services.outcomes.rules import contacts
from shared.moment import Day, moment
from shared.web import Principal, Role, Tx, allow, router

api = router()
Desk = Annotated[Principal, allow(Role.COMPANY_DESK, Role.CASEWORKER, Role.SYSTEM)]
Reader = Annotated[Principal, allow(Role.COMPANY_DESK, Role.CASEWORKER, Role.MANAGER)]


@api.post("/companies/{company_id}/contacts", status_code=201)
async def record_contact(company_id: UUID, command: CompanyAsks, tx: Tx, caller: Desk) -> ContactRecorded:
    """A company contacted the jobcenter: it is to be answered within 24 hours."""
    at = moment(command.happened, tx.now)
    company = await queries.company(tx, company_id, caller.municipality)
    await tx.expect(f"company/{company_id}")
    event = contacts.ask(company, command, contact_id=tx.new_id(), moment=at)
    version = await tx.append(event, happened=command.happened or event.at)
    return ContactRecorded(contact_id=event.contact_id, company_id=company_id, version=version)


@api.post("/contacts/{contact_id}/answer")
async def answer_contact(contact_id: UUID, command: AnswerCompany, tx: Tx, caller: Desk) -> ContactRecorded:
    """The jobcenter answered the company. Only once: the first answer stops the clock."""
    at = moment(command.happened, tx.now)
    contact = await queries.contact(tx, contact_id, caller.municipality)
    await tx.expect(f"company/{contact.company_id}")
    event = contacts.answer(contact, command, moment=at)
    version = await tx.append(event, happened=command.happened or event.at)
    return ContactRecorded(contact_id=contact_id, company_id=contact.company_id, version=version)


@api.get("/contacts")
async def list_contacts(
    tx: Tx,
    caller: Reader,
    unanswered: Annotated[bool, Query(description="Only those that wait.")] = False,
    answered_on: Annotated[Day | None, Query(description="Only those that were answered on this day.")] = None,
) -> list[views.contacts.ContactView]:
    """Contacts, the oldest first, at most 500."""
    return await views.contacts.contacts(tx, caller.municipality, unanswered=unanswered, answered_on=answered_on)


@api.get("/contacts/service-goal")
async def read_service_goal(tx: Tx, caller: Reader) -> views.contacts.ServiceGoalView:
    """The share of contacts that were answered within 24 hours, as of today, with its definition."""
    return await views.contacts.service_goal(tx, caller.municipality)
