"""Differential item functioning: an item that is harder for one group than for another of the same ability.

Mantel and Haenszel's common odds ratio over strata of ability, on the delta scale and in the classes of ETS: Holland
and Thayer (1988); for adaptive tests Zwick, Thayer and Wingersky (1994), Applied Psychological Measurement 18(2). It
says that an item is to be looked at by people, not what is wrong with it.
"""

from collections.abc import Sequence
from math import log, sqrt
from typing import Literal, NamedTuple

import numpy as np

from services.assessment.ability.prior import PRIOR
from services.assessment.calibration.estimation import Calibrated
from services.assessment.calibration.population import grids
from services.assessment.calibration.responses import Numbers, Responses

DELTA = -2.35
"""From a log odds ratio to ETS's delta scale: below 0 the item is harder for the group that is looked at."""
STRATA = 8
FEWEST = 100
"""Answers of the smaller group. ETS asks for more, and Zwick (2012), ETS RR-12-08, finds that it need not."""
Class = Literal["A", "B", "C"]


class Table(NamedTuple):
    """One stratum: how many of the others, and of the group that is looked at, answered right and wrong."""

    others_right: int
    others_wrong: int
    group_right: int
    group_wrong: int


class Difference(NamedTuple):
    """``delta`` below 0: harder for the group. A is nothing to speak of, B moderate, C large."""

    delta: float
    error: float
    category: Class


class ItemDifference(NamedTuple):
    """One item, for one group."""

    item: str
    others: int
    group: int
    difference: Difference


def mantel_haenszel(tables: Sequence[Table]) -> Difference | None:
    """The common odds ratio α = Σ AD/N / Σ BC/N as delta, -2.35 ln α; None where a group has only right or wrong.

    Variance of ln α: Robins, Breslow and Greenland (1986), Biometrics 42(2).
    """
    pr = ps_qr = qs = r = s = 0.0
    for a, b, c, d in tables:
        n = a + b + c + d
        if n:
            p, q, one, two = (a + d) / n, (b + c) / n, a * d / n, b * c / n
            pr, ps_qr, qs = pr + p * one, ps_qr + p * two + q * one, qs + q * two
            r, s = r + one, s + two
    if not (r and s):
        return None
    variance = pr / (2 * r * r) + ps_qr / (2 * r * s) + qs / (2 * s * s)
    delta, error = DELTA * log(r / s), abs(DELTA) * sqrt(variance)
    return Difference(delta, error, category(delta, error))


def category(delta: float, error: float) -> Class:
    """ETS's classes as Zwick (2012) gives them.

    C: at least 1.5 from 0, and at 5 % one-sided more than 1 from 0. A: less than 1 from 0, or at 5 % not other than 0.
    """
    away = abs(delta)
    if away >= 1.5 and away - 1 > 1.645 * error:
        return "C"
    return "A" if away < 1 or away < 1.96 * error else "B"


def differences(responses: Responses, found: Calibrated, trait: str, group: str) -> list[ItemDifference]:
    """Every item that enough of the group and of the others answered, in the order of the items.

    People are matched by the mean of their posterior in the item's area without that answer, in eight equal strata.
    """
    belongs = np.array([value == group for value in responses.traits[trait]])[responses.person]
    matched = _without_the_answer(responses, found)
    told = []
    for place, item in enumerate(responses.ids):
        rows = responses.item == place
        inside, right, ability = belongs[rows], responses.right[rows], matched[rows]
        if min(inside.sum(), (~inside).sum()) < FEWEST:
            continue
        strata = np.searchsorted(np.quantile(ability, np.arange(1, STRATA) / STRATA), ability)
        tables = [_table(inside[strata == one], right[strata == one]) for one in range(STRATA)]
        difference = mantel_haenszel(tables)
        if difference is not None:
            told.append(ItemDifference(item, int((~inside).sum()), int(inside.sum()), difference))
    return told


def _table(inside: np.ndarray, right: np.ndarray) -> Table:
    counts = [int((part & solved).sum()) for part in (~inside, inside) for solved in (right, ~right)]
    return Table(*counts)


def _without_the_answer(responses: Responses, found: Calibrated) -> Numbers:
    """(R,) posterior mean of each answer's area without it: exactly the posterior divided by its likelihood."""
    known = grids(PRIOR).abilities
    logits = found.a[responses.item, None] * (known - found.b[responses.item, None])
    likelihood = 1 / (1 + np.exp(np.where(responses.right[:, None], -logits, logits)))
    rows = found.abilities.density[responses.person, responses.area] / likelihood
    means: Numbers = (rows @ known) / rows.sum(axis=1)
    return means
