"""A town for the attacker: people who come to a figure quarter by quarter, and the releases that tell of them.

``python -m tests.unit.outcomes.effect.town 100 1000`` attacks four releases of each of these towns, with nothing
corrected in half of them, and names those in which somebody is found.
"""

import sys
from collections.abc import Mapping
from random import Random

from services.outcomes.effect.telling import Told, tell
from tests.unit.outcomes.effect.attacker import Attacker, Numbers, Place, Town

UNKNOWN = "?"
SIZES = (20, 50, 120)


def town(seed: int, *, quarters: int = 4, correcting: float = 0.0) -> Town:
    """Two to four courses and two or three groups of very different sizes, and some of whom they are not known.

    ``correcting`` is how often what was told of somebody turns out to be wrong: she was not there, or had another
    outcome.
    """
    random = Random(seed)
    values = [
        [*(f"{name}{number}" for number in range(random.randint(2, most))), UNKNOWN]
        for name, most in (("course", 4), ("group", 3))
    ]
    weights = [[*(random.random() ** 2 for _ in each[1:]), random.choice([0, 0, 0.3])] for each in values]
    found = Town(values, quarters, ["job", "none"])
    most = random.randint(5, random.choice(SIZES))
    for quarter in range(quarters):
        for _ in range(random.randint(0, most)):
            at = [random.choices(each, weight)[0] for each, weight in zip(values, weights, strict=True)]
            outcome = "job" if random.random() < 0.4 else "none"
            _count(found.come, (*at, str(quarter), outcome))
            if random.random() < correcting:
                later = str(random.randint(quarter, quarters - 1))
                _count(found.gone, (*at, later, outcome))
                if random.random() < 0.5:
                    _count(found.come, (*at, later, "job" if outcome == "none" else "none"))
    return found


def releases(of: Town, k: int) -> list[Numbers]:
    """What is told anew in every quarter."""
    past: list[Told] = []
    found: list[Numbers] = []
    for quarter in range(of.quarters):
        tables = {
            str(dimension): {
                None if value == UNKNOWN else value: of.there(quarter, (dimension, value)) for value in values
            }
            for dimension, values in enumerate(of.values)
        }
        told = tell(past, of.there(quarter), tables, k)
        past.append(told)
        numbers: dict[Place, Mapping[str, int]] = {} if told.whole is None else {None: told.whole}
        for dimension, rows in told.tables.items():
            for value, counts in rows.items():
                assert value is not None
                numbers[int(dimension), value] = dict.fromkeys(of.outcomes, 0) | dict(counts)
        found.append(numbers)
    return found


def _count(cells: dict[tuple[str, ...], int], cell: tuple[str, ...]) -> None:
    cells[cell] = cells.get(cell, 0) + 1


def attacked(seed: int, quarters: int, correcting: float = 0.0, *, k: int = 5) -> list[str]:
    """What an attacker works out of consecutive releases."""
    there = town(seed, quarters=quarters, correcting=correcting)
    return Attacker(there, releases(there, k), k).found()


if __name__ == "__main__":
    for seed in range(int(sys.argv[1]), int(sys.argv[2])):
        if found := attacked(seed, 4, 0.08 * (seed % 2)):
            sys.stdout.write(f"{seed} {found}\n")
            sys.stdout.flush()
    sys.stdout.write("done\n")
