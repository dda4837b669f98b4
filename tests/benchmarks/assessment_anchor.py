"""A fixed-length test of one ability, built like the anchor's: 32 items, and a prior that moves with each answer."""

from collections.abc import Sequence
from random import Random

import numpy as np

from services.assessment.ability.item import Item, probability

LENGTH = 32
WIDTH = 1.5
"""The anchor's scale in units of ours: its grid from -9 to 9, start at -3 and prior variance 1.5 are divided by it."""
GRID = np.linspace(-9 / WIDTH, 9 / WIDTH, 81)
START = -3 / WIDTH
VARIANCE = 1.5 / WIDTH**2
TOP, FIRST = 5, 0.51


def take(items: Sequence[Item], abilities: Sequence[float], chance: Random) -> tuple[float, float, list[int]]:
    """One test: the capacity, its standard error and the items asked.

    Each item comes from the competences asked least, not from the last one's; the best of five in 51 %. The posterior
    is the likelihood of all answers times a normal prior that is centred anew on the last capacity.
    """
    a = np.array([item.a for item in items])[:, None]
    b = np.array([item.b for item in items])[:, None]
    right = 1 / (1 + np.exp(-a * (GRID - b)))
    likelihood = np.ones(len(GRID))
    capacity, error, asked = START, 0.0, list[int]()
    for _ in range(LENGTH):
        place = _next(items, capacity, asked, chance)
        item = items[place]
        solved = chance.random() < probability(abilities[item.area - 1], item.a, item.b)
        likelihood = likelihood * (right[place] if solved else 1 - right[place])
        weights = likelihood * np.exp(-((GRID - capacity) ** 2) / (2 * VARIANCE))
        weights = weights / weights.sum()
        capacity = float((weights * GRID).sum())
        error = float(np.sqrt((weights * (GRID - capacity) ** 2).sum()))
        asked.append(place)
    return capacity, error, asked


def _next(items: Sequence[Item], capacity: float, asked: list[int], chance: Random) -> int:
    times = dict.fromkeys((item.competence for item in items), 0)
    for place in asked:
        times[items[place].competence] += 1
    least = min(times.values())
    last = items[asked[-1]].competence if asked else None
    left = [place for place in range(len(items)) if place not in asked]
    fit = [place for place in left if times[items[place].competence] == least and items[place].competence != last]
    best = sorted(fit or left, key=lambda place: -_information(items[place], capacity))[:TOP]
    if len(best) == 1 or chance.random() < FIRST:
        return best[0]
    return best[1 + int(chance.random() * (len(best) - 1))]


def _information(item: Item, ability: float) -> float:
    right = probability(ability, item.a, item.b)
    return item.a**2 * right * (1 - right)
