"""Gain: competence areas that a citizen was tested in again, and in which she was reliably better than at first."""

from collections.abc import Iterator
from math import hypot

from services.outcomes.effect.cells import GainCell
from services.outcomes.effect.citizen import Timeline, valid_on
from services.outcomes.effect.estimates import Z
from services.outcomes.effect.results import Measure, Result

APART = 14
"""Days between two tests before the later one is a retest."""


def gain_cells(results: list[Result], groups: Timeline, levels: Timeline) -> Iterator[tuple[GainCell, int]]:
    """Day by day changes of the areas that are retested, and gained: her first test against her latest.

    Target group and education level are those of the day of the first test of the area.
    """
    tested: dict[tuple[tuple[str, str], int], list[Result]] = {}
    for result in results:
        for area in result.areas:
            tested.setdefault((result.framework, area), []).append(result)
    for (_, area), taken in tested.items():
        first = taken[0]
        latest = {result.day: result.areas[area] for result in taken if result.day >= first.day + APART}
        if latest:
            person = (valid_on(groups, first.day), valid_on(levels, first.day))
            yield GainCell("gain", first.municipality, area, *person, min(latest), "retested"), 1
            standing = False
            for day, measure in latest.items():
                if gained(first.areas[area], measure) != standing:
                    standing = not standing
                    yield GainCell("gain", first.municipality, area, *person, day, "gained"), 1 if standing else -1


def gained(before: Measure, after: Measure) -> bool:
    """The level interval moved up, and the ability rose beyond the reliable-change limit.

    The limit is that of Jacobson and Truax (1991): 1.96 standard errors of the difference between the two.
    """
    moved_up = after.low >= before.low and after.high >= before.high and after[3:] != before[3:]
    limit = Z * hypot(before.standard_error, after.standard_error)
    return moved_up and after.ability - before.ability > limit
