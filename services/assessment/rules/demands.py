"""What is asked of digital competence: one demand for each competence area that matters."""

from collections import Counter
from collections.abc import Sequence

from shared.contracts.vocabulary import Demand
from shared.problems import Refused


def in_order(demands: Sequence[Demand]) -> tuple[Demand, ...]:
    """The demands in the order of the areas. Refused when an area stands twice."""
    twice = [area for area, times in Counter(demand.area for demand in demands).items() if times > 1]
    if twice:
        raise Refused(
            "demand-twice", f"Area {twice[0]} is demanded more than once", "Send one demand for each competence area."
        )
    return tuple(sorted(demands, key=lambda demand: demand.area))


def of_order(own: Sequence[Demand], profile: Sequence[Demand]) -> tuple[Demand, ...]:
    """What an order asks: the profile's demands, and its own where it names an area itself.

    The order is the company's word on this one job; the profile is what such jobs ask in general. Of an area that the
    order names twice the higher level counts, as in the indicator *supply_demand*.

    >>> general = [Demand(area=1, level=3), Demand(area=2, level=4)]
    >>> [(one.area, one.level) for one in of_order([Demand(area=2, level=2), Demand(area=4, level=5)], general)]
    [(1, 3), (2, 2), (4, 5)]
    """
    asked = {demand.area: demand for demand in profile}
    asked |= {demand.area: demand for demand in sorted(own, key=lambda demand: demand.level)}
    return tuple(asked[area] for area in sorted(asked))
