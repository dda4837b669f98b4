"""Job orders (jobordrer): what a company wants, with which digital competence, and what it may expect.

An order's demands are its own; a job profile that it names is another service's, and is taken as it is given.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from services.outcomes.commands import ChangeOrder, CloseOrder, PlaceOrder
from services.outcomes.rules.companies import Company
from shared.contracts.outcomes import OrderChanged, OrderClosed, OrderPlaced
from shared.contracts.vocabulary import Demand, PlacementKind
from shared.problems import Refused


@dataclass(frozen=True, slots=True)
class Order:
    """A placed order as the commands see it."""

    order_id: UUID
    company_id: UUID
    municipality: str
    profile_id: UUID | None
    title: str | None
    demands: tuple[Demand, ...]
    kind: PlacementKind
    seats: int
    expectations: str
    visible_in_app: bool
    closed: bool


def place(company: Company, command: PlaceOrder, *, order_id: UUID) -> OrderPlaced:
    """A new order of a company; a company may have several."""
    return OrderPlaced(
        municipality=company.municipality,
        order_id=order_id,
        company_id=company.company_id,
        profile_id=command.profile_id,
        title=command.title,
        demands=_one_an_area(command.demands),
        kind=command.kind,
        seats=command.seats,
        expectations=command.expectations,
        visible_in_app=command.visible_in_app,
    )


def change(order: Order, command: ChangeOrder) -> OrderChanged:
    """The whole order as it is from now on."""
    if order.closed:
        raise Refused(
            "order-closed", "The order is closed", "It cannot be changed any more. Place a new one for what is wanted."
        )
    given = command.model_dump(include={"kind", "seats", "expectations", "visible_in_app"}, exclude_none=True)
    changed = replace(order, **given)
    if command.demands is not None:
        changed = replace(changed, demands=_one_an_area(command.demands))
    for name in ("title", "profile_id"):  # null means that there is none any more
        if name in command.model_fields_set:
            changed = replace(changed, **{name: getattr(command, name)})
    if changed == order:
        raise Refused("nothing-changed", "Nothing would change", "Give at least one field with a new value.")
    return OrderChanged(
        municipality=changed.municipality,
        order_id=changed.order_id,
        company_id=changed.company_id,
        profile_id=changed.profile_id,
        title=changed.title,
        demands=changed.demands,
        kind=changed.kind,
        seats=changed.seats,
        expectations=changed.expectations,
        visible_in_app=changed.visible_in_app,
    )


def close(order: Order, command: CloseOrder) -> OrderClosed:
    """The end of an order: filled, withdrawn or run out."""
    if order.closed:
        raise Refused(
            "order-closed-already", "The order is closed already", "An order closes once. Place a new one if need be."
        )
    return OrderClosed(
        municipality=order.municipality, order_id=order.order_id, company_id=order.company_id, reason=command.reason
    )


def _one_an_area(demands: Sequence[Demand]) -> tuple[Demand, ...]:
    """The demands in the order of the areas. Refused when an area stands twice."""
    twice = [area for area, times in Counter(demand.area for demand in demands).items() if times > 1]
    if twice:
        raise Refused(
            "demand-twice", f"Area {twice[0]} is demanded more than once", "Send one demand for each competence area."
        )
    return tuple(sorted(demands, key=lambda demand: demand.area))
