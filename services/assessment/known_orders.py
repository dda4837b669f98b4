"""The job orders that candidates are screened for, from the events of outcomes: as told last, in whatever order."""

import json
from uuid import UUID

from asyncpg import Record

from services.assessment.rules.order import Order
from services.assessment.views.screening import OrderView
from shared.contracts.envelope import Envelope
from shared.contracts.outcomes import OrderChanged, OrderClosed, OrderPlaced
from shared.contracts.vocabulary import Demand
from shared.persistence import Transaction
from shared.problems import NotFound


async def place(tx: Transaction, event: OrderPlaced | OrderChanged, envelope: Envelope) -> None:
    """The order takes candidates, as it is described now."""
    await tx.execute(
        """
        INSERT INTO known_order AS known (order_id, version, closed_version, municipality, closed, company_id,
            profile_id, title, kind, seats, demands)
        VALUES ($1, $2, 0, $3, false, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (order_id) DO UPDATE SET version = excluded.version,
            closed = known.closed_version > excluded.version, company_id = excluded.company_id,
            profile_id = excluded.profile_id, title = excluded.title, kind = excluded.kind, seats = excluded.seats,
            demands = excluded.demands
        WHERE known.version < excluded.version
        """,
        event.order_id,
        envelope.sequence,
        envelope.municipality,
        event.company_id,
        event.profile_id,
        event.title,
        event.kind,
        event.seats,
        json.dumps([demand.model_dump() for demand in event.demands]),
    )


async def close(tx: Transaction, event: OrderClosed, envelope: Envelope) -> None:
    """The order takes no candidates any more."""
    await tx.execute(
        """
        INSERT INTO known_order AS known (order_id, version, closed_version, municipality, closed, company_id, demands)
        VALUES ($1, 0, $2, $3, true, $4, '[]')
        ON CONFLICT (order_id) DO UPDATE SET closed_version = excluded.closed_version,
            closed = excluded.closed_version > known.version
        WHERE known.closed_version < excluded.closed_version
        """,
        event.order_id,
        envelope.sequence,
        envelope.municipality,
        event.company_id,
    )


async def order(tx: Transaction, order_id: UUID, municipality: str) -> Order:
    """An order of this municipality. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT * FROM known_order WHERE order_id = $1 AND municipality = $2", order_id, municipality
    )
    if row is None:
        raise NotFound(
            "order-unknown",
            "No such job order in your municipality",
            "Check the id; GET /orders lists the open ones. One that was placed a moment ago may not be known here yet:"
            " try again in a second.",
        )
    return Order(row["order_id"], row["closed"], row["profile_id"], row["title"], _demands(row))


async def open_orders(tx: Transaction, municipality: str) -> list[OrderView]:
    """The open orders of this municipality, the newest first: ids of version 7 rise with time."""
    rows = await tx.fetch(
        "SELECT * FROM known_order WHERE municipality = $1 AND NOT closed ORDER BY order_id DESC", municipality
    )
    return [OrderView.model_validate(dict(row) | {"demands": _demands(row)}) for row in rows]


def _demands(row: Record) -> tuple[Demand, ...]:
    return tuple(Demand.model_validate(demand) for demand in json.loads(row["demands"]))
