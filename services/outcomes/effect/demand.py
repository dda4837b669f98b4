"""Demand: the digital competence that open job orders ask for, in seats."""

from collections.abc import Iterator
from itertools import pairwise

from services.outcomes.effect.cells import SupplyDemandCell
from services.outcomes.effect.days import NEVER, danish_day
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.history import Told, about, last

READS = frozenset({"order-placed", "order-changed", "order-closed"})


def demand_cells(history: Told) -> Iterator[tuple[SupplyDemandCell, int]]:
    """Seats that ask for an area and level come with the order, change with it, and go on the day it is closed."""
    closings = about(history, "order_id", "order-closed")
    for order, facts in about(history, "order_id", "order-placed", "order-changed").items():
        closed = min([danish_day(fact.time) for fact in closings.get(order, ())], default=NEVER)
        days = sorted({danish_day(fact.time) for fact in facts})
        for first, after in pairwise([*days, NEVER]):
            if first < closed:
                held = last([fact for fact in facts if danish_day(fact.time) <= first])
                yield from _asked(held, first, min(after, closed))


def _asked(order: Fact, first: int, after: int) -> Iterator[tuple[SupplyDemandCell, int]]:
    """What an order asks for from a day until the day before another; in an area that it names twice the most."""
    asked: dict[int, int] = {}
    for demand in order.data["demands"]:
        asked[demand["area"]] = max(demand["level"], asked.get(demand["area"], 0))
    kind, seats = order.data["kind"], order.data["seats"]
    for area, level in asked.items():
        yield SupplyDemandCell("supply_demand", order.municipality, "asked", area, level, kind, first), seats
        if after < NEVER:
            yield SupplyDemandCell("supply_demand", order.municipality, "asked", area, level, kind, after), -seats
