"""Estimates: how sure a share is. Pure functions over the counts."""

from math import sqrt
from typing import NamedTuple

Z = 1.959963984540054
"""97.5 % point of the standard normal distribution: a 95 % interval leaves 2.5 % on each side."""


class Estimate(NamedTuple):
    """A share of 1 with the two ends of its 95 % interval."""

    share: float | None
    low: float | None
    high: float | None


UNKNOWN = Estimate(None, None, None)


def wilson(numerator: float, denominator: float) -> Estimate:
    """The share with its Wilson 95 % interval; unknown when nobody is in the denominator.

    More in the numerator than in the denominator is a ratio, not a share of the same people: it has no interval.
    """
    if denominator <= 0:
        return UNKNOWN
    share = numerator / denominator
    if numerator > denominator:
        return Estimate(share, None, None)
    squared = Z * Z
    scale = 1 + squared / denominator
    middle = (share + squared / (2 * denominator)) / scale
    half = Z / scale * sqrt(share * (1 - share) / denominator + squared / (4 * denominator * denominator))
    low = 0.0 if numerator == 0 else middle - half
    high = 1.0 if numerator == denominator else middle + half
    return Estimate(share, low, high)
