"""What callers may see of companies and their agreements."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from services.outcomes.queries import not_found
from services.outcomes.views.contacts import ContactView, contacts_of
from services.outcomes.views.version import VERSION, version_of
from shared.clock import danish_day
from shared.persistence import Transaction

IN_FORCE = "signed_on <= $2 AND (ended_on IS NULL OR ended_on > $2) AND (until IS NULL OR until >= $2)"
"""An agreement on the day ``$2``, as the indicator *agreements* counts it."""
COMPANY = f"""
SELECT c.*,
    EXISTS (SELECT FROM agreement AS a WHERE a.company_id = c.company_id AND {IN_FORCE}) AS in_agreement,
    (SELECT count(*) FROM contact AS t WHERE t.company_id = c.company_id AND answered IS NULL) AS open_contacts,
    (SELECT count(*) FROM job_order AS o WHERE o.company_id = c.company_id AND closed IS NULL) AS open_orders
FROM company AS c WHERE c.municipality = $1
"""


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


class CompanyDetail(CompanyView):
    """A company with its agreements and contacts, newest first."""

    version: int = Field(description=VERSION)
    agreements: list[AgreementView]
    contacts: list[ContactView]


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
    return CompanyDetail.model_validate(
        {
            **row,
            "version": await version_of(tx, f"company/{company_id}"),
            "agreements": [dict(agreement) for agreement in agreements],
            "contacts": await contacts_of(tx, company_id, municipality),
        }
    )
