"""The items that may be asked next in an area."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from services.assessment.ability.pool import Pool

AHEAD = 1
"""A competence may be asked again when it was asked at most so often more than the least asked of its area."""


def candidates(
    pool: Pool, area: int, asked: Sequence[int], closed: Collection[int], gone: Collection[int] = ()
) -> list[int]:
    """The places of the items of ``area`` (1-5) that may follow the items ``asked``, in the order of the pool.

    Never an item twice, and never one that is ``gone``: neutralised. Of the others those that come after another
    competence than the last item's, are not ``closed`` for being shown too often, and keep the competences in balance.
    Where none is left, the balance is given up first,
    then the ceiling of exposure, then the change of competence: a small pool asks what it has.
    """
    rest = [place for place in pool.by_area[area - 1] if place not in asked and place not in gone]
    for conditions in _less_and_less(pool, rest, asked, closed):
        fit = [place for place in rest if all(condition(place) for condition in conditions)]
        if fit:
            return fit
    return rest


def _less_and_less(
    pool: Pool, rest: Sequence[int], asked: Sequence[int], closed: Collection[int]
) -> list[list[Callable[[int], bool]]]:
    last = pool.items[asked[-1]].competence if asked else None
    times = Counter(pool.items[place].competence for place in asked)
    least = min((times[pool.items[place].competence] for place in rest), default=0)

    def changes(place: int) -> bool:
        return pool.items[place].competence != last

    def is_open(place: int) -> bool:
        return place not in closed

    def balances(place: int) -> bool:
        return times[pool.items[place].competence] <= least + AHEAD

    return [[changes, is_open, balances], [changes, is_open], [changes]]
