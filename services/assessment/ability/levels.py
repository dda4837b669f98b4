"""Levels: eight, in four groups of two, and the abilities at which they change."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

from services.assessment.ability.interval import Interval
from services.assessment.ability.refusal import Refusal

LEVELS = 8


@dataclass(frozen=True)
class Levels:
    """The seven abilities at which the next level begins, lowest first; levels 1-2, 3-4, 5-6 and 7-8 are a group."""

    cuts: tuple[float, ...]

    def __post_init__(self) -> None:
        rising = all(low < high for low, high in pairwise(self.cuts))
        if len(self.cuts) != LEVELS - 1 or not rising or not all(isfinite(cut) for cut in self.cuts):
            raise Refusal(f"the cuts must be {LEVELS - 1} finite numbers, each above the one before: {self.cuts}")

    @property
    def group_cuts(self) -> tuple[float, ...]:
        """The three abilities at which the next group begins."""
        return self.cuts[1::2]

    def level(self, ability: float) -> int:
        """The level, 1-8: one more than the cuts at or below the ability."""
        return 1 + bisect_right(self.cuts, ability)

    def group(self, ability: float) -> int:
        """The group, 1-4: foundation, intermediate, advanced, highly specialised."""
        return (self.level(ability) + 1) // 2

    def decided(self, interval: Interval) -> bool:
        """Whether the interval lies inside one group."""
        return self.group(interval.low) == self.group(interval.high)
