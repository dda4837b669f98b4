"""What further items are worth: how much surer of its group an area would be."""

from itertools import pairwise
from math import erf, exp, sqrt

from services.assessment.ability.levels import Levels

REACH = 3.0
NODES = [REACH * node / 12 for node in range(-12, 13)]
_DENSITY = [exp(-node * node / 2) for node in NODES]
WEIGHTS = [density / sum(_DENSITY) for density in _DENSITY]


def certainty(levels: Levels, mean: float, error: float) -> float:
    """The probability of the most probable group when the ability is normal with this mean and standard deviation."""
    below = [0.0, *((1 + erf((cut - mean) / (error * sqrt(2)))) / 2 for cut in levels.group_cuts), 1.0]
    return max(high - low for low, high in pairwise(below))


def worth(levels: Levels, mean: float, error: float, information: float, items: int) -> float:
    """Certainty that one more item adds on average, at the best number of items up to ``items``.

    max over m of (E[certainty after m items] - certainty now) / m. More than one item is looked ahead, for one alone
    often cannot change the group, two or three can. ``mean`` and ``error`` are the area's posterior, ``information``
    what one item is expected to add, per squared unit of ability.

    After m items the variance is 1 / (1/error² + m information), and what is lost of it becomes variance of the mean:
    the preposterior analysis of Raiffa and Schlaifer (1961), Applied Statistical Decision Theory, ch. 5, for a normal
    posterior. The normal approximation settles only when to stop, never the estimate.
    """
    now = certainty(levels, mean, error)
    gains = ((_expected(levels, mean, error, m * information) - now) / m for m in range(1, items + 1))
    return max(gains, default=0.0)


def _expected(levels: Levels, mean: float, error: float, information: float) -> float:
    later = 1 / sqrt(1 / error**2 + information)
    spread = sqrt(max(error**2 - later**2, 0.0))
    return sum(
        weight * certainty(levels, mean + spread * node, later) for node, weight in zip(NODES, WEIGHTS, strict=True)
    )
