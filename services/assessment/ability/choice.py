"""The next item."""

from collections.abc import Collection, Sequence
from random import Random
from typing import NamedTuple

import numpy as np

from services.assessment.ability.candidates import candidates
from services.assessment.ability.design import Design
from services.assessment.ability.estimate import after, estimates_of
from services.assessment.ability.posterior import Answer, Posterior
from services.assessment.ability.prior import AREAS
from services.assessment.ability.stopping import open_areas


class Offer(NamedTuple):
    """An item that could be asked, and the information it is expected to bring, per squared unit of ability."""

    information: float
    item: int


def choose(
    design: Design,
    answers: Sequence[Answer],
    seed: int,
    closed: Collection[int] = (),
    gone: Collection[int] = (),
) -> int | None:
    """The place in the pool of the next item; None when the test is done.

    The least certain open area is asked: that with the highest standard error, at equal error by chance. Of its
    candidates one of the ``top`` most informative is taken at random, each half as likely as the one before: the
    randomesque rule of Kingsbury and Zara (1989), Applied Measurement in Education 2(4), with falling probabilities.

    ``answers`` are in the order in which they were asked. ``closed`` are items that are over the ceiling of exposure,
    as frozen when the test started; ``gone`` are never asked: they were neutralised. The same arguments give the same
    item, on another day and another device too.
    """
    found = after(design, answers)
    chance = Random(seed * 1009 + len(answers))
    offers = {area: _best(design, found, area, answers, closed, gone) for area in range(1, AREAS + 1)}
    means = {area: sum(offer.information for offer in best) / len(best) for area, best in offers.items() if best}
    left = open_areas(design, answers, estimates_of(design, found, answers), means)
    if not left:
        return None
    highest = max(estimate.error for estimate in left)
    least_certain = [estimate.area for estimate in left if estimate.error == highest]
    area = least_certain[int(chance.random() * len(least_certain))]  # only random() is promised to stay as it is
    return offers[area][_rank(chance.random(), len(offers[area]))].item


def _best(
    design: Design,
    found: Posterior,
    area: int,
    answers: Sequence[Answer],
    closed: Collection[int],
    gone: Collection[int],
) -> list[Offer]:
    """The most informative candidates of an area, best first; at equal information the earlier in the pool.

    Information is the mean of a² P (1 - P) over the area's posterior, not its value at the mean: after few answers the
    mean is a poor guess, and an item that is good over a range is better than one that is best at a wrong place.
    Source: van der Linden (1998), Psychometrika 63(2), the posterior-weighted information criterion.
    """
    places = candidates(design.pool, area, [answer.item for answer in answers], closed, gone)
    informations = (design.pool.information[places] * found.density[area - 1]).sum(axis=1) if places else np.empty(0)
    offers = [Offer(float(information), place) for information, place in zip(informations, places, strict=True)]
    return sorted(offers, key=lambda offer: (-offer.information, offer.item))[: design.rule.top]


def _rank(draw: float, among: int) -> int:
    """A place from 0 to among - 1, each half as likely as the one before; of five 52, 26, 13, 6 and 3 %."""
    left = draw * (1 - 0.5**among)
    return next((rank for rank in range(among) if left < 1 - 0.5 ** (rank + 1)), among - 1)
