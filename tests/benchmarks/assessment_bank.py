"""The banks that the simulations draw from: the real one, and one of a stated shape. The cuts are the real bank's."""

from dataclasses import dataclass
from math import exp
from random import Random

from services.assessment.ability.item import Item
from services.assessment.ability.levels import Levels
from services.assessment.items.bank import Pool
from services.assessment.items.loading import item_bank

LEVELS = Levels(item_bank().cuts)
COMPETENCES = (3, 6, 4, 4, 4)
"""Competences of each area in DigComp 2.2."""
EASIEST, HARDEST = LEVELS.cuts[0] - 0.9, LEVELS.cuts[-1] + 0.3


@dataclass(frozen=True)
class Shape:
    """What a bank is like: items an area, and the median of a, on a scale where abilities have standard deviation 1."""

    per_area: int = 30
    discrimination: float = 2.5
    spread: float = 0.25
    """Standard deviation of log a."""


def simulated(shape: Shape, seed: int) -> tuple[Item, ...]:
    """Items with difficulties evenly spread over the levels, jittered, and log-normal discriminations."""
    chance = Random(seed)
    step = (HARDEST - EASIEST) / shape.per_area
    return tuple(
        Item(
            area,
            f"{area}.{1 + number % competences}",
            shape.discrimination * exp(chance.gauss(0, shape.spread)),
            EASIEST + step * (number + chance.random()),
        )
        for area, competences in enumerate(COMPETENCES, start=1)
        for number in range(shape.per_area)
    )


def real(pool: Pool = "full", sharper: float = 1.0) -> tuple[Item, ...]:
    """A pool of the bank that Løft ships; its a and b are judged. ``sharper`` multiplies every a, to ask what if."""
    return tuple(Item(item.area, item.competence, item.a * sharper, item.b) for item in item_bank().pool(pool))


def at_the_cuts(items: tuple[Item, ...], each: int) -> tuple[Item, ...]:
    """The items and, in each area, so many more of the best kind (a as *do it* tasks) at each cut between groups."""
    best = max(item.a for item in items)
    more = [
        Item(area, f"{area}.{1 + number % competences}", best, cut)
        for area, competences in enumerate(COMPETENCES, start=1)
        for cut in LEVELS.group_cuts
        for number in range(each)
    ]
    return (*items, *more)
