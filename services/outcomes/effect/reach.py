"""Reach: from when to when a citizen was registered in a target group, and had got a digital offer in the last year."""

from collections.abc import Iterable, Iterator

from services.outcomes.effect.cells import ParticipationCell, ReachCell
from services.outcomes.effect.citizen import Spell, Timeline
from services.outcomes.effect.days import NEVER, danish_days
from services.outcomes.effect.history import Told
from services.outcomes.effect.intervals import Interval, overlaps, union

READS = frozenset({"workshop-visited", "test-finished", "material-opened", "self-service-granted"})

DAYS = 365
"""An offer got on the day t reaches a citizen on the days t to t + 364: those D with t in (D - 365, D]."""


def reach_cells(
    history: Told, participations: list[ParticipationCell], spells: list[Spell], groups: Timeline
) -> Iterator[tuple[ReachCell, int]]:
    """Day by day changes of who is registered, and reached, in each target group."""
    if not spells:
        return
    moments = [fact.time for name in READS if name in history for fact in history[name]]
    offers = {*danish_days(moments), *[participation.started for participation in participations]}
    reached = union([(on, on + DAYS) for on in offers])
    for municipality, enters, leaves in spells:
        for begins, ends, group in groups:
            registered = overlaps([(begins, ends)], enters, leaves)
            yield from _steps(municipality, group, "registered", registered)
            for first, after in registered:
                yield from _steps(municipality, group, "reached", overlaps(reached, first, after))


def _steps(municipality: str, group: str, what: str, intervals: Iterable[Interval]) -> Iterator[tuple[ReachCell, int]]:
    for first, after in intervals:
        yield ReachCell("reach", municipality, group, first, what), 1
        if after < NEVER:
            yield ReachCell("reach", municipality, group, after, what), -1
