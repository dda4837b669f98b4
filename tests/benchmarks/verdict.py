"""``make bench-verdict``: how often a pilot is stopped, by our verdict and by an ordinary interval looked at monthly.

Simulates pilots of 24 monthly looks at 8 new persons each against a benchmark of 45 %, and counts a run as stopped when
it is told *stop* at any look. Exits 1 when our verdict stops more than 1 % of the pilots that are as good as the
benchmark.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from statistics import fmean

from rich.console import Console
from rich.table import Table

from services.outcomes.effect.estimates import wilson
from services.outcomes.effect.verdict import judge

LOOKS = 24
PERSONS = 8
BENCHMARK = 0.45
POINTS_UNDER = (0, 10, 20, 30)
RUNS = 100_000
SEED = 45
GATE = 0.01

Stops = frozenset[tuple[int, int]]
"""The (look, successes) at which a rule says stop."""


@dataclass(frozen=True)
class Row:
    """What became of the runs at one true rate: the share stopped, and the look at which they were, by rule."""

    rate: float
    ours: tuple[float, float]
    ordinary: tuple[float, float]


def ours(n: int, successes: int) -> bool:
    """Our verdict says stop."""
    return judge(n, successes, benchmark=BENCHMARK, decided_at=date(2026, 1, 1)).verdict == "stop"


def ordinary(n: int, successes: int) -> bool:
    """An ordinary 95 % interval (Wilson) lies below the benchmark."""
    high = wilson(successes, n).high
    return high is not None and high < BENCHMARK


def stops(rule: Callable[[int, int], bool]) -> Stops:
    """Every look and count at which the rule stops, so that a run only looks them up."""
    return frozenset(
        (look, successes)
        for look in range(1, LOOKS + 1)
        for successes in range(look * PERSONS + 1)
        if rule(look * PERSONS, successes)
    )


def run(chance: Random, rate: float) -> list[tuple[int, int]]:
    """The successes so far at each look of one pilot."""
    successes, path = 0, []
    for look in range(1, LOOKS + 1):
        successes += sum(chance.random() < rate for _ in range(PERSONS))
        path.append((look, successes))
    return path


def stopped(path: list[tuple[int, int]], rule: Stops) -> int:
    """The look at which the rule stops the run; 0 when it never does."""
    return next((at[0] for at in path if at in rule), 0)


def told(looks: list[int]) -> tuple[float, float]:
    """The share of runs stopped, and the mean look at which those were."""
    stops_at = [look for look in looks if look]
    return len(stops_at) / len(looks), fmean(stops_at) if stops_at else 0.0


def simulate() -> list[Row]:
    """Both rules on the same runs."""
    chance = Random(SEED)
    rules = stops(ours), stops(ordinary)
    rows = []
    for points in POINTS_UNDER:
        rate = BENCHMARK - points / 100
        looks: tuple[list[int], list[int]] = ([], [])
        for _ in range(RUNS):
            path = run(chance, rate)
            for rule, reached in zip(rules, looks, strict=True):
                reached.append(stopped(path, rule))
        rows.append(Row(rate, told(looks[0]), told(looks[1])))
    return rows


def main() -> int:
    """Print the table; 0 when the gate is held."""
    rows = simulate()
    table = Table(title=f"{RUNS:,} pilots each: {LOOKS} monthly looks at {PERSONS} persons, benchmark {BENCHMARK:.0%}")
    table.add_column("true rate")
    for rule in ("ours", "ordinary 95 %"):
        table.add_column(f"{rule}: stopped", justify="right")
        table.add_column("mean look", justify="right")
    for row, points in zip(rows, POINTS_UNDER, strict=True):
        name = f"{row.rate:.0%} (" + (f"{points} points under)" if points else "as the benchmark: stop is wrong)")
        cells = [cell for share, look in (row.ours, row.ordinary) for cell in (f"{share:.1%}", f"{look:.1f}")]
        table.add_row(name, *cells)
    console = Console(width=110)
    console.print(table)
    wrong = rows[0].ours[0]
    held = wrong <= GATE
    console.print(f"wrong stops: ours {wrong:.2%}, at most {GATE:.0%}: {'held' if held else 'MISSED'}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
