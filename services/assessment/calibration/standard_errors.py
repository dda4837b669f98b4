"""How sure a and b are: standard errors that know that abilities are not."""

from typing import NamedTuple

import numpy as np

from services.assessment.ability.prior import PRIOR, Prior
from services.assessment.calibration.estimation import SPREAD_A, Calibrated
from services.assessment.calibration.population import grids
from services.assessment.calibration.responses import Numbers, Responses


class Errors(NamedTuple):
    """(J,) standard errors; infinite where an item was not estimated."""

    a: Numbers
    b: Numbers


def standard_errors(responses: Responses, found: Calibrated, prior: Prior = PRIOR) -> Errors:
    """From the empirical information: the sum over people of the products of their scores, for all items together.

    The score of an answer in slope and intercept is (right - P) (ability, 1), averaged over the person's posterior.
    Source: Louis (1982), JRSS B 44(2); the cross-product form that Bock and Lieberman (1970) invert. b = -intercept /
    slope, so its error follows by the delta method. The correlation counts as known.
    """
    abilities = grids(Prior(prior.mean, prior.deviation, found.correlation)).abilities
    rows = found.abilities.density[responses.person, responses.area]
    logits = found.a[responses.item, None] * (abilities - found.b[responses.item, None])
    left = rows * (responses.right[:, None] - 1 / (1 + np.exp(-logits)))
    items = len(responses.items)
    scores = np.zeros((responses.persons, 2 * items))
    scores[responses.person, responses.item] = left @ abilities
    scores[responses.person, items + responses.item] = left.sum(axis=1)
    kept = np.flatnonzero(np.concatenate([found.estimated, found.estimated]))
    covariance = np.zeros((2 * items, 2 * items))
    information = scores.T @ scores
    information[np.arange(items), np.arange(items)] += 1 / (SPREAD_A * found.a) ** 2
    inverse = np.linalg.pinv(information[np.ix_(kept, kept)], hermitian=True)
    covariance[np.ix_(kept, kept)] = inverse
    slope, start = np.arange(items), items + np.arange(items)
    variance_a = covariance[slope, slope]
    variance_b = (
        covariance[start, start] + found.b**2 * variance_a + 2 * found.b * covariance[slope, start]
    ) / found.a**2
    unknown = np.where(found.estimated, 0.0, np.inf)
    return Errors(np.sqrt(variance_a) + unknown, np.sqrt(np.maximum(variance_b, 0)) + unknown)
