"""Attendance: who of a roster was there on a day. The same day told again corrects what was told."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from services.courses.rules.cohort import Cohort
from services.courses.rules.participation import Participation
from shared.contracts.courses import AttendanceRecorded
from shared.problems import Refused


def record(
    cohort: Cohort,
    roster: Mapping[UUID, Participation],
    told: Iterable[tuple[UUID, bool]],
    recorded: Mapping[UUID, bool],
    on: date,
    today: date,
) -> list[AttendanceRecorded]:
    """What is new of a day, in the order of the citizens; one that cannot have been there refuses them all.

    ``told`` are enrolments with whether they were there, ``recorded`` is what stands for that day already.
    """
    _must_be_a_day_of(cohort, on, today)
    events: dict[UUID, AttendanceRecorded] = {}
    for enrolment_id, present in told:
        if enrolment_id in events:
            raise Refused(
                "named-twice", "An enrolment is named twice", "Name each once.", enrolment_id=str(enrolment_id)
            )
        events[enrolment_id] = _recorded(_participant(roster, enrolment_id, on), on, present)
    if not events:
        raise Refused("nobody-named", "Nobody is named", "Name who was there, and who was not.")
    new = [event for event in events.values() if recorded.get(event.enrolment_id) is not event.present]
    return sorted(new, key=lambda event: event.citizen_id)


def _must_be_a_day_of(cohort: Cohort, on: date, today: date) -> None:
    if on > today:
        raise Refused("attendance-in-the-future", f"{on} is after {today}", "Tell who was there when the day has come.")
    if not cohort.starts <= on <= cohort.ends:
        raise Refused(
            "attendance-outside-cohort",
            f"{on} is not between the cohort's start on {cohort.starts} and its end on {cohort.ends}",
            "Give a day on which the cohort is held.",
        )


def _participant(roster: Mapping[UUID, Participation], enrolment_id: UUID, on: date) -> Participation:
    """Who takes part on that day; the day of the end is the last."""
    if enrolment_id not in roster:
        raise Refused(
            "not-on-roster",
            "An enrolment is not on this cohort's roster",
            "Take it out of the list; nothing was recorded.",
            enrolment_id=str(enrolment_id),
        )
    found = roster[enrolment_id]
    over = found.ended is not None and found.ended < on
    if on < found.started or over or found.reason == "mis_registered":
        raise Refused(
            "not-taking-part",
            f"The participation did not run on {on}",
            "Take it out of the list, or correct its end first; nothing was recorded.",
            enrolment_id=str(enrolment_id),
        )
    return found


def _recorded(participation: Participation, on: date, present: bool) -> AttendanceRecorded:
    return AttendanceRecorded(
        municipality=participation.municipality,
        enrolment_id=participation.enrolment_id,
        cohort_id=participation.cohort_id,
        citizen_id=participation.citizen_id,
        on=on,
        present=present,
    )
