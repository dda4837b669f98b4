"""A simulated bank, with cuts between the levels, until the real one is there."""

from dataclasses import dataclass
from math import exp
from random import Random

from services.assessment.ability.item import Item
from services.assessment.ability.levels import Levels

LEVELS = Levels((-1.3, -0.7, -0.1, 0.5, 1.1, 1.7, 2.3))
"""Groups change at -0.7, 0.5 and 1.7: the cuts -1, 0.8, 2.6 of the reference simulation, whose scale is 1.5 as wide."""
COMPETENCES = (3, 6, 4, 4, 4)
"""Competences of each area in DigComp 2.2."""
EASIEST, HARDEST = -2.2, 2.6


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
