"""Reach: from when to when a citizen was registered in a target group, and had got a digital offer in the last year."""

from collections.abc import Iterator

from services.outcomes.effect.cells import ReachCell
from services.outcomes.effect.citizen import Spell, Timeline
from services.outcomes.effect.days import FIRST, NEVER, danish_day
from services.outcomes.effect.history import Told
from services.outcomes.effect.intervals import Interval, overlaps, union
from services.outcomes.effect.participation import Participation

READS = frozenset({"workshop-visited", "test-finished", "material-opened", "self-service-granted"})

DAYS = 365
"""An offer got on the day t reaches a citizen on the days t to t + 364: those D with t in (D - 365, D]."""


def reach_cells(
    history: Told, participations: list[Participation], spells: list[Spell], groups: Timeline
) -> Iterator[tuple[ReachCell, int]]:
    """Day by day changes of who is registered, and reached, in each target group."""
    if not spells:
        return
    offers = [participation.started for participation in participations]
    for name in READS:
        offers += [danish_day(fact.time) for fact in history.get(name, ())]
    reached = union([(on, on + DAYS) for on in offers])
    for municipality, first, after in spells:
        for group, stretch in _stretches(groups, (first, after)):
            yield from _steps(municipality, group, "registered", [stretch])
            yield from _steps(municipality, group, "reached", overlaps(reached, stretch))


def _stretches(groups: Timeline, within: Interval) -> Iterator[tuple[str | None, Interval]]:
    """The target groups that hold within the interval, each with its part of it."""
    firsts = [first for first, _ in groups[1:]]
    for (_, group), first, after in zip(groups, [FIRST, *firsts], [*firsts, NEVER], strict=True):
        for stretch in overlaps([(first, after)], within):
            yield group, stretch


def _steps(
    municipality: str, group: str | None, what: str, intervals: list[Interval]
) -> Iterator[tuple[ReachCell, int]]:
    for first, after in intervals:
        yield ReachCell("reach", municipality, group, first, what), 1
        if after < NEVER:
            yield ReachCell("reach", municipality, group, after, what), -1
