"""``python -m tests.benchmarks.assessment_curve``: what the adaptive test's figures depend on, one thing at a time.

All with areas correlated 0.8: the threshold at which another item is not worth it, the limits of items in an area, the
discrimination of the bank's items, the number of items, the ceiling of exposure, another bank with other people, and
people who are weaker than the prior assumes.
"""

from typing import Annotated

import typer
from rich.table import Table

from services.assessment.ability.exposure import CEILING
from services.assessment.ability.prior import PRIOR
from services.assessment.ability.rule import RULE, Rule
from tests.benchmarks.assessment import DECIDES, SEED, adaptive, anchor_like, console, population
from tests.benchmarks.assessment_bank import Shape, simulated
from tests.benchmarks.assessment_figures import HEADINGS, Row

RULES = {f"another item worth {worth:.2%}": Rule(worth=worth) for worth in (0.02, 0.01, 0.0075, 0.0025, 0)}
LIMITS = {
    f"{least}-{most} items an area": Rule(least=least, most=most) for least, most in ((2, 6), (3, 6), (2, 8), (3, 12))
}
DISCRIMINATIONS = (1.0, 1.5, 2.0, 3.0)
SIZES = (24, 60)
CEILINGS = (0.25, 0.3, 1.0)
WEAKER = (0.5, 1.0)


def main(persons: Annotated[int, typer.Option(help="Simulated people for each row.")] = 400) -> None:
    """Print a row for each variation, beginning with ours as it is."""
    people, usual = population(DECIDES, persons), simulated(Shape(), SEED)
    rows: dict[str, Row] = {"as it is": adaptive(usual, people, RULE, PRIOR)}
    rows |= {what: adaptive(usual, people, rule, PRIOR) for what, rule in (RULES | LIMITS).items()}
    for a in DISCRIMINATIONS:
        items = simulated(Shape(discrimination=a), SEED)
        rows[f"median a {a}"] = adaptive(items, people, RULE, PRIOR)
        rows[f"median a {a}, fixed 32, one ability"] = anchor_like(items, people)
    for size in SIZES:
        rows[f"{size} items an area"] = adaptive(simulated(Shape(per_area=size), SEED), people, RULE, PRIOR)
    for ceiling in CEILINGS:
        rows[f"ceiling {ceiling}, not {CEILING}"] = adaptive(usual, people, RULE, PRIOR, ceiling)
    for seed in (SEED + 1, SEED + 2):
        other = simulated(Shape(), seed)
        rows[f"bank and people {seed}"] = adaptive(other, population(DECIDES, persons, seed), RULE, PRIOR)
    for weaker in WEAKER:
        shifted = [tuple(ability - weaker for ability in abilities) for abilities in people]
        rows[f"people weaker by {weaker}"] = adaptive(usual, shifted, RULE, PRIOR)
    table = Table("what differs", title=f"{persons} simulated people, areas correlated {DECIDES}, seed {SEED}")
    for heading in HEADINGS:
        table.add_column(heading, justify="right")
    for what, row in rows.items():
        table.add_row(what, *row.cells())
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
