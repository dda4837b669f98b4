"""An interval that holds the ability with a stated probability."""

from typing import NamedTuple

import numpy as np

from services.assessment.ability.prior import Grid, Vector


class Interval(NamedTuple):
    """From low to high, on the scale of the bank."""

    low: float
    high: float


def interval(known: Grid, density: Vector, coverage: float) -> Interval:
    """The equal-tailed credible interval: (1 - coverage) / 2 of the posterior lies below it, as much above.

    ``density`` (K,) is one area's marginal. It is taken as even within each step of the grid (a fifteenth of the
    prior's standard deviation). No normal approximation: after few answers a posterior is skewed.
    """
    below = np.cumsum(density)
    tail = (1 - coverage) / 2
    return Interval(_quantile(known, below, tail), _quantile(known, below, 1 - tail))


def _quantile(known: Grid, below: Vector, share: float) -> float:
    """The ability that ``share`` of the posterior lies below; ``below`` (K,) is summed up to each step's upper end."""
    at = min(int(np.searchsorted(below, share)), len(below) - 1)
    before = float(below[at - 1]) if at else 0.0
    within = (share - before) / (float(below[at]) - before)
    return float(known.abilities[at]) + known.step * (within - 0.5)
