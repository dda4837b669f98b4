"""What the rules decide on: read and locked until the commit, so that two decisions about one thing follow each other.

Everything is looked up in the caller's municipality; what belongs to another one is not found.
"""

import json
from collections.abc import Iterable
from uuid import UUID

from services.outcomes.rules.agreements import Agreement
from services.outcomes.rules.companies import Company
from services.outcomes.rules.contacts import Contact
from services.outcomes.rules.events import MatchmakingEvent
from services.outcomes.rules.meetings import Meeting
from services.outcomes.rules.orders import Order
from services.outcomes.rules.placements import Placement
from shared.contracts.vocabulary import Demand
from shared.persistence import Transaction
from shared.persistence.known_citizens import SAME_CITIZEN
from shared.problems import NotFound, Refused

PLACEMENT = (
    "placement_id, citizen_id, municipality, company_id, kind, temp_agency, hours_per_week, state, planned_starts,"
    " started_on, ended_on, enrolment_id, coalesce(timing, 'none') AS timing"
)


def not_found(what: str, where: str) -> NotFound:
    """``what`` (company, placement …) is not there, or not the caller's; ``where`` lists those that are."""
    return NotFound(f"{what}-unknown", f"No such {what} in your municipality", f"Check the id; {where} lists them.")


async def company(tx: Transaction, company_id: UUID, municipality: str) -> Company:
    """The company, locked. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT company_id, municipality, name, cvr, p_number, employees, industry FROM company"
        " WHERE company_id = $1 AND municipality = $2 FOR UPDATE",
        company_id,
        municipality,
    )
    if row is None:
        raise not_found("company", "GET /companies")
    return Company(**row)


async def company_with_cvr(tx: Transaction, municipality: str, cvr: str) -> UUID | None:
    """Who has the CVR number. The number is locked also when nobody has it: two registrations follow each other."""
    await tx.one_at_a_time(f"cvr:{municipality}:{cvr}")
    holder: UUID | None = await tx.fetchval(
        "SELECT company_id FROM company WHERE municipality = $1 AND cvr = $2 ORDER BY company_id LIMIT 1",
        municipality,
        cvr,
    )
    return holder


async def known_companies(tx: Transaction, companies: Iterable[UUID], municipality: str) -> set[UUID]:
    """Those of the companies that the municipality has registered."""
    rows = await tx.fetch(
        "SELECT company_id FROM company WHERE company_id = ANY($1) AND municipality = $2", list(companies), municipality
    )
    return {row["company_id"] for row in rows}


async def refuse_unknown_company(tx: Transaction, company_id: UUID | None, municipality: str) -> None:
    """Refuse a company that is named in a command and not registered here."""
    if company_id is not None and not await known_companies(tx, [company_id], municipality):
        raise Refused(
            "company-unknown", f"Company {company_id} is not registered", "Register the company first: POST /companies."
        )


async def agreement(tx: Transaction, agreement_id: UUID, municipality: str) -> Agreement:
    """The agreement, locked. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT agreement_id, company_id, municipality, kind, signed_on, until, ended_on FROM agreement"
        " WHERE agreement_id = $1 AND municipality = $2 FOR UPDATE",
        agreement_id,
        municipality,
    )
    if row is None:
        raise not_found("agreement", "GET /companies/{company_id}")
    return Agreement(**row)


async def contact(tx: Transaction, contact_id: UUID, municipality: str) -> Contact:
    """The contact, locked. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT contact_id, company_id, municipality, wants, asked, answered FROM contact"
        " WHERE contact_id = $1 AND municipality = $2 FOR UPDATE",
        contact_id,
        municipality,
    )
    if row is None:
        raise not_found("contact", "GET /contacts")
    return Contact(**row)


async def order(tx: Transaction, order_id: UUID, municipality: str) -> Order:
    """The job order, locked. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT order_id, company_id, municipality, profile_id, title, demands, kind, seats, expectations,"
        " visible_in_app, closed IS NOT NULL AS closed FROM job_order"
        " WHERE order_id = $1 AND municipality = $2 FOR UPDATE",
        order_id,
        municipality,
    )
    if row is None:
        raise not_found("order", "GET /orders")
    return Order(**{**row, "demands": demands_of(row["demands"])})


def demands_of(column: str) -> tuple[Demand, ...]:
    """An order's demands as its row keeps them."""
    return tuple(Demand.model_validate(demand) for demand in json.loads(column))


async def event(tx: Transaction, event_id: UUID, municipality: str) -> MatchmakingEvent:
    """The matchmaking event, locked, and with it all its seats. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT event_id, municipality, cohort_ids, companies, rounds, online, planned_on, held_on"
        " FROM matchmaking_event WHERE event_id = $1 AND municipality = $2 FOR UPDATE",
        event_id,
        municipality,
    )
    if row is None:
        raise not_found("event", "GET /events")
    return MatchmakingEvent(**{**row, "cohort_ids": tuple(row["cohort_ids"]), "companies": tuple(row["companies"])})


async def meetings(tx: Transaction, event_id: UUID) -> list[Meeting]:
    """The meetings of an event whose row is locked. They are locked, too: an erasure takes a citizen's away."""
    rows = await tx.fetch(
        'SELECT round, table_number AS "table", citizen_id, company_id, state FROM meeting WHERE event_id = $1'
        " ORDER BY round, citizen_id FOR UPDATE",
        event_id,
    )
    return [Meeting(**row) for row in rows]


async def placement(tx: Transaction, placement_id: UUID, municipality: str) -> Placement:
    """The placement, locked. Raises NotFound."""
    row = await tx.fetchrow(
        f"SELECT {PLACEMENT} FROM placement WHERE placement_id = $1 AND municipality = $2 FOR UPDATE",
        placement_id,
        municipality,
    )
    if row is None:
        raise not_found("placement", "GET /citizens/{citizen_id}/placements")
    return Placement(**row)


async def placements_to_compare(tx: Transaction, citizen_id: UUID) -> list[Placement]:
    """The placements of a citizen who is locked, those of ids that were merged into hers too."""
    rows = await tx.fetch(f"SELECT {PLACEMENT} FROM placement WHERE citizen_id IN ({SAME_CITIZEN})", citizen_id)
    return [Placement(**row) for row in rows]


async def target(tx: Transaction, municipality: str, indicator: str, period: str) -> float | None:
    """The target that holds, if there is one; two settings of one target follow each other."""
    await tx.one_at_a_time(f"target:{municipality}:{indicator}:{period}")
    value: float | None = await tx.fetchval(
        "SELECT value FROM target WHERE municipality = $1 AND indicator = $2 AND period = $3",
        municipality,
        indicator,
        period,
    )
    return value
