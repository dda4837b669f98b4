"""What is known before the first answer: five correlated abilities, and the grids on which they are integrated."""

from dataclasses import dataclass
from functools import lru_cache
from math import exp, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.assessment.ability.refusal import Refusal

AREAS = 5
REACH = 6.0
"""How far the grids reach, in standard deviations of the prior."""
ABILITY_STEPS = 90
SHARED_STEPS = 30
"""Steps on each side of the mean. ADR 0016 measures what is lost against ten times as many: nothing that shows."""

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Prior:
    """Five abilities, multivariate normal: the same mean and standard deviation, each two equally correlated."""

    mean: float = 0.0
    deviation: float = 1.0
    correlation: float = 0.8

    def __post_init__(self) -> None:
        if not (self.deviation > 0 and 0 <= self.correlation <= 0.95):
            raise Refusal(f"{self}: the deviation must be over 0, the correlation between 0 and 0.95")


PRIOR = Prior()
"""As decided: the scale of the bank (mean 0, standard deviation 1) and a correlation of 0.8."""


class Grid(NamedTuple):
    """The prior as one shared ability g and five that are independent once g is known.

    Equal correlation r is one factor: ability_a = g + e_a, g ~ N(mean, r sd²), e_a ~ N(0, (1 - r) sd²), all
    independent. So five-dimensional integrals are one sum over g of products of one-dimensional sums.
    """

    abilities: Vector
    """(K,) values of an ability, evenly spaced."""
    step: float
    shared: Vector
    """(G,) probability of each value of g; sums to 1."""
    given: Vector
    """(G, K) probability of each ability when g is known; each row sums to 1."""


@lru_cache(maxsize=16)
def grid(prior: Prior) -> Grid:
    """The grids of a prior: evenly spaced, reaching 6 standard deviations to both sides.

    Evenly spaced sums (the trapezoid rule) of smooth functions that vanish at both ends converge exponentially:
    Trefethen and Weideman (2014), SIAM Review 56(3).
    """
    common = prior.deviation * sqrt(prior.correlation)
    own = prior.deviation * sqrt(1 - prior.correlation)
    step = REACH * prior.deviation / ABILITY_STEPS
    abilities = [prior.mean + step * k for k in range(-ABILITY_STEPS, ABILITY_STEPS + 1)]
    nodes = [REACH * g / SHARED_STEPS for g in range(-SHARED_STEPS, SHARED_STEPS + 1)]
    shared = _shares([exp(-node * node / 2) for node in nodes])
    rows = [prior.mean + common * node for node in nodes]
    given = [_shares([exp(-(((ability - row) / own) ** 2) / 2) for ability in abilities]) for row in rows]
    return Grid(_fixed(abilities), step, _fixed(shared), _fixed(given))


def _shares(weights: list[float]) -> list[float]:
    total = sum(weights)
    return [weight / total for weight in weights]


def _fixed(values: list[float] | list[list[float]]) -> Vector:
    array = np.array(values)
    array.setflags(write=False)
    return array
