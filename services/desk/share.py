"""A share of a few people, and how sure one can be of it. Pure."""

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share that its counts alone do not give: ``low`` to ``high`` is its interval, ``people`` stand behind it.

    Shares are between 0 and 1. Where some are not followed long enough yet they count for as long as they are.
    """

    value: float
    low: float
    high: float
    people: int


@dataclass(frozen=True, slots=True)
class Share:
    """``numerator`` of ``denominator``, with the 95 % Wilson interval ``low`` to ``high``, all between 0 and 1."""

    numerator: int
    denominator: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself."""
        return self.numerator / self.denominator

    @classmethod
    def of(cls, numerator: int, denominator: float | None) -> "Share | None":
        """The share, or None when there is nothing to divide by or when it would not be a part of a whole."""
        if not denominator or not 0 <= numerator <= denominator:
            return None
        n, share = int(denominator), numerator / denominator
        centre = (share + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
        half = Z95 / (1 + Z95**2 / n) * sqrt(share * (1 - share) / n + Z95**2 / (4 * n * n))
        low = 0.0 if numerator == 0 else centre - half
        high = 1.0 if numerator == denominator else centre + half
        return cls(numerator, n, low, high)
