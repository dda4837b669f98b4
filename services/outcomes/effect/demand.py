"""Demand: the digital competence that open job orders ask for, in seats."""

from collections.abc import Iterator
from itertools import pairwise

from services.outcomes.effect.cells import SupplyDemandCell
from services.outcomes.effect.days import NEVER, danish_day
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.history import Told, about, last
from services.outcomes.effect.intervals import open_ended

READS = frozenset({"order-placed", "order-changed", "order-closed"})


def demand_cells(history: Told) -> Iterator[tuple[SupplyDemandCell, int]]:
    """What an order asks for until it is changed or closed, each with the number of its seats."""
    closings = about(history, "order_id", "order-closed")
    for order, facts in about(history, "order_id", "order-placed", "order-changed").items():
        closed = min([danish_day(fact.time) for fact in closings.get(order, ())], default=NEVER)
        days = sorted({danish_day(fact.time) for fact in facts})
        for first, after in pairwise([*days, NEVER]):
            if first < closed:
                held = last([fact for fact in facts if danish_day(fact.time) <= first])
                yield _asked(held, first, min(after, closed)), held.data["seats"]


def _asked(order: Fact, first: int, after: int) -> SupplyDemandCell:
    """What an order asks for from a day until the day before another; in an area that it names twice the most."""
    levels: dict[int, int] = {}
    for demand in order.data["demands"]:
        levels[demand["area"]] = max(demand["level"], levels.get(demand["area"], 0))
    asked = tuple(sorted(levels.items()))
    kind = order.data["kind"]
    return SupplyDemandCell("supply_demand", order.municipality, "asked", kind, first, open_ended(after), asked)
