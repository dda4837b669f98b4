"""Made-up tests with a known truth: items that are not as they are believed to be, and people who answer them."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from math import exp
from multiprocessing import get_context
from random import Random

from services.assessment.ability import simulation
from services.assessment.ability.design import Design
from services.assessment.ability.item import Item, probability
from services.assessment.ability.posterior import Answer
from services.assessment.ability.prior import Prior
from services.assessment.calibration.responses import Responses
from services.assessment.frozen_test import design_of_today
from services.assessment.items.loading import item_bank
from shared.contracts.vocabulary import ItemPool

SPREAD_A, SPREAD_B = 0.25, 0.35
"""How far the truth lies from what experts judged: standard deviations of log a and of b."""
PHONES, ENGLISH = 0.4, 0.2
PLANTED = 6
HARDER = 0.9
"""What is added to b of a planted item for the one group."""
ABOVE = {"phone": -0.24, "computer": 0.16, "en": -0.32, "da": 0.08}
"""Groups differ in ability too, which is no fault of an item. Of all people the mean stays 0."""
BETWEEN = PHONES * (1 - PHONES) * 0.4**2 + ENGLISH * (1 - ENGLISH) * 0.4**2
"""The share of the variance that lies between the groups; with what is left it is 1."""


@dataclass(frozen=True)
class Truth:
    """The items as they are, by id, and which of them are harder for whom."""

    a: dict[str, float]
    b: dict[str, float]
    harder: dict[str, tuple[str, ...]]
    """By trait (phone, en): the ids of the items that are harder then."""


@cache
def truth(seed: int) -> Truth:
    """Items that are otherwise than they are believed to be, by chance."""
    chance, bank = Random(seed), item_bank()
    items = [*bank.pool("full"), *bank.pilots("full")]
    a = {item.id: item.a * exp(chance.gauss(0, SPREAD_A)) for item in items}
    b = {item.id: item.b + chance.gauss(0, SPREAD_B) for item in items}
    middle = [item.id for item in bank.pool("phone") if -1.5 < item.b < 1.5]
    planted = chance.sample(middle, 2 * PLANTED)
    return Truth(a, b, {"phone": tuple(planted[:PLANTED]), "en": tuple(planted[PLANTED:])})


@dataclass(frozen=True)
class Portion:
    """People who are made up in one process."""

    seed: int
    first: int
    people: int
    correlation: float
    adaptive: bool


def person(groups: set[str], correlation: float, chance: Random) -> tuple[float, ...]:
    """Five abilities of somebody of these groups; in all people the standard deviation is 1, and so correlated."""
    within = Prior(deviation=(1 - BETWEEN) ** 0.5, correlation=(correlation - BETWEEN) / (1 - BETWEEN))
    above = sum(ABOVE[group] for group in groups)
    return tuple(ability + above for ability in simulation.person(within, chance))


def sample(people: int, seed: int, *, correlation: float = 0.8, adaptive: bool = True, processes: int = 2) -> Responses:
    """So many tests. Not ``adaptive``: as many items, but any of them."""
    step = 250
    portions = [
        Portion(seed, first, min(step, people - first), correlation, adaptive) for first in range(0, people, step)
    ]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(_portion, portions))
    ids = sorted(truth(seed).a)
    place = {item: number for number, item in enumerate(ids)}
    bank = item_bank()
    items = [Item(one.area, one.competence, one.a, one.b) for one in map(bank.item, ids)]
    rows = [(person, place[item], right) for portion in found for person, item, right in portion[0]]
    traits = {name: [value for portion in found for value in portion[1][name]] for name in ("device", "language")}
    return Responses.of(items, ids, rows, traits)


Rows = list[tuple[int, str, bool]]


def _portion(portion: Portion) -> tuple[Rows, dict[str, list[str]]]:
    rows: Rows = []
    traits: dict[str, list[str]] = {"device": [], "language": []}
    bank, true = item_bank(), truth(portion.seed)
    pilots = bank.pilots("phone")
    for number in range(portion.first, portion.first + portion.people):
        chance = Random(portion.seed * 1_000_003 + number)
        device = "phone" if chance.random() < PHONES else "computer"
        language = "en" if chance.random() < ENGLISH else "da"
        groups = {device, language}
        solves = _Solving(person(groups, portion.correlation, chance), groups, true, chance)
        pool: ItemPool = "phone" if device == "phone" else "full"
        asked = _adaptive(pool, solves, number) if portion.adaptive else _any(pool, solves, chance)
        pilot = pilots[int(chance.random() * len(pilots))]
        rows += [(number, item, right) for item, right in [*asked, (pilot.id, solves(pilot.id, pilot.area))]]
        traits["device"].append(device)
        traits["language"].append(language)
    return rows, traits


@dataclass(frozen=True)
class _Solving:
    """Whether a person solves an item: by the truth, which is another one for some groups and items."""

    abilities: Sequence[float]
    groups: set[str]
    true: Truth
    chance: Random

    def __call__(self, item: str, area: int) -> bool:
        harder = sum(HARDER for group in self.groups if item in self.true.harder.get(group, ()))
        p = probability(self.abilities[area - 1], self.true.a[item], self.true.b[item] + harder)
        return self.chance.random() < p


def _adaptive(pool: ItemPool, solves: _Solving, seed: int) -> list[tuple[str, bool]]:
    """The test as it is: chosen by what is believed of the items."""
    bank = item_bank()
    design: Design = design_of_today(bank, pool)
    ids = [item.id for item in bank.pool(pool)]
    answers: list[Answer] = []
    while (place := simulation.choose(design, answers, seed)) is not None:
        answers.append(Answer(place, solves(ids[place], design.pool.items[place].area)))
    return [(ids[place], bool(right)) for place, right in answers]


def _any(pool: ItemPool, solves: _Solving, chance: Random) -> list[tuple[str, bool]]:
    return [(item.id, solves(item.id, item.area)) for item in chance.sample(item_bank().pool(pool), 22)]
