"""A test taken by someone whose abilities are known."""

from collections.abc import Collection, Sequence
from math import sqrt
from random import Random

from services.assessment.ability.choice import choose
from services.assessment.ability.design import Design
from services.assessment.ability.item import probability
from services.assessment.ability.posterior import Answer
from services.assessment.ability.prior import AREAS, Prior


def person(prior: Prior, chance: Random) -> tuple[float, ...]:
    """Five abilities drawn from the prior: what the areas share, and what is each area's own."""
    shared = prior.mean + prior.deviation * sqrt(prior.correlation) * chance.gauss(0, 1)
    own = prior.deviation * sqrt(1 - prior.correlation)
    return tuple(shared + own * chance.gauss(0, 1) for _ in range(AREAS))


def take(
    design: Design, abilities: Sequence[float], chance: Random, seed: int, closed: Collection[int] = ()
) -> list[Answer]:
    """The whole test of a person with these five abilities, who answers as the model says and skips nothing."""
    answers: list[Answer] = []
    while (place := choose(design, answers, seed, closed)) is not None:
        item = design.pool.items[place]
        answers.append(Answer(place, chance.random() < probability(abilities[item.area - 1], item.a, item.b)))
    return answers
