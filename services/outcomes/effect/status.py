"""Status: where a citizen stood 1, 3, 6 and 12 months after a participation ended."""

from collections.abc import Iterator

from services.outcomes.effect.cells import ParticipationCell, Standing, StatusCell
from services.outcomes.effect.days import NEVER, months_after
from services.outcomes.effect.exits import Exit
from services.outcomes.effect.intervals import Interval
from services.outcomes.effect.participation import FLEXJOB_SCHEME
from services.outcomes.effect.placements import Placement

MONTHS = (1, 3, 6, 12)
STANDINGS = ("job", "flexjob", "wage_subsidy", "praktik", "education", "unemployed", "left")
"""The first that fits is where she stands. A flexjob is a job only for the flexjob scheme, and told apart."""


def status_cells(
    participations: list[ParticipationCell], placements: list[Placement], exits: list[Exit]
) -> Iterator[StatusCell]:
    """One cell for each participation that has ended."""
    studies = _studies(participations, exits)
    for participation in participations:
        if participation.ended is None:
            continue
        flexjobs = participation.target_group in FLEXJOB_SCHEME
        standings = []
        for months in MONTHS:
            day = months_after(participation.ended, months)
            placed = _placed(day, placements, flexjobs=flexjobs) if placements else None
            if placed is None:
                standings.append(_unplaced(day, exits, studies))
            else:
                standings.append(Standing(day, placed, day + 1, None))
        yield StatusCell("status", *participation[1:8], tuple(standings))


def _placed(day: int, placements: list[Placement], *, flexjobs: bool) -> str | None:
    """The best kind of placement that ran on the day."""
    running = {kind for kind, on, end, *_ in placements if on <= day and (end is None or day <= end)}
    if "ordinary" in running:
        return "job"
    if flexjobs and "flexjob" in running:
        return "flexjob"
    if "wage-subsidy" in running:
        return "wage_subsidy"
    return "praktik" if "praktik" in running else None


def _unplaced(day: int, exits: list[Exit], studies: list[Interval]) -> Standing:
    """Where she stood without a placement: known from the day after, unless she was then out provisionally."""
    known = day + 1
    out = next((each for each in exits if each.first <= day < each.back), None) if exits else None
    if out is not None and out.stands:
        status = out.way
    else:
        status = "education" if any(first <= day < after for first, after in studies) else "unemployed"
    if out is None or out.settled <= known:
        return Standing(day, status, known, None)
    return Standing(day, status, out.settled, out.way)


def _studies(participations: list[ParticipationCell], exits: list[Exit]) -> list[Interval]:
    """The days from each participation's end for education until another or a new spell of unemployment began."""
    ended = [each.ended for each in participations if each.reason == "education" and each.ended is not None]
    if not ended:
        return []
    began = [each.started for each in participations] + [each.back for each in exits if each.stands]
    return [(first, min((day for day in began if day > first), default=NEVER)) for first in ended]
