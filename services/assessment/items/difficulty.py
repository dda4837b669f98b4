"""Difficulty by expert judgement: where a and b come from while nobody has answered enough to calibrate them.

``b`` is the centre of the item's level, plus what its kind adds (guessing helps a single choice; a set must be hit
whole), plus where in the level its author puts it. ``a`` follows the kind: what can be guessed tells less.
"""

from collections.abc import Sequence

from pydantic import Field

from services.assessment.items.item import Kind, Within
from services.assessment.items.words import Part

LEVELS = 8


class Rule(Part):
    """The numbers of the judgement, all on the ability scale. They are data, in ``bank.toml``."""

    discrimination: dict[Kind, float]
    offset: dict[Kind, float]
    within: dict[Within, float] = Field(min_length=3)

    def a(self, kind: Kind) -> float:
        """The discrimination of every item of this kind."""
        return self.discrimination[kind]

    def b(self, level: int, kind: Kind, within: Within, cuts: Sequence[float]) -> float:
        """The difficulty, to two decimals: more would claim a precision that a judgement has not."""
        return round(centre(level, cuts) + self.offset[kind] + self.within[within], 2)

    @property
    def widest(self) -> float:
        """How far an item can come to lie from the centre of its level."""
        return max(map(abs, self.offset.values()), default=0.0) + max(map(abs, self.within.values()), default=0.0)


def centre(level: int, cuts: Sequence[float]) -> float:
    """The middle of a level. Levels 1 and 8 are open to one side: they count as wide as their neighbour."""
    if level == 1:
        return cuts[0] - (cuts[1] - cuts[0]) / 2
    if level == LEVELS:
        return cuts[-1] + (cuts[-1] - cuts[-2]) / 2
    return (cuts[level - 2] + cuts[level - 1]) / 2
