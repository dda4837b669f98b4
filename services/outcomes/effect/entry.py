"""Entry: how and when a citizen who started on a course first left unemployment; a job is one of several ways."""

from collections.abc import Iterator

from services.outcomes.effect.cells import EntryCell, ParticipationCell
from services.outcomes.effect.exits import Exit

WAYS = ("job", "flexjob", "wage_subsidy", "education", "left")
"""Ways out; of two on the same day the first counts."""

Leaving = tuple[int, int]
"""The day, and the way as its place in ``WAYS``."""


def entry_cells(participations: list[ParticipationCell], exits: list[Exit]) -> Iterator[EntryCell]:
    """One cell for each participation.

    A provisional exit does not count if a job, a wage subsidy or an education begins before it is settled.
    """
    for participation in participations:
        started = participation.started
        left: int | None = None
        way: str | None = None
        known: int | None = None
        begun = _begun(participation, participations)
        if begun is not None:
            left = known = begun[0]
            way = WAYS[begun[1]]
        later = [exit_ for exit_ in exits if exit_.first > started]
        stood = next((exit_ for exit_ in later if exit_.stands), None)
        if stood is not None and (known is None or stood.settled <= known):
            left, way, known = stood.first, stood.way, stood.settled
        yield EntryCell("entry", *participation[1:8], left, way, known, _provisional(later, known))


def _begun(participation: ParticipationCell, participations: list[ParticipationCell]) -> Leaving | None:
    """The first job, flexjob, wage subsidy or education after the start; an education also on that day."""
    days = [participation.ordinary, participation.flexjob, participation.wage_subsidy]
    found = [(day, way) for way, day in enumerate(days) if day is not None]
    for other in participations:
        if other.reason == "education" and other.ended is not None:
            if other is participation:
                found.append((max(other.ended, participation.started), WAYS.index("education")))
            elif other.ended > participation.started:
                found.append((other.ended, WAYS.index("education")))
    return min(found, default=None)


def _provisional(exits: list[Exit], known: int | None) -> tuple[tuple[int, int], ...]:
    """The days on which an exit is provisional, as (first, after), before it is known how she left."""
    return tuple([(each.first, each.settled) for each in exits if known is None or each.first < known])
