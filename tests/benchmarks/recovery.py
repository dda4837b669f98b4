"""``make bench-recovery``: how often the comparison's interval holds the true difference.

Makes jobcenters in which courses truly do nothing, and the same ones in which they do what ``deploy.synthetic.efforts``
says. In the first the true difference is 0. In the second it is taken to be how much higher the mean difference is than
in the first, which has the same people and the same bias. Nobody is registered a second time here: a made-up second
spell of unemployment has no jobs.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from statistics import fmean
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

from deploy.synthetic import lines
from deploy.synthetic.life import Life
from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import contributions, entities, merged
from services.outcomes.effect.fact import Fact, fact_from_json
from services.outcomes.effect.figures import figures
from services.outcomes.effect.references import References

SEEDS = 12
CITIZENS = 4_000
AS_OF = date(2028, 12, 31)
READ = (b"citizen-registered", b"citizen-left", b"citizens-merged", b"participation-", b"placement-")

_job_between = Life.job_between


def without_effect(life: Life, first: int, until: int, _: float = 1.0) -> int | None:
    """``Life.job_between`` where no effort changes how soon a job comes."""
    life.boost = 1.0
    return _job_between(life, first, until)


def histories(seed: int, citizens: int) -> Iterator[list[Fact]]:
    """The facts of each made-up citizen that the comparison reads, of all her ids."""
    facts = [fact_from_json(line) for line in lines(seed, citizens) if any(name in line for name in READ)]
    kept = {gone: lead for lead, gone in filter(None, map(merged, facts))}
    by_citizen: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        for entity in {kept.get(entity, entity) for entity in entities(fact)}:
            by_citizen[entity].append(fact)
    yield from by_citizen.values()


def compared(seed: int, citizens: int) -> dict[str, dict[str, Any]]:
    """The rows of one jobcenter's comparison, by landmark."""
    cells: Counter[Cell] = Counter()
    for history in histories(seed, citizens):
        cells.update({cell: n for cell, n in contributions(history).items() if cell[0] == "landmark"})
    rows = figures(cells.items(), References(), indicator="comparison", as_of=AS_OF)
    return {figure.stage or "": figure.row() for figure in rows}


def differences(found: list[dict[str, dict[str, Any]]]) -> dict[str, float]:
    """The mean difference of each landmark where all jobcenters have an interval."""
    compared_ = {stage: [each[stage]["compared"] for each in found] for stage in found[0]}
    return {
        stage: fmean(one["difference"] for one in said)
        for stage, said in compared_.items()
        if all(one["difference_low"] is not None for one in said)
    }


def table(title: str, found: list[dict[str, dict[str, Any]]], truth: dict[str, float]) -> Table:
    """What the intervals of all jobcenters said, a row for each landmark of which the truth is known."""
    shown = Table(title=title)
    for heading in ("months", "start", "wait", "true", "difference, mean", "lock-in, mean", "holds the truth"):
        shown.add_column(heading, justify="right")
    means = differences(found)
    for stage in [stage for stage in means if stage in truth]:
        rows = [each[stage] for each in found]
        said = [row["compared"] for row in rows]
        holds = [one["difference_low"] <= truth[stage] <= one["difference_high"] for one in said]
        shown.add_row(
            stage,
            f"{fmean(row['denominator'] for row in rows):.0f}",
            f"{fmean(one['others']['denominator'] for one in said):.0f}",
            f"{truth[stage]:+.1%}",
            f"{means[stage]:+.1%}",
            f"{fmean(one['lock_in']['difference'] for one in said):+.1%}",
            f"{sum(holds)} of {len(holds)}",
        )
    return shown


def main(seeds: int = SEEDS, citizens: int = CITIZENS) -> None:
    """Print both tables."""
    with patch.object(Life, "job_between", without_effect):
        without = [compared(seed, citizens) for seed in range(seeds)]
    with_ = [compared(seed, citizens) for seed in range(seeds)]
    nothing, something = differences(without), differences(with_)
    true = {stage: something[stage] - nothing[stage] for stage in something if stage in nothing}
    console = Console()
    console.print(f"{seeds} jobcenters of {citizens} citizens")
    console.print(table("courses do nothing", without, dict.fromkeys(nothing, 0.0)))
    console.print(table("courses do what efforts.py says", with_, true))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
