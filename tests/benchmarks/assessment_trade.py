"""``python -m tests.benchmarks.assessment_trade``: with the real bank, how many questions buy how much agreement.

All with areas correlated 0.8, one thing at a time: when the test stops, how the bank is, how sharp its items are.
"""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Annotated

import typer
from rich.table import Table

from services.assessment.ability.item import Item
from services.assessment.ability.prior import PRIOR
from services.assessment.ability.rule import RULE, Rule
from tests.benchmarks.assessment import DECIDES, SEED, adaptive, anchor_like, console, population
from tests.benchmarks.assessment_bank import at_the_cuts, real
from tests.benchmarks.assessment_figures import HEADINGS, Row

RULES = {
    "as it is": RULE,
    "2-6 items an area": Rule(least=2, most=6),
    "3-6": Rule(least=3, most=6),
    "another item worth 1 %": Rule(worth=0.01),
    "worth 0.75 %": Rule(worth=0.0075),
    "worth 0.5 %": Rule(worth=0.005),
    "worth 0.25 %": Rule(worth=0.0025),
    "worth 0.25 %, at most 12 an area": Rule(worth=0.0025, most=12),
    "8 an area unless the interval is clear": Rule(worth=0),
    "20 an area unless the interval is clear": Rule(worth=0, most=20),
}
SHARPER = (0.8, 1.25, 1.5, 1.75)


def rows() -> dict[str, tuple[Rule, tuple[Item, ...]]]:
    """What is varied: the rule and the items of each row."""
    found = {name: (rule, real()) for name, rule in RULES.items()}
    found["6 more items (a 1.7) at each cut, each area"] = (RULE, at_the_cuts(real(), 6))
    for times in SHARPER:
        found[f"every a {times} times as large"] = (RULE, real(sharper=times))
    return found


def measured(name: str, persons: int) -> tuple[str, Row]:
    """One row."""
    rule, items = rows()[name]
    return name, adaptive(items, population(DECIDES, persons), rule, PRIOR)


def main(
    persons: Annotated[int, typer.Option(help="Simulated people for each row.")] = 400,
    processes: Annotated[int, typer.Option(help="Rows at a time.")] = 2,
) -> None:
    """Print a row for each variation."""
    table = Table("what differs", title=f"{persons} people, the real bank, areas correlated {DECIDES}, seed {SEED}")
    for heading in HEADINGS:
        table.add_column(heading, justify="right")
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for name, row in pool.map(measured, rows(), [persons] * len(rows())):
            table.add_row(name, *row.cells())
    table.add_row("fixed 32, one ability", *anchor_like(real(), population(DECIDES, persons)).cells())
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
