"""What callers may see of companies, their agreements and contacts, and how soon contacts are answered."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.outcomes.effect.catalogue.service_goal import INDICATOR as GOAL
from services.outcomes.effect.estimates import wilson
from services.outcomes.queries import not_found
from services.outcomes.rules.contacts import SERVICE_GOAL, due
from services.outcomes.views import VERSION, version_of
from shared.clock import danish_day
from shared.contracts.vocabulary import Wants
from shared.persistence import Transaction


class CompanyView(BaseModel):
    """A company, and what is open between it and the jobcenter."""

    company_id: UUID
    name: str
    cvr: str
    p_number: str | None
    employees: int
    sme: bool
    industry: str
    in_agreement: bool = Field(description="Whether a cooperation agreement is in force today.")
    open_contacts: int = Field(description="Contacts that wait for an answer.")
    open_orders: int


class AgreementView(BaseModel):
    """A cooperation agreement: in force from signed_on, until ended_on (exclusive) or until (inclusive)."""

    agreement_id: UUID
    company_id: UUID
    kind: str
    signed_on: date
    until: date | None
    ended_on: date | None
    in_force: bool = Field(description="Whether it is in force today.")


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


class CompanyDetail(CompanyView):
    """A company with its agreements and contacts, newest first."""

    version: int = Field(description=VERSION)
    agreements: list[AgreementView]
    contacts: list[ContactView]


IN_FORCE = "signed_on <= $2 AND (ended_on IS NULL OR ended_on > $2) AND (until IS NULL OR until >= $2)"
"""An agreement on the day ``$2``, as the indicator *agreements* counts it."""
COMPANY = f"""
SELECT c.*,
    EXISTS (SELECT FROM agreement AS a WHERE a.company_id = c.company_id AND {IN_FORCE}) AS in_agreement,
    (SELECT count(*) FROM contact AS t WHERE t.company_id = c.company_id AND answered IS NULL) AS open_contacts,
    (SELECT count(*) FROM job_order AS o WHERE o.company_id = c.company_id AND closed IS NULL) AS open_orders
FROM company AS c WHERE c.municipality = $1
"""
CONTACT = (
    "SELECT contact.*, company.name AS company_name FROM contact LEFT JOIN company USING (company_id)"
    " WHERE contact.municipality = $1"
)


async def companies(tx: Transaction, municipality: str, *, search: str, sme: bool | None) -> list[CompanyView]:
    """Companies by name; ``search`` is a part of the name or the whole CVR number."""
    rows = await tx.fetch(
        f"{COMPANY} AND ($3 = '' OR cvr = $3 OR strpos(lower(name), lower($3)) > 0)"
        " AND ($4::boolean IS NULL OR sme = $4) ORDER BY lower(name), company_id LIMIT 500",
        municipality,
        danish_day(tx.now),
        search,
        sme,
    )
    return [CompanyView.model_validate(dict(row)) for row in rows]


async def company(tx: Transaction, company_id: UUID, municipality: str) -> CompanyDetail:
    """A company with all that hangs on it. Raises NotFound."""
    today = danish_day(tx.now)
    row = await tx.fetchrow(f"{COMPANY} AND c.company_id = $3", municipality, today, company_id)
    if row is None:
        raise not_found("company", "GET /companies")
    agreements = await tx.fetch(
        f"SELECT *, {IN_FORCE} AS in_force FROM agreement WHERE company_id = $1 ORDER BY signed_on DESC, agreement_id",
        company_id,
        today,
    )
    contacts = await tx.fetch(
        f"{CONTACT} AND company_id = $2 ORDER BY asked DESC, contact_id", municipality, company_id
    )
    return CompanyDetail.model_validate(
        {
            **row,
            "version": await version_of(tx, f"company/{company_id}"),
            "agreements": [dict(agreement) for agreement in agreements],
            "contacts": [_contact(contact) for contact in contacts],
        }
    )


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
