"""The abilities of people who answered some items: exact posteriors under the model that the test measures with.

The same one-factor prior as in ``ability/prior.py``, for many people at once. Which items were asked depended on the
answers in all areas; only a likelihood that holds all of them may pass over that (Mislevy and Wu 1996, ETS RR-96-30).
"""

from dataclasses import dataclass

import numpy as np

from services.assessment.ability.prior import AREAS, REACH, Prior
from services.assessment.calibration.responses import Numbers, Responses, summed

STEPS, SHARED = 30, 15
"""On each side of the mean; a third and half of what a result is computed with: estimates move by less than 0.002."""
AT_ONCE = 500
"""People, for the sake of memory."""


@dataclass(frozen=True)
class Grids:
    """``abilities`` (K,), ``shared`` (G,) nodes of g with ``weights`` (G,), and ``given`` (G, K), as ``prior.Grid``."""

    abilities: Numbers
    shared: Numbers
    weights: Numbers
    given: Numbers


def grids(prior: Prior) -> Grids:
    """Evenly spaced over six standard deviations to both sides."""
    abilities = prior.mean + prior.deviation * REACH * np.arange(-STEPS, STEPS + 1) / STEPS
    shared = REACH * np.arange(-SHARED, SHARED + 1) / SHARED
    weights = np.exp(-(shared**2) / 2)
    own = prior.deviation * np.sqrt(1 - prior.correlation)
    centres = prior.mean + prior.deviation * np.sqrt(prior.correlation) * shared
    given = np.exp(-(((abilities - centres[:, None]) / own) ** 2) / 2)
    return Grids(abilities, shared, weights / weights.sum(), given / given.sum(axis=1)[:, None])


@dataclass(frozen=True)
class Abilities:
    """What is known of everybody. ``density`` (N, 5, K) sums to 1 over K."""

    density: Numbers
    loglikelihood: float
    factor: tuple[float, float, float]
    """Sums over people and areas of the expected ability², ability x g and g², ability in standard deviations."""


def abilities_of(responses: Responses, a: Numbers, b: Numbers, prior: Prior) -> Abilities:
    """The posterior of each person's five abilities, given the items' a and b (J,)."""
    known = grids(prior)
    logits = a[:, None] * (known.abilities - b[:, None])
    right, wrong = -np.logaddexp(0, -logits), -np.logaddexp(0, logits)
    starts = range(0, responses.persons, AT_ONCE)
    found = [_some(responses, start, right, wrong, known, prior) for start in starts]
    return Abilities(
        np.concatenate([one.density for one in found]),
        sum(one.loglikelihood for one in found),
        tuple(sum(one.factor[place] for one in found) for place in range(3)),  # type: ignore[arg-type]
    )


def _some(responses: Responses, first: int, right: Numbers, wrong: Numbers, known: Grids, prior: Prior) -> Abilities:
    people = min(AT_ONCE, responses.persons - first)
    rows = slice(*np.searchsorted(responses.person, [first, first + people]))
    item, solved = responses.item[rows], responses.right[rows]
    told = np.where(solved[:, None], right[item], wrong[item])
    place = (responses.person[rows] - first) * AREAS + responses.area[rows]
    logs = summed(told, place, people * AREAS).reshape(people, AREAS, -1)
    highest = logs.max(axis=2, keepdims=True)
    likelihood = np.exp(logs - highest)
    evidence = likelihood @ known.given.T
    whole = known.weights * evidence.prod(axis=1)
    total = whole.sum(axis=1)
    others = whole[:, None, :] / evidence
    density = likelihood * (others @ known.given)
    density /= density.sum(axis=2, keepdims=True)
    scaled = (known.abilities - prior.mean) / prior.deviation
    crossed = ((likelihood * scaled) @ known.given.T * others @ known.shared).sum(axis=1)
    squares = (density @ scaled**2).sum()
    factor = (squares, (crossed / total).sum(), AREAS * ((whole @ known.shared**2) / total).sum())
    return Abilities(density, float(np.log(total).sum() + highest.sum()), tuple(map(float, factor)))  # type: ignore[arg-type]
