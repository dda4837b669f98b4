"""Subjects: each kind of cell by everything that it can be cut by."""

from services.outcomes.effect.cells import (
    AgreementCell,
    FunnelCell,
    GainCell,
    JobCell,
    LandmarkCell,
    ParticipationCell,
    ReachCell,
    SelfRelianceCell,
    ServiceGoalCell,
)
from services.outcomes.effect.cut import NO_COURSE, Subject
from services.outcomes.effect.offers import Offers


def participant(cell: ParticipationCell | JobCell, offers: Offers) -> Subject:
    """A participation, or a job that followed it."""
    _, municipality, course, cohort, target_group, education_level, timing, started, *_ = cell
    return Subject(municipality, offers.course(course), cohort, target_group, education_level, timing, started)


def approached(cell: FunnelCell, offers: Offers) -> Subject:
    """A citizen in a cohort's funnel: of the month in which the cohort starts, also who never did."""
    course, starts = offers.group(cell.cohort)
    if starts is None and cell.attempts:
        starts = cell.attempts[0].started
    return Subject(cell.municipality, course, cell.cohort, cell.target_group, cell.education_level, cell.timing, starts)


def registered(cell: ReachCell, _: Offers) -> Subject:
    """A citizen in a target group."""
    return Subject(cell.municipality, NO_COURSE, "", cell.target_group)


def citizen(cell: GainCell | SelfRelianceCell | LandmarkCell, _: Offers) -> Subject:
    """A citizen as she was on a day that her cell does not tell."""
    return Subject(cell.municipality, NO_COURSE, "", cell.target_group, cell.education_level)


def company(cell: AgreementCell | ServiceGoalCell, _: Offers) -> Subject:
    """A company."""
    return Subject(cell.municipality)
