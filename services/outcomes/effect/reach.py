"""Reach: from when to when a citizen was registered in a target group, and had got a digital offer in the last year."""

from collections.abc import Iterator

from services.outcomes.effect.cells import ParticipationCell, ReachCell
from services.outcomes.effect.citizen import Spell, Timeline
from services.outcomes.effect.days import danish_days
from services.outcomes.effect.history import Told
from services.outcomes.effect.intervals import open_ended, overlaps, union
from services.outcomes.effect.visits import READS as VISITS
from services.outcomes.effect.visits import visits

OFFERS = frozenset({"test-finished", "material-opened", "self-service-granted"})
READS = OFFERS | VISITS

DAYS = 365
"""An offer got on the day t reaches a citizen on the days t to t + 364: those D with t in (D - 365, D]."""


def reach_cells(
    history: Told, participations: list[ParticipationCell], spells: list[Spell], groups: Timeline
) -> Iterator[ReachCell]:
    """When she was registered in which target group, and reached there."""
    if not spells:
        return
    moments = [fact.time for name in OFFERS if name in history for fact in history[name]]
    moments += [visit.time for visit in visits(history).values()]
    offers = {*danish_days(moments), *[participation.started for participation in participations]}
    reached = union([(on, on + DAYS) for on in offers])
    for municipality, enters, leaves in spells:
        for begins, ends, group in groups:
            for first, after in overlaps([(begins, ends)], enters, leaves):
                here = tuple([(start, open_ended(stop)) for start, stop in overlaps(reached, first, after)])
                yield ReachCell("reach", municipality, group, first, open_ended(after), here)
