"""What a bank can tell about a person at a cut: the information of the items that a test would ask there."""

from collections.abc import Iterable

from services.assessment.ability.item import information
from services.assessment.items.item import Item

MOST_ITEMS = 8
"""As many items as a test asks in one area at most."""
AT_A_BAND_CUT = 3.0
"""With the prior's 1 it makes 4, a standard error of 0.5: an estimate 0.82 from the cut decides at 90 %."""
AT_AN_INNER_CUT = 2.0
"""With the prior's 1 it makes 3, a standard error of 0.58: less than the width of a level, which is only reported."""


def available(items: Iterable[Item], ability: float) -> float:
    """The information of the best items for this ability, as many as one test asks in one area."""
    return sum(sorted((information(ability, item.a, item.b) for item in items), reverse=True)[:MOST_ITEMS])


def needed(cut: int) -> float:
    """How much there must be at the cut with this index: the odd ones are between two bands."""
    return AT_A_BAND_CUT if cut % 2 else AT_AN_INNER_CUT
