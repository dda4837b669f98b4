"""What callers may see of job orders."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.outcomes.queries import demands_of, not_found
from services.outcomes.views.version import VERSION, version_of
from shared.contracts.vocabulary import Demand, PlacementKind
from shared.persistence import Transaction

SELECT = (
    "SELECT job_order.*, company.name AS company_name FROM job_order"
    " LEFT JOIN company USING (company_id) WHERE job_order.municipality = $1"
)


class OrderView(BaseModel):
    """A job order; it takes candidates until it is closed."""

    order_id: UUID
    company_id: UUID
    company_name: str | None = Field(description="Null while an import has not brought the company yet.")
    profile_id: UUID | None
    title: str | None
    demands: list[Demand] = Field(description="What the order itself asks for, by area.")
    kind: PlacementKind
    seats: int
    expectations: str
    visible_in_app: bool
    placed: datetime
    closed: datetime | None
    closed_reason: str | None


class OrderDetail(OrderView):
    """A job order, and its version."""

    version: int = Field(description=VERSION)


async def orders(
    tx: Transaction, municipality: str, *, closed: bool | None, company_id: UUID | None
) -> list[OrderView]:
    """Job orders, the newest first."""
    rows = await tx.fetch(
        f"{SELECT} AND ($2::boolean IS NULL OR (closed IS NOT NULL) = $2) AND ($3::uuid IS NULL OR company_id = $3)"
        " ORDER BY placed DESC, order_id LIMIT 500",
        municipality,
        closed,
        company_id,
    )
    return [OrderView.model_validate(_facts(row)) for row in rows]


async def order(tx: Transaction, order_id: UUID, municipality: str) -> OrderDetail:
    """One job order. Raises NotFound."""
    row = await tx.fetchrow(f"{SELECT} AND order_id = $2", municipality, order_id)
    if row is None:
        raise not_found("order", "GET /orders")
    return OrderDetail.model_validate(_facts(row) | {"version": await version_of(tx, f"order/{order_id}")})


def _facts(row: Any) -> dict[str, Any]:
    return {**row, "demands": demands_of(row["demands"])}
