"""Gain: competence areas that a citizen was tested in again, and in which she was reliably better than at first."""

from collections.abc import Iterator
from math import hypot

from services.outcomes.effect.cells import GainCell
from services.outcomes.effect.citizen import Timeline, valid_on
from services.outcomes.effect.estimates import Z
from services.outcomes.effect.results import Measure, Result

APART = 14
"""Days between two tests before the later one is a retest."""

Steps = dict[tuple[str, int, int], tuple[list[int], list[int], list[int]]]
"""By municipality and day of the first test and the day of a later one: the areas retested, gained and lost by it."""


def gain_cells(results: list[Result], groups: Timeline, levels: Timeline) -> Iterator[GainCell]:
    """A cell for each day on which an area is retested or gained, or gained no more: her first test against her latest.

    Target group and education level are those of the day of the first test of the area.
    """
    if len(results) < 2 or results[-1].day - results[0].day < APART:
        return
    tested: dict[tuple[tuple[str, str], int], list[Result]] = {}
    for result in results:
        for area in result.areas:
            tested.setdefault((result.framework, area), []).append(result)
    steps: Steps = {}
    for (_, area), taken in tested.items():
        _take_steps(steps, area, taken)
    for (municipality, first, day), changed in steps.items():
        person = (valid_on(groups, first), valid_on(levels, first))
        retested, better, lost = [tuple(sorted(areas)) for areas in changed]
        yield GainCell("gain", municipality, *person, day, retested, better, lost)


def _take_steps(steps: Steps, area: int, taken: list[Result]) -> None:
    first = taken[0]
    latest = {result.day: result.areas[area] for result in taken if result.day >= first.day + APART}
    standing = False
    for number, (day, measure) in enumerate(latest.items()):
        moves = gained(first.areas[area], measure) != standing
        if moves or number == 0:
            retested, better, lost = steps.setdefault((first.municipality, first.day, day), ([], [], []))
            if number == 0:
                retested.append(area)
            if moves:
                (lost if standing else better).append(area)
                standing = not standing


def gained(before: Measure, after: Measure) -> bool:
    """The level interval moved up, and the ability rose beyond the reliable-change limit.

    The limit is that of Jacobson and Truax (1991): 1.96 standard errors of the difference between the two.
    """
    low = after["level_low"] - before["level_low"]
    high = after["level_high"] - before["level_high"]
    limit = Z * hypot(before["standard_error"], after["standard_error"])
    return bool(low >= 0 and high >= 0 and low + high > 0 and after["ability"] - before["ability"] > limit)
