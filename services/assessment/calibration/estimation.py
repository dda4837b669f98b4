"""a and b by marginal maximum likelihood: what makes the answers most likely, whoever gave them.

The EM algorithm of Bock and Aitkin (1981), Psychometrika 46(4), with the five correlated abilities of the test in place
of one. Nobody's ability is estimated: it is averaged over. People are taken to have mean 0 and standard deviation 1,
which is the scale of the bank; the correlation of the areas is estimated with the items. log a has a normal prior
around what was believed (Mislevy 1986, Psychometrika 51(2)): few answers from people alike would let a run away.
"""

from dataclasses import dataclass, replace

import numpy as np

from services.assessment.ability.prior import PRIOR, Prior
from services.assessment.calibration.population import Abilities, Grids, abilities_of, grids
from services.assessment.calibration.responses import Flags, Numbers, Responses, summed

FEWEST = 50
"""Answers below which an item is not estimated, but held to what was believed: it would be anything."""
ROUNDS, CLOSE = 300, 0.0005
NEWTON = 8
SPREAD_A = 0.5
"""Standard deviation of log a around what was believed."""
LOWEST_A, HIGHEST_A, FARTHEST_B = 0.1, 5.0, 6.0
"""Where the answers would have an item outside these, they do not say what it is like."""
CORRELATIONS = np.linspace(0.0, 0.95, 19001)


@dataclass(frozen=True)
class Calibrated:
    """The items as the answers have them, (J,) each; ``estimated`` says which are not merely what was believed."""

    a: Numbers
    b: Numbers
    estimated: Flags
    correlation: float
    abilities: Abilities
    rounds: int
    converged: bool


def calibrate(responses: Responses, prior: Prior = PRIOR, *, correlation: bool = True) -> Calibrated:
    """Estimate a and b of every item that was answered often enough, and unless told otherwise the correlation."""
    a = np.array([item.a for item in responses.items])
    b = np.array([item.b for item in responses.items])
    estimated = responses.times >= FEWEST
    rounds, moved = 0, np.inf
    while moved >= CLOSE and rounds < ROUNDS and estimated.any():
        rounds += 1
        found = abilities_of(responses, a, b, prior)
        new_a, new_b = _items(responses, found, a, b, grids(prior))
        new_a, new_b = np.where(estimated, new_a, a), np.where(estimated, new_b, b)
        moved = max(float(np.abs(new_a - a).max(initial=0)), float(np.abs(new_b - b).max(initial=0)))
        a, b = new_a, new_b
        if correlation:
            prior, before = replace(prior, correlation=_correlation(found, responses.persons)), prior
            moved = max(moved, abs(prior.correlation - before.correlation))
    found = abilities_of(responses, a, b, prior)
    return Calibrated(a, b, estimated, prior.correlation, found, rounds, moved < CLOSE or not estimated.any())


def _items(responses: Responses, found: Abilities, a: Numbers, b: Numbers, known: Grids) -> tuple[Numbers, Numbers]:
    """Each item's logistic regression of the answers on the abilities as they probably are, by Newton's method."""
    believed = np.array([item.a for item in responses.items])
    rows = found.density[responses.person, responses.area]
    asked = summed(rows, responses.item, len(responses.items))
    solved = summed(rows * responses.right[:, None], responses.item, len(responses.items))
    slope, start = a.copy(), -a * b
    for _ in range(NEWTON):
        probability = 1 / (1 + np.exp(-(slope[:, None] * known.abilities + start[:, None])))
        left, weight = solved - asked * probability, asked * probability * (1 - probability)
        by_slope, by_start = left @ known.abilities, left.sum(axis=1)
        one, two, both = weight @ known.abilities**2, weight.sum(axis=1), weight @ known.abilities
        by_slope = by_slope - np.log(slope / believed) / (SPREAD_A**2 * slope)
        one = one + 1 / (SPREAD_A * slope) ** 2
        determinant = np.maximum(one * two - both**2, 1e-9)
        slope = slope + np.clip((two * by_slope - both * by_start) / determinant, -0.5, 0.5)
        start = start + np.clip((one * by_start - both * by_slope) / determinant, -1, 1)
        slope = np.clip(slope, LOWEST_A, HIGHEST_A)
    return slope, np.clip(-start / slope, -FARTHEST_B, FARTHEST_B)


def _correlation(found: Abilities, persons: int) -> float:
    """The correlation r under which these abilities are most likely: ability = √r g + √(1 - r) e, g and e normal."""
    squares, crossed, shared = found.factor
    rest = 1 - CORRELATIONS
    number = persons * found.density.shape[1]
    misfit = squares - 2 * np.sqrt(CORRELATIONS) * crossed + CORRELATIONS * shared
    return float(CORRELATIONS[np.argmax(-number * np.log(rest) / 2 - misfit / (2 * rest))])
