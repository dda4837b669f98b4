"""A participation: one citizen on a frozen roster, from the start to an end with a reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.contracts.courses import ParticipationEnded
from shared.contracts.vocabulary import EndReason
from shared.problems import Refused


@dataclass(frozen=True, slots=True)
class Participation:
    """A participation as it stands; ``ended`` and ``reason`` are None while it runs."""

    municipality: str
    enrolment_id: UUID
    cohort_id: UUID
    course_id: UUID
    citizen_id: UUID
    started: date
    ended: date | None = None
    reason: EndReason | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """How one of many participations ended, as a caller tells it."""

    enrolment_id: UUID
    reason: EndReason
    on: date


def end(participation: Participation, reason: EndReason, on: date, today: date) -> ParticipationEnded:
    """The participation ends, once, on a day between its start and today."""
    if participation.ended is not None:
        raise Refused(
            "already-ended",
            f"The participation ended on {participation.ended}: {participation.reason}",
            "Correct that end if it is wrong.",
            enrolment_id=str(participation.enrolment_id),
        )
    return _ended(participation, reason, on, today)


def end_many(roster: Mapping[UUID, Participation], told: Iterable[Told], today: date) -> list[ParticipationEnded]:
    """All of these participations end, in the order of their citizens; one that cannot end refuses them all."""
    ended: dict[UUID, ParticipationEnded] = {}
    for one in told:
        if one.enrolment_id not in roster:
            raise Refused(
                "not-on-roster",
                "An enrolment is not on this cohort's roster",
                "Take it out of the list; nothing was recorded.",
                enrolment_id=str(one.enrolment_id),
            )
        if one.enrolment_id in ended:
            raise Refused(
                "named-twice", "An enrolment is named twice", "Name each once.", enrolment_id=str(one.enrolment_id)
            )
        ended[one.enrolment_id] = end(roster[one.enrolment_id], one.reason, one.on, today)
    return sorted(ended.values(), key=lambda event: event.citizen_id)


def correct(participation: Participation, reason: EndReason, on: date | None, today: date) -> ParticipationEnded:
    """The end is told again as it really was; the day stays unless another is given."""
    if participation.ended is None:
        raise Refused("not-ended", "The participation is still running", "End it; there is nothing to correct.")
    corrected = on or participation.ended
    if (reason, corrected) == (participation.reason, participation.ended):
        raise Refused("nothing-to-correct", "The end is like that already", "Give the reason or the day that is right.")
    return _ended(participation, reason, corrected, today)


def got_job(participations: Iterable[Participation], on: date) -> list[ParticipationEnded]:
    """An ordinary job that starts on ``on`` ends every running participation that started before that day."""
    return [
        _ended(participation, "got_job", on, on)
        for participation in participations
        if participation.ended is None and participation.started < on
    ]


def _ended(participation: Participation, reason: EndReason, on: date, today: date) -> ParticipationEnded:
    if not participation.started <= on <= today:
        raise Refused(
            "end-outside-participation",
            f"{on} is not between the start on {participation.started} and {today}",
            "Give the day on which the participation ended; it cannot lie before the start or in the future.",
            enrolment_id=str(participation.enrolment_id),
        )
    return ParticipationEnded(
        municipality=participation.municipality,
        enrolment_id=participation.enrolment_id,
        cohort_id=participation.cohort_id,
        course_id=participation.course_id,
        citizen_id=participation.citizen_id,
        on=on,
        reason=reason,
    )
