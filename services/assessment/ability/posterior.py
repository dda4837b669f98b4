"""What is known after the answers: the exact posterior of the five abilities."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from services.assessment.ability.pool import Pool
from services.assessment.ability.prior import AREAS, Grid, Vector, grid


class Answer(NamedTuple):
    """An item's place in the pool, and whether it was answered right; None when it was skipped or neutralised."""

    item: int
    right: bool | None


class Posterior(NamedTuple):
    """The five abilities after the answers."""

    density: Vector
    """(5, K) marginal probability of each ability of the grid; each row sums to 1."""
    mean: Vector
    """(5,) posterior mean, on the scale of the bank."""
    error: Vector
    """(5,) posterior standard deviation, which is the standard error of the mean; same scale."""


def likelihood(pool: Pool, answers: Iterable[Answer]) -> Vector:
    """(5, K) L_a = product over the answers in area a of P (right) or 1 - P (wrong), at each ability of the grid.

    What was skipped tells nothing. Multiplied in the order of the pool, so that the order of the answers cannot change
    a bit of the result.
    """
    found = np.ones((AREAS, len(grid(pool.prior).abilities)))
    for item, right in sorted(answer for answer in answers if answer.right is not None):
        found[pool.items[item].area - 1] *= (pool.right if right else pool.wrong)[item]
    return found


def posterior(known: Grid, likelihoods: Vector) -> Posterior:
    """The marginal posteriors of the five abilities, by exact quadrature.

    With M_a(g) = Σ_k p(ability_k | g) L_a(k), the marginal of area a is proportional to
    L_a(k) Σ_g p(g) p(ability_k | g) Π_{b≠a} M_b(g): Bayes' theorem, summed over what the areas share. Cost: 5 G K
    products. Source: Gibbons and Hedeker (1992), Psychometrika 57(3), whose bifactor reduction this is.
    """
    evidence = _evidence(known, likelihoods)
    others = np.array([known.shared * np.delete(evidence, area, axis=0).prod(axis=0) for area in range(AREAS)])
    density = likelihoods * (others[:, :, None] * known.given).sum(axis=1)
    density /= density.sum(axis=1)[:, None]
    mean = (density * known.abilities).sum(axis=1)
    away = known.abilities - mean[:, None]
    return Posterior(density, mean, np.sqrt((density * away * away).sum(axis=1)))


def covariance(known: Grid, likelihoods: Vector) -> Vector:
    """(5, 5) posterior covariance of the abilities, squared units of the scale.

    Areas are independent once g is known, so off the diagonal it is Σ_g p(g) N_a(g) N_b(g) Π_{c≠a,b} M_c(g) over
    Σ_g p(g) Π_c M_c(g), where N_a(g) = Σ_k p(ability_k | g) L_a(k) (ability_k - mean_a).
    """
    found = posterior(known, likelihoods)
    evidence = _evidence(known, likelihoods)
    away = known.abilities - found.mean[:, None]
    moment = _evidence(known, likelihoods * away)
    total = (known.shared * evidence.prod(axis=0)).sum()
    result = np.diag(found.error**2)
    for one in range(AREAS):
        for other in range(one):
            rest = np.delete(evidence, (one, other), axis=0).prod(axis=0)
            shared = (known.shared * moment[one] * moment[other] * rest).sum() / total
            result[one, other] = result[other, one] = shared
    return result


def _evidence(known: Grid, likelihoods: Vector) -> Vector:
    """(5, G) sums over each area's abilities, for each value of g. No BLAS: its bits vary by processor."""
    return np.array([(known.given * row).sum(axis=1) for row in likelihoods])
