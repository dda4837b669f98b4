"""``make bench-assessment``: our adaptive test beside a fixed test of one ability, on simulated populations.

The same simulated people, in populations where the five areas are correlated 0.6, 0.8 and 0.9, take five tests out of
the same bank: ours; ours stopped only by the interval; ours without what the areas share; and the anchor's design, a
fixed test of 32 items with one ability. Exits 1 when a gate is missed at 0.8, the correlation that our prior assumes.
"""

import sys
from collections.abc import Callable, Sequence
from random import Random
from statistics import quantiles
from time import thread_time
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from services.assessment.ability import simulation
from services.assessment.ability.choice import choose
from services.assessment.ability.design import Design
from services.assessment.ability.estimate import after
from services.assessment.ability.exposure import CEILING, over_exposed
from services.assessment.ability.interval import Interval, interval
from services.assessment.ability.item import Item
from services.assessment.ability.pool import Pool
from services.assessment.ability.posterior import Answer
from services.assessment.ability.prior import AREAS, Prior, grid
from services.assessment.ability.rule import Rule
from tests.benchmarks import assessment_anchor
from tests.benchmarks.assessment_bank import LEVELS, Shape, simulated
from tests.benchmarks.assessment_figures import Row, Tally

CORRELATIONS = (0.6, 0.8, 0.9)
DECIDES = 0.8
SEED = 4
ITEMS, AGREEMENT, POINTS, MILLISECONDS = 23.0, 0.82, 0.02, 5.0
Z90, Z95 = 1.6448536269514722, 1.959963984540054

Abilities = tuple[float, ...]
console = Console(width=140)


def adaptive(
    items: Sequence[Item], people: Sequence[Abilities], rule: Rule, prior: Prior, ceiling: float = CEILING
) -> Row:
    """Our test, with the ceiling of exposure kept up as the tests come in."""
    design = Design(Pool(tuple(items), prior), LEVELS, rule)
    known, chance, tally = grid(prior), Random(SEED), Tally(LEVELS)
    for number, abilities in enumerate(people):
        shown = [tally.shown.get(place, 0) for place in range(len(items))]
        answers = simulation.take(design, abilities, chance, number, over_exposed(shown, number, ceiling))
        tally.asked([answer.item for answer in answers])
        found = after(design, answers)
        for area in range(AREAS):
            within = [interval(known, found.density[area], coverage) for coverage in (0.90, 0.95)]
            tally.area(abilities[area], float(found.mean[area]), within[0], within[1])
    return tally.row()


def anchor_like(items: Sequence[Item], people: Sequence[Abilities]) -> Row:
    """The fixed test: one ability, read as the level of every area."""
    chance, tally = Random(SEED), Tally(LEVELS)
    for abilities in people:
        capacity, error, asked = assessment_anchor.take(items, abilities, chance)
        tally.asked(asked)
        within90, within95 = [Interval(capacity - z * error, capacity + z * error) for z in (Z90, Z95)]
        for truth in abilities:
            tally.area(truth, capacity, within90, within95)
    return tally.row()


Takes = Callable[[Sequence[Item], Sequence[Abilities]], Row]
DESIGNS: dict[str, Takes] = {
    "ours": lambda items, people: adaptive(items, people, Rule(), Prior()),
    "ours, interval stop only": lambda items, people: adaptive(items, people, Rule(worth=0), Prior()),
    "ours, no shared prior": lambda items, people: adaptive(items, people, Rule(), Prior(correlation=0)),
    "fixed 32, one ability": anchor_like,
}


def population(correlation: float, persons: int, seed: int = SEED) -> list[Abilities]:
    """People whose five abilities are correlated as stated."""
    chance = Random(seed)
    return [simulation.person(Prior(correlation=correlation), chance) for _ in range(persons)]


def choosing(shape: Shape) -> float:
    """Milliseconds of this thread's processor time to choose one item, 95th percentile over whole tests."""
    design, chance = Design(Pool(simulated(shape, SEED)), LEVELS), Random(SEED)
    took: list[float] = []
    for number, abilities in enumerate(population(DECIDES, 11)):
        answers = simulation.take(design, abilities, chance, number)
        if number:  # the first makes the tables, as the start of the service does
            took += [_timed(design, answers[:many], number) for many in range(len(answers) + 1)]
    return quantiles(took, n=20)[-1]


def _timed(design: Design, answers: list[Answer], seed: int) -> float:
    begun = thread_time()
    choose(design, answers, seed)
    return (thread_time() - begun) * 1000


def gates(ours: Row, milliseconds: float) -> list[tuple[str, bool]]:
    """What must hold, and whether it does."""
    return [
        (f"items {ours.items:.1f}, at most {ITEMS:.0f}", ours.items <= ITEMS),
        (f"agreement {ours.agreement:.3f}, at least {AGREEMENT}", ours.agreement >= AGREEMENT),
        (f"coverage {ours.coverage90:.3f} of 0.90, within {POINTS}", abs(ours.coverage90 - 0.90) <= POINTS),
        (f"coverage {ours.coverage95:.3f} of 0.95, within {POINTS}", abs(ours.coverage95 - 0.95) <= POINTS),
        (f"choosing {milliseconds:.1f} ms out of 300 items, under {MILLISECONDS:.0f}", milliseconds < MILLISECONDS),
    ]


def measure(items: Sequence[Item], persons: int) -> Row:
    """Print every design in every population; returns ours where the gates are."""
    table = Table(title=f"{persons} simulated people in each population, {len(items)} items, seed {SEED}")
    for heading in ("areas correlated", "design"):
        table.add_column(heading)
    for heading in ("items", "p90", "RMSE", "90 % covers", "95 % covers", "agreement", "highest exposure"):
        table.add_column(heading, justify="right")
    decisive: list[Row] = []
    for correlation in CORRELATIONS:
        people = population(correlation, persons)
        for name, takes in DESIGNS.items():
            row = takes(items, people)
            table.add_row(str(correlation), name, *row.cells())
            if correlation == DECIDES and name == "ours":
                decisive.append(row)
        table.add_section()
    console.print(table)
    return decisive[0]


def main(
    persons: Annotated[int, typer.Option(help="Simulated people in each population.")] = 1000,
    per_area: Annotated[int, typer.Option(help="Items in each area of the simulated bank.")] = Shape.per_area,
    discrimination: Annotated[float, typer.Option(help="Median of a in the bank.")] = Shape.discrimination,
) -> None:
    """Measure; exit 1 when a gate is missed."""
    ours = measure(simulated(Shape(per_area, discrimination), SEED), persons)
    held = gates(ours, choosing(Shape(per_area=60)))
    for what, holds in held:
        console.print(f"at {DECIDES}: {what}: {'held' if holds else 'MISSED'}")
    sys.exit(0 if all(holds for _, holds in held) else 1)


if __name__ == "__main__":
    typer.run(main)
