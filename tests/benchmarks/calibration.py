"""``make bench-calibration``: whether calibration finds the truth that made-up people answered by.

The items of the real bank are otherwise than they are believed to be; people sit the adaptive test as it is, chosen by
what is believed. Phones and English readers are weaker on the whole, and some planted items are harder for them than
for others of their ability. Prints how near a and b come, how often their 95 % intervals hold the truth, which planted
items are found and which others are accused; beside it a library's unidimensional estimate of each area. Exits 1 when a
gate is missed.
"""

import sys
import time
from collections.abc import Sequence
from typing import Annotated

import girth
import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from services.assessment.calibration.differential import ItemDifference, differences
from services.assessment.calibration.enough import FEWEST, verdict
from services.assessment.calibration.estimation import FEWEST as ESTIMATED
from services.assessment.calibration.estimation import calibrate
from services.assessment.calibration.responses import Flags, Numbers, Responses
from services.assessment.calibration.standard_errors import standard_errors
from tests.benchmarks.calibration_sample import Truth, sample, truth

SEED, CORRELATION = 4, 0.7
COVERS = 0.90
console = Console(width=140)


def by_library(responses: Responses) -> tuple[Numbers, Numbers]:
    """girth's 2PL of each area by itself; what was not asked is missing to it."""
    a, b = np.full(len(responses.items), np.nan), np.full(len(responses.items), np.nan)
    for area in range(1, 6):
        places = [
            place
            for place, item in enumerate(responses.items)
            if item.area == area and responses.times[place] >= ESTIMATED
        ]
        table = np.full((len(responses.items), responses.persons), girth.INVALID_RESPONSE)
        table[responses.item, responses.person] = responses.right
        table = table[places][:, (table[places] != girth.INVALID_RESPONSE).any(axis=0)]
        found = girth.twopl_mml(table)
        a[places], b[places] = found["Discrimination"], found["Difficulty"]
    return a, b


def row(found: Numbers, true: Numbers, errors: Numbers | None) -> list[str]:
    """How near they come: root mean square, bias, correlation, share of 95 % intervals that hold the truth."""
    off = found - true
    covers = "" if errors is None else f"{(np.abs(off) < 1.96 * errors).mean():.3f}"
    return [f"{np.sqrt((off**2).mean()):.3f}", f"{off.mean():+.3f}", f"{np.corrcoef(found, true)[0, 1]:.3f}", covers]


def recovery(responses: Responses, true: Truth, clean: Flags) -> list[tuple[str, bool]]:
    """Print a row for each way of estimating; the gates."""
    begun = time.monotonic()
    found = calibrate(responses)
    errors = standard_errors(responses, found)
    took = time.monotonic() - begun
    ways: dict[str, tuple[Numbers, Numbers, Numbers | None, Numbers | None]] = {
        "judged by experts": (
            np.array([i.a for i in responses.items]),
            np.array([i.b for i in responses.items]),
            None,
            None,
        ),
        "ours": (found.a, found.b, errors.a, errors.b),
        "girth, area by area": (*by_library(responses), None, None),
    }
    true_a, true_b = (np.array([values[item] for item in responses.ids]) for values in (true.a, true.b))
    table = Table(title=f"{responses.persons} people, {len(responses.item)} answers, areas correlated {CORRELATION}")
    for heading in ("items with answers", "estimate"):
        table.add_column(heading)
    for heading in ("a: RMSE", "bias", "correlation", "95 % covers", "b: RMSE", "bias", "correlation", "95 % covers"):
        table.add_column(heading, justify="right")
    held: list[tuple[str, bool]] = []
    for least in (ESTIMATED, FEWEST):
        some = (responses.times >= least) & clean
        for name, (one, two, error_a, error_b) in ways.items():
            cells = [
                *row(one[some], true_a[some], None if error_a is None else error_a[some]),
                *row(two[some], true_b[some], None if error_b is None else error_b[some]),
            ]
            table.add_row(f"{least} or more: {some.sum()}", name, *cells)
            if error_a is not None and least == FEWEST:
                held += [
                    (f"{what} covered {share}", float(share) >= COVERS)
                    for what, share in (("a", cells[3]), ("b", cells[7]))
                ]
        table.add_section()
    console.print(table)
    judged = zip(responses.times, found.a, errors.a, errors.b, strict=True)
    enough = sum(verdict(int(times), a, error_a, error_b).enough for times, a, error_a, error_b in judged)
    console.print(
        f"{enough} of {len(responses.ids)} items have enough; areas correlated {found.correlation:.3f},"
        f" {found.rounds} rounds, {took:.0f} s"
    )
    held.append((f"correlation {found.correlation:.2f} of {CORRELATION}", abs(found.correlation - CORRELATION) < 0.05))
    for trait, group in (("device", "phone"), ("language", "en")):
        held += told(group, differences(responses, found, trait, group), true)
    return held


def told(group: str, found: Sequence[ItemDifference], true: Truth) -> list[tuple[str, bool]]:
    """Print which planted items are found, and which others are accused."""
    planted = {one.item: one.difference for one in found if one.item in true.harder[group]}
    others = [one.difference for one in found if one.item not in true.harder[group]]
    hit = sum(one.category == "C" and one.delta < 0 for one in planted.values())
    false_c = sum(one.category == "C" for one in others)
    false_b = sum(one.category == "B" for one in others)
    away = float(np.mean([one.delta for one in others]))
    console.print(
        f"{group}: of {len(true.harder[group])} planted items {len(planted)} have answers enough, {hit} are found (C);"
        f" of {len(others)} others {false_c} are accused (C) and {false_b} looked at (B); their mean delta {away:+.2f}"
    )
    return [(f"{group}: {hit} of {len(planted)} found", hit == len(planted) > 0), (f"{false_c} accused", false_c == 0)]


def main(people: Annotated[int, typer.Option(help="Simulated tests.")] = 4000) -> None:
    """Measure; exit 1 when a gate is missed."""
    true = truth(SEED)
    planted = {item for items in true.harder.values() for item in items}
    responses = sample(people, SEED, correlation=CORRELATION)
    held = recovery(responses, true, np.array([item not in planted for item in responses.ids]))
    for what, holds in held:
        console.print(f"{what}: {'held' if holds else 'MISSED'}")
    sys.exit(0 if all(holds for _, holds in held) else 1)


if __name__ == "__main__":
    typer.run(main)
