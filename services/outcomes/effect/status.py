"""Status: where a citizen stood 1, 3, 6 and 12 months after a participation ended."""

from services.outcomes.effect.cells import ParticipationCell, Standing
from services.outcomes.effect.days import NEVER, months_after
from services.outcomes.effect.exits import Exit
from services.outcomes.effect.intervals import Interval
from services.outcomes.effect.participation import FLEXJOB_SCHEME
from services.outcomes.effect.placements import Placement

MONTHS = (1, 3, 6, 12)
STANDINGS = ("job", "flexjob", "wage_subsidy", "praktik", "education", "unemployed", "left")
"""The first that fits is where she stands. A flexjob is a job only for the flexjob scheme, and told apart."""


def standings(
    participation: ParticipationCell, placements: list[Placement], exits: list[Exit], studies: list[Interval]
) -> tuple[Standing, ...]:
    """Where she stood after each of ``MONTHS``; nothing while the participation runs. ``studies`` as below."""
    ended = participation.ended
    if ended is None:
        return ()
    days = [months_after(ended, months) for months in MONTHS]
    if not (placements or exits or studies):
        return tuple([Standing(day, "unemployed", day + 1, None) for day in days])
    flexjobs = participation.target_group in FLEXJOB_SCHEME
    return tuple([_standing(day, _placed(day, placements, flexjobs=flexjobs), exits, studies) for day in days])


def studies(participations: list[ParticipationCell], exits: list[Exit]) -> list[Interval]:
    """The days from each participation's end for education until another or a new spell of unemployment began."""
    ended = [each.ended for each in participations if each.reason == "education" and each.ended is not None]
    if not ended:
        return []
    began = [each.started for each in participations] + [each.back for each in exits if each.stands]
    return [(first, min((day for day in began if day > first), default=NEVER)) for first in ended]


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


def _standing(day: int, placed: str | None, exits: list[Exit], studies: list[Interval]) -> Standing:
    """Known from the day after, unless she was then out provisionally, and in no placement."""
    known = day + 1
    if placed is not None:
        return Standing(day, placed, known, None)
    out = next((each for each in exits if each.first <= day < each.back), None)
    if out is not None and out.stands:
        status = out.way
    else:
        status = "education" if any(first <= day < after for first, after in studies) else "unemployed"
    if out is None or out.settled <= known:
        return Standing(day, status, known, None)
    return Standing(day, status, out.settled, out.way)
