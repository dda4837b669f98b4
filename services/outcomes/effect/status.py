"""Status: where a citizen stood 1, 3, 6 and 12 months after a participation ended."""

from collections.abc import Iterator

from services.outcomes.effect.cells import ParticipationCell, Standing, StatusCell
from services.outcomes.effect.days import months_after
from services.outcomes.effect.exits import Exit
from services.outcomes.effect.participation import FLEXJOB_SCHEME
from services.outcomes.effect.placements import Placement

MONTHS = (1, 3, 6, 12)
STANDINGS = ("job", "flexjob", "wage_subsidy", "praktik", "education", "unemployed", "left")
"""The first that fits is where she stands. A flexjob is a job only for the flexjob scheme, and told apart."""


def status_cells(
    participations: list[ParticipationCell], placements: list[Placement], exits: list[Exit]
) -> Iterator[StatusCell]:
    """One cell for each participation that has ended."""
    for participation in participations:
        if participation.ended is not None:
            days = [months_after(participation.ended, months) for months in MONTHS]
            standings = tuple([_standing(day, participation, participations, placements, exits) for day in days])
            yield StatusCell("status", *participation[1:8], standings)


def _standing(
    day: int,
    participation: ParticipationCell,
    participations: list[ParticipationCell],
    placements: list[Placement],
    exits: list[Exit],
) -> Standing:
    """Where she stood on the day: known from the day after, unless she was then out provisionally."""
    known = day + 1
    placed = _placed(day, placements, flexjobs=participation.target_group in FLEXJOB_SCHEME)
    if placed is not None:
        return Standing(day, placed, known, None)
    out = next((exit_ for exit_ in exits if exit_.first <= day < exit_.back), None)
    if out is not None and out.stands:
        status = out.way
    else:
        status = "education" if _studies(day, participations, exits) else "unemployed"
    if out is None or out.settled <= known:
        return Standing(day, status, known, None)
    return Standing(day, status, out.settled, out.way)


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


def _studies(day: int, participations: list[ParticipationCell], exits: list[Exit]) -> bool:
    """Whether a participation ended for education, and neither another nor a new spell of unemployment began since."""
    began = [each.started for each in participations] + [each.back for each in exits if each.stands]
    return any(
        each.reason == "education"
        and each.ended is not None
        and each.ended <= day
        and not any(each.ended < since <= day for since in began)
        for each in participations
    )
