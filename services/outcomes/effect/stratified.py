"""Stratified: two groups compared inside strata of people who are alike, by Mantel and Haenszel's risk difference."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum, sqrt
from typing import NamedTuple

from services.outcomes.effect.estimates import Z


class Arm(NamedTuple):
    """How many people one group has in a stratum, and how many of them reached the outcome."""

    successes: int
    people: int


class Stratum(NamedTuple):
    """People who are alike: those who got the offer beside those who did not."""

    offered: Arm
    others: Arm


@dataclass(frozen=True, slots=True)
class Difference:
    """Share of the offered less share of the others, of 1, with its 95 % interval; None where nothing can be said."""

    difference: float | None
    low: float | None
    high: float | None
    offered: int
    """People compared who got the offer."""
    others: int
    """People compared who did not."""
    left_out: int
    """People in strata where one of the groups has nobody: nobody to compare them with."""


def risk_difference(strata: Iterable[Stratum]) -> Difference:
    """The Mantel-Haenszel risk difference of the strata with its 95 % interval by Sato's variance.

    With a of n people in a stratum reaching the outcome when offered, c of m when not, and N = n + m::

        D = sum of (a m - c n) / N  divided by  W = sum of n m / N

        variance = (D sum of P + sum of Q) / W²        P = (n² c - m² a + n m (m - n) / 2) / N²
                                                       Q = (a (m - c) + c (n - a)) / (2 N)

    The interval is D ± 1.96 standard errors, cut at -1 and 1. Sato's variance and not Greenland and Robins' (1985):
    strata of target group, education and age are many and small, and Greenland and Robins' adds up plain binomial
    variances, which are 0 in a group of one person, so its interval is too short there. Sato's holds for a few large
    strata and for many small ones. Where nobody, or everybody, reached the outcome, or the variance is not above 0,
    there is a difference but no interval. D is the common difference where the strata have one, else their average
    weighted by n m / N.

    Sources: Mantel and Haenszel, J. Natl. Cancer Inst. 22 (1959) 719-748; Sato, Biometrics 45 (1989) 1323-1324;
    Greenland and Robins, Biometrics 41 (1985) 55-68. Raises ``ValueError`` for a group with more successes than
    people, or below 0.
    """
    compared, left_out = _compared(strata)
    offered = sum(stratum.offered.people for stratum in compared)
    others = sum(stratum.others.people for stratum in compared)
    if not compared:
        return Difference(None, None, None, 0, 0, left_out)
    difference, variance = _sato(compared)
    successes = sum(stratum.offered.successes + stratum.others.successes for stratum in compared)
    if variance <= 0 or successes in (0, offered + others):
        return Difference(difference, None, None, offered, others, left_out)
    half = Z * sqrt(variance)
    return Difference(difference, max(difference - half, -1.0), min(difference + half, 1.0), offered, others, left_out)


def _compared(strata: Iterable[Stratum]) -> tuple[list[Stratum], int]:
    """The strata where both groups have somebody, and the number of people in the rest."""
    compared, left_out = [], 0
    for stratum in strata:
        for arm in stratum:
            if not 0 <= arm.successes <= arm.people:
                raise ValueError(f"{arm.successes} of {arm.people} people cannot have reached the outcome")
        if stratum.offered.people and stratum.others.people:
            compared.append(stratum)
        else:
            left_out += stratum.offered.people + stratum.others.people
    return compared, left_out


def _sato(strata: list[Stratum]) -> tuple[float, float]:
    # each sum is rounded once, at its end: the same strata in another order give the same bytes
    weight = fsum(n * m / (n + m) for (_, n), (_, m) in strata)
    difference = fsum((a * m - c * n) / (n + m) for (a, n), (c, m) in strata) / weight
    p = fsum((n * n * c - m * m * a + n * m * (m - n) / 2) / ((n + m) * (n + m)) for (a, n), (c, m) in strata)
    q = fsum((a * (m - c) + c * (n - a)) / (2 * (n + m)) for (a, n), (c, m) in strata)
    return difference, (difference * p + q) / (weight * weight)
