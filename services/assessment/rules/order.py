"""A job order as assessment knows it, and what it asks of those who are screened for it."""

from dataclasses import dataclass
from uuid import UUID

from services.assessment.rules.demands import of_order
from shared.contracts.vocabulary import Demand
from shared.problems import Refused


@dataclass(frozen=True, slots=True)
class Order:
    """What its company told last."""

    order_id: UUID
    closed: bool
    profile_id: UUID | None
    title: str | None
    demands: tuple[Demand, ...]


def must_be_open(order: Order) -> None:
    """Raise Refused for an order that takes no more candidates."""
    if order.closed:
        raise Refused(
            "order-closed", "The order is closed", "It takes no more candidates. GET /orders lists those that do."
        )


def asked(order: Order, profile: tuple[Demand, ...]) -> tuple[Demand, ...]:
    """What the order asks, with its profile's demands (none when it names no profile). Refused when that is nothing."""
    demands = of_order(order.demands, profile)
    if not demands:
        raise Refused(
            "order-asks-nothing",
            "The order names neither a job profile nor demands",
            "There is nothing to hold a candidate against. Ask the company what the job needs, and change the order.",
        )
    return demands
