"""What a pool promises before the start: how many items, and how precise."""

from math import ceil, sqrt
from random import Random
from statistics import fmean
from typing import NamedTuple

from services.assessment.ability.design import Design
from services.assessment.ability.estimate import estimates
from services.assessment.ability.prior import AREAS
from services.assessment.ability.simulation import person, take

PERSONS = 100


class Forecast(NamedTuple):
    """What somebody of whom nothing is known yet can expect of a test."""

    items: float
    """Mean number of items."""
    items_p90: int
    """Nine in ten are done after so many."""
    errors: tuple[float, ...]
    """(5,) standard error of each area: root mean posterior variance, on the scale of the bank."""


def forecast(design: Design, persons: int = PERSONS, seed: int = 0) -> Forecast:
    """The forecast for a pool, by tests of ``persons`` simulated people drawn from the prior.

    There is no formula for a test that chooses its items and its end. 100 people give the mean number of items within
    about 0.6 and the errors within about 2 %. Depends on nothing but its arguments; takes about a second, so ask it
    once for each pool and bank version.
    """
    chance = Random(seed)
    lengths, variances = [], []
    for number in range(persons):
        answers = take(design, person(design.pool.prior, chance), chance, seed=number)
        lengths.append(len(answers))
        variances.append([estimate.error**2 for estimate in estimates(design, answers)])
    errors = tuple(sqrt(fmean(row[area] for row in variances)) for area in range(AREAS))
    return Forecast(fmean(lengths), sorted(lengths)[ceil(0.9 * persons) - 1], errors)
