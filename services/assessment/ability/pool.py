"""A pool: the items a test may ask, with what each tells at every ability of the grid."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from services.assessment.ability.item import Item, check, information, probability
from services.assessment.ability.prior import AREAS, PRIOR, Prior, Vector, grid


@dataclass(frozen=True)
class Pool:
    """Items of a frozen bank version, or those of them that suit a phone or a screen reader.

    An item is known by its place here. The tables are made once; they use the standard library's exp, whose bits do not
    depend on the processor as numpy's do.
    """

    items: tuple[Item, ...]
    prior: Prior = PRIOR

    def __post_init__(self) -> None:
        for item in self.items:
            check(item, AREAS)

    @cached_property
    def right(self) -> Vector:
        """(items, K) probability of a right answer at each ability of the grid."""
        return self._table(probability)

    @cached_property
    def wrong(self) -> Vector:
        """(items, K) probability of a wrong answer; by symmetry, so that no digits are lost where it is small."""
        return self._table(lambda ability, a, b: probability(b, a, ability))

    @cached_property
    def information(self) -> Vector:
        """(items, K) Fisher information at each ability of the grid."""
        return self._table(information)

    @cached_property
    def by_area(self) -> tuple[tuple[int, ...], ...]:
        """The places of the items of each area."""
        return tuple(
            tuple(place for place, item in enumerate(self.items) if item.area == area) for area in range(1, AREAS + 1)
        )

    def _table(self, value: Callable[[float, float, float], float]) -> Vector:
        abilities = [float(ability) for ability in grid(self.prior).abilities]
        rows = [[value(ability, item.a, item.b) for ability in abilities] for item in self.items]
        return np.array(rows).reshape(len(rows), len(abilities))
