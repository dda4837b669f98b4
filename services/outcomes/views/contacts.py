"""What callers may see of companies' contacts, and how soon they are answered."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.outcomes.effect.catalogue.service_goal import INDICATOR as GOAL
from services.outcomes.effect.estimates import wilson
from services.outcomes.rules.contacts import SERVICE_GOAL, due
from shared.clock import danish_day
from shared.contracts.vocabulary import Wants
from shared.persistence import Transaction

CONTACT = (
    "SELECT contact.*, company.name AS company_name FROM contact LEFT JOIN company USING (company_id)"
    " WHERE contact.municipality = $1"
)


class ContactView(BaseModel):
    """A company's request; an answer is in time until due."""

    contact_id: UUID
    company_id: UUID
    company_name: str | None = Field(description="Null while an import has not brought the company yet.")
    wants: Wants
    asked: datetime
    due: datetime
    answered: datetime | None


class ServiceGoalView(BaseModel):
    """How many companies were answered within 24 hours, as the indicator *service_goal* defines it."""

    as_of: date
    title_da: str
    definition_da: str
    exclusions_da: str
    in_time: int = Field(description="Of the contacts that were due, those that were answered in time.")
    due: int = Field(description="Contacts whose 24 hours ended on this day at the latest.")
    share: float | None = Field(description="Of 1; null when no contact was due.")
    low: float | None = Field(description="The lower end of the 95 % interval.")
    high: float | None = Field(description="The upper end of the 95 % interval.")


async def contacts(
    tx: Transaction, municipality: str, *, unanswered: bool, answered_on: date | None
) -> list[ContactView]:
    """Contacts, the one that is due first on top; those that wait for an answer, or were answered on a Danish day."""
    rows = await tx.fetch(
        f"{CONTACT} AND (NOT $2 OR answered IS NULL)"
        " AND ($3::date IS NULL OR (answered AT TIME ZONE 'Europe/Copenhagen')::date = $3)"
        " ORDER BY asked, contact_id LIMIT 500",
        municipality,
        unanswered,
        answered_on,
    )
    return [ContactView.model_validate(_contact(row)) for row in rows]


async def contacts_of(tx: Transaction, company_id: UUID, municipality: str) -> list[ContactView]:
    """A company's contacts, newest first."""
    rows = await tx.fetch(f"{CONTACT} AND company_id = $2 ORDER BY asked DESC, contact_id", municipality, company_id)
    return [ContactView.model_validate(_contact(row)) for row in rows]


async def service_goal(tx: Transaction, municipality: str) -> ServiceGoalView:
    """The indicator *service_goal* as of today, from the contacts themselves: whoever has just answered sees it."""
    row = await tx.fetchrow(
        "SELECT count(*) AS due, count(*) FILTER (WHERE answered <= asked + $3) AS in_time FROM contact"
        " WHERE municipality = $1 AND ((asked + $3) AT TIME ZONE 'Europe/Copenhagen')::date <= $2",
        municipality,
        danish_day(tx.now),
        SERVICE_GOAL,
    )
    assert row is not None, "a count has a row"
    share, low, high = wilson(row["in_time"], row["due"])
    return ServiceGoalView(
        as_of=danish_day(tx.now),
        title_da=GOAL.title_da,
        definition_da=GOAL.definition_da,
        exclusions_da=GOAL.exclusions,
        in_time=row["in_time"],
        due=row["due"],
        share=share,
        low=low,
        high=high,
    )


def _contact(row: Any) -> dict[str, Any]:
    return {**row, "due": due(row["asked"])}
