"""Meetings at a matchmaking event: in a round a citizen sits at one table, and a table has one citizen and one company.

A company may have several tables in a round. A whole timetable is decided at once: all of it or none of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.outcomes.commands import CancelMeeting, HeldSeating, Seating
from services.outcomes.rules.events import MatchmakingEvent
from shared.contracts.outcomes import MeetingCancelled, MeetingHeld, MeetingScheduled
from shared.moment import Moment
from shared.problems import Refused

MeetingState = Literal["scheduled", "held", "cancelled"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One citizen's meeting in one round, as the commands see it."""

    round: int
    table: int
    citizen_id: UUID
    company_id: UUID
    state: MeetingState


def schedule(
    event: MatchmakingEvent, standing: Iterable[Meeting], seatings: Sequence[Seating]
) -> list[MeetingScheduled]:
    """New meetings beside the ``standing`` ones of the event, in the order of ``seatings``."""
    _not_held(event)
    plan = _Plan(event, standing)
    for seating in seatings:
        plan.seat(seating)
    return [
        MeetingScheduled(municipality=event.municipality, event_id=event.event_id, **seating.model_dump())
        for seating in seatings
    ]


def hold(
    event: MatchmakingEvent, standing: Iterable[Meeting], seatings: Sequence[HeldSeating], *, moment: Moment
) -> list[MeetingHeld]:
    """Meetings that took place: scheduled ones as they were scheduled, others on free seats (people walk in)."""
    if moment.today < event.planned_on:
        raise Refused(
            "event-not-yet",
            f"The event is on {event.planned_on}",
            f"It is {moment.today}: a meeting can be held on the event's day or recorded later.",
        )
    plan = _Plan(event, standing)
    for seating in seatings:
        plan.take(seating)
    return [
        MeetingHeld(municipality=event.municipality, event_id=event.event_id, **seating.model_dump())
        for seating in seatings
    ]


def cancel(event: MatchmakingEvent, standing: Iterable[Meeting], command: CancelMeeting) -> MeetingCancelled:
    """A scheduled meeting is off; both seats are free again."""
    _not_held(event)
    meeting = next((m for m in standing if (m.round, m.citizen_id) == (command.round, command.citizen_id)), None)
    if meeting is None or meeting.state != "scheduled":
        raise Refused(
            "meeting-not-scheduled",
            f"No meeting of the citizen is scheduled in round {command.round}",
            "Only a scheduled meeting can be cancelled; one that was held cannot.",
        )
    return MeetingCancelled(
        municipality=event.municipality,
        event_id=event.event_id,
        round=meeting.round,
        table=meeting.table,
        citizen_id=meeting.citizen_id,
        company_id=meeting.company_id,
        reason=command.reason,
    )


class _Plan:
    """The taken seats of an event while a command's meetings are seated one by one."""

    def __init__(self, event: MatchmakingEvent, standing: Iterable[Meeting]) -> None:
        self._event = event
        taken = [meeting for meeting in standing if meeting.state != "cancelled"]
        self._of_citizen: dict[tuple[int, UUID], Meeting] = {(m.round, m.citizen_id): m for m in taken}
        self._tables = {(m.round, m.table) for m in taken}

    def seat(self, seating: Seating, state: MeetingState = "scheduled") -> None:
        """Take a free seat, or refuse."""
        self._belongs(seating)
        if (seating.round, seating.citizen_id) in self._of_citizen:
            raise _refused("citizen-seated-already", seating, "The citizen has a table in this round already")
        if (seating.round, seating.table) in self._tables:
            raise _refused("table-taken", seating, "The table is taken in this round")
        self._tables.add((seating.round, seating.table))
        self._of_citizen[seating.round, seating.citizen_id] = Meeting(
            seating.round, seating.table, seating.citizen_id, seating.company_id, state
        )

    def take(self, seating: HeldSeating) -> None:
        """Hold a meeting: the scheduled one of the citizen in this round, or a new one on a free seat."""
        meeting = self._of_citizen.get((seating.round, seating.citizen_id))
        if meeting is None:
            self.seat(seating, "held")
            return
        if meeting.state == "held":
            raise _refused("meeting-held-already", seating, "The meeting has been recorded as held already")
        if (meeting.table, meeting.company_id) != (seating.table, seating.company_id):
            raise _refused("meeting-other", seating, "The citizen is scheduled for another meeting in this round")
        self._of_citizen[seating.round, seating.citizen_id] = Meeting(
            seating.round, seating.table, seating.citizen_id, seating.company_id, "held"
        )

    def _belongs(self, seating: Seating) -> None:
        if seating.round >= self._event.rounds:
            raise _refused("round-unknown", seating, f"The event has {self._event.rounds} rounds, numbered from 0")
        if seating.company_id not in self._event.companies:
            raise _refused("company-not-invited", seating, "The company does not take part in the event")


def _not_held(event: MatchmakingEvent) -> None:
    if event.held_on is not None:
        raise Refused(
            "event-held-already",
            f"The event was held on {event.held_on}",
            "Meetings can no longer be scheduled or cancelled; those that took place can still be recorded.",
        )


def _refused(code: str, seating: Seating, title: str) -> Refused:
    return Refused(
        code,
        title,
        f"Round {seating.round}, table {seating.table}, citizen {seating.citizen_id}, company {seating.company_id}."
        " None of the command's meetings was recorded.",
        round=seating.round,
        table=seating.table,
        citizen_id=str(seating.citizen_id),
        company_id=str(seating.company_id),
    )
