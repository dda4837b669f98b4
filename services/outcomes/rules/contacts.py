"""A company's request to the jobcenter and its answer. The service goal: answered within 24 hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.outcomes.commands import AnswerCompany, CompanyAsks
from services.outcomes.rules.companies import Company
from shared.contracts.outcomes import CompanyAnswered, CompanyAsked
from shared.contracts.vocabulary import Wants
from shared.moment import Moment
from shared.problems import Refused

SERVICE_GOAL = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Contact:
    """A company's request as the commands see it."""

    contact_id: UUID
    company_id: UUID
    municipality: str
    wants: Wants
    asked: datetime
    answered: datetime | None


def ask(company: Company, command: CompanyAsks, *, contact_id: UUID, moment: Moment) -> CompanyAsked:
    """The company asked; without ``at`` it was at the command's moment."""
    at = command.at or moment.time
    _not_after(at, moment)
    return CompanyAsked(
        municipality=company.municipality,
        contact_id=contact_id,
        company_id=company.company_id,
        at=at,
        wants=command.wants,
    )


def answer(contact: Contact, command: AnswerCompany, *, moment: Moment) -> CompanyAnswered:
    """The first answer; it stops the clock."""
    if contact.answered is not None:
        raise Refused(
            "contact-answered-already",
            f"The company was answered at {contact.answered.isoformat()}",
            "The first answer counts. A new request of the company is a new contact.",
        )
    at = command.at or moment.time
    _not_after(at, moment)
    if at < contact.asked:
        raise Refused(
            "answered-before-asked",
            "The answer would come before the question",
            f"The company asked at {contact.asked.isoformat()}: give that moment or a later one.",
        )
    return CompanyAnswered(
        municipality=contact.municipality,
        contact_id=contact.contact_id,
        company_id=contact.company_id,
        at=at,
        wants=contact.wants,
    )


def due(asked: datetime) -> datetime:
    """The last moment at which an answer is in time."""
    return asked + SERVICE_GOAL


def _not_after(at: datetime, moment: Moment) -> None:
    if at > moment.time:
        raise Refused(
            "not-yet", "The moment lies in the future", f"It is {moment.time.isoformat()}: give that or earlier."
        )
