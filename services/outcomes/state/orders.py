"""Job orders, as their events tell them."""

import json
from datetime import datetime

from shared.contracts.outcomes import OrderChanged, OrderClosed, OrderPlaced
from shared.persistence import Appliers, Statement


def order_described(event: OrderPlaced | OrderChanged, at: datetime) -> Statement:
    """The whole order is known, for the first time or anew; ``placed`` is when it first was."""
    return Statement(
        """
        INSERT INTO job_order (order_id, company_id, municipality, profile_id, title, demands, kind, seats,
            expectations, visible_in_app, placed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (order_id) DO UPDATE SET company_id = excluded.company_id, profile_id = excluded.profile_id,
            title = excluded.title, demands = excluded.demands, kind = excluded.kind, seats = excluded.seats,
            expectations = excluded.expectations, visible_in_app = excluded.visible_in_app,
            placed = least(job_order.placed, excluded.placed)
        """,
        event.order_id,
        event.company_id,
        event.municipality,
        event.profile_id,
        event.title,
        json.dumps([demand.model_dump() for demand in event.demands]),
        event.kind,
        event.seats,
        event.expectations,
        event.visible_in_app,
        at,
    )


def order_closed(event: OrderClosed, at: datetime) -> Statement:
    """An order takes no more candidates."""
    return Statement(
        "UPDATE job_order SET closed = $2, closed_reason = $3 WHERE order_id = $1",
        event.order_id,
        at,
        event.reason,
    )


APPLY: Appliers = {
    OrderPlaced: order_described,
    OrderChanged: order_described,
    OrderClosed: order_closed,
}
