"""Entry: how and when a citizen who started on a course first left unemployment; a job is one of several ways."""

from typing import NamedTuple

from services.outcomes.effect.cells import ParticipationCell
from services.outcomes.effect.exits import Exit

WAYS = ("job", "flexjob", "wage_subsidy", "education", "left")
"""Ways out; of two on the same day the first counts."""

Leaving = tuple[int, int]
"""The day, and the way as its place in ``WAYS``."""


class Entry(NamedTuple):
    """How she left; the fields are those of ``ParticipationCell``."""

    left: int | None
    way: str | None
    known: int | None
    provisional: tuple[tuple[int, int], ...]


STAYED = Entry(None, None, None, ())


def entry(participation: ParticipationCell, participations: list[ParticipationCell], exits: list[Exit]) -> Entry:
    """How she left after one of her participations.

    A provisional exit does not count if a job, a wage subsidy or an education begins before it is settled.
    """
    begun = _begun(participation, participations)
    later = [exit_ for exit_ in exits if exit_.first > participation.started]
    if begun is None and not later:
        return STAYED
    left, way = (None, None) if begun is None else (begun[0], WAYS[begun[1]])
    known = left
    stood = next((exit_ for exit_ in later if exit_.stands), None)
    if stood is not None and (known is None or stood.settled <= known):
        left, way, known = stood.first, stood.way, stood.settled
    return Entry(left, way, known, _provisional(later, known))


def _begun(participation: ParticipationCell, participations: list[ParticipationCell]) -> Leaving | None:
    """The first job, flexjob, wage subsidy or education after the start; an education also on that day."""
    days = (participation.ordinary, participation.flexjob, participation.wage_subsidy)
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
