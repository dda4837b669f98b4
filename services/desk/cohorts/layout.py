"""What the page of a cohort shows, from what courses tells. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from services.desk.reference import reference


class Cohort(BaseModel):
    """A cohort with its counts, as courses tells it."""

    cohort_id: UUID
    course_id: UUID
    course: str
    kind: str
    state: str
    version: int
    starts: date
    ends: date
    capacity: int
    free: int
    site: str | None
    online: bool
    cancelled_on: date | None
    frozen_on: date | None
    identified: int
    invited: int
    accepted: int
    enrolled: int
    offered: int
    waitlisted: int
    started: int
    running: int

    @property
    def place(self) -> str:
        """Where it is held, as far as anybody said."""
        return "Online" if self.online else self.site or ""

    @property
    def takes_people(self) -> bool:
        """Whether citizens may still come onto it: not cancelled, roster open. Its start day decides courses."""
        return self.cancelled_on is None and self.frozen_on is None


class Award(BaseModel):
    """A certificate's own fields, as far as a page shows them."""

    certificate_id: UUID
    code: str
    title: str
    on: date


class Certificate(BaseModel):
    """A certificate of a participant."""

    certificate: Award
    revoked_on: date | None
    revoked_reason: str | None


class DayThere(BaseModel):
    """Whether a participant was there on a day."""

    on: date
    present: bool


class Line(BaseModel):
    """One enrolment of a citizen on the cohort, or an invitation without one."""

    citizen_id: UUID
    identified: bool | None
    invited: bool | None
    answer: str | None
    enrolment_id: UUID | None
    status: str | None
    position: int | None
    expires: datetime | None
    started: date | None
    ended: date | None
    reason: str | None
    days_present: int
    days_recorded: int
    attendance: list[DayThere]
    certificates: list[Certificate]

    @property
    def reference(self) -> str:
        """What the page calls the citizen."""
        return reference(self.citizen_id)

    @property
    def runs(self) -> bool:
        """Whether the participation has not ended."""
        return self.started is not None and self.ended is None

    @property
    def holds(self) -> bool:
        """Whether a certificate stands."""
        return any(one.revoked_on is None for one in self.certificates)

    def takes_part_on(self, on: date) -> bool:
        """Whether she may be there that day; the day of the end is the last."""
        if self.started is None or on < self.started or self.reason == "mis_registered":
            return False
        return self.ended is None or on <= self.ended

    def was_there(self, on: date) -> bool | None:
        """Whether she was there; None when nobody has told."""
        return next((day.present for day in self.attendance if day.on == on), None)


@dataclass(frozen=True, slots=True)
class People:
    """The citizens of a cohort by how far they have come; everybody is in one of these, whoever left may be again."""

    seats: tuple[Line, ...]
    """Who has a seat, then who is offered one."""
    queue: tuple[Line, ...]
    """Who waits, the first in line first."""
    invitations: tuple[Line, ...]
    """Who was identified or invited and has no seat, offer, place in line or participation."""
    participants: tuple[Line, ...]
    gone: tuple[Line, ...]
    """Enrolments that were given up or ran out before the start."""

    @property
    def running(self) -> tuple[Line, ...]:
        """Whose participation goes on."""
        return tuple(line for line in self.participants if line.runs)

    @property
    def to_award(self) -> tuple[Line, ...]:
        """Who has completed and holds no certificate of this cohort."""
        return tuple(line for line in self.participants if line.reason == "completed" and not line.holds)

    @property
    def others_to_award(self) -> tuple[Line, ...]:
        """Who may be awarded one too: she takes part or ended otherwise, and holds none."""
        rest = (line for line in self.participants if line.reason not in ("completed", "mis_registered"))
        return tuple(line for line in rest if not line.holds)


def people(roster: Iterable[dict[str, Any]]) -> People:
    """The roster in the parts of the page."""
    lines = [Line(**line) for line in roster]
    participants = [line for line in lines if line.started is not None]
    living = [line for line in lines if line.started is None and line.status in ("enrolled", "offered", "waitlisted")]
    on_it = {line.citizen_id for line in (*participants, *living)}
    invitations = {
        line.citizen_id: line for line in lines if (line.identified or line.invited) and line.citizen_id not in on_it
    }
    return People(
        seats=tuple(sorted((line for line in living if line.status != "waitlisted"), key=_enrolled_first)),
        queue=tuple(
            sorted((line for line in living if line.status == "waitlisted"), key=lambda one: one.position or 0)
        ),
        invitations=tuple(sorted(invitations.values(), key=_far_first)),
        participants=tuple(sorted(participants, key=lambda line: (line.ended is not None, line.reference))),
        gone=tuple(line for line in lines if line.started is None and line.status in ("withdrawn", "expired")),
    )


def _enrolled_first(line: Line) -> tuple[bool, str]:
    return line.status != "enrolled", line.reference


def _far_first(line: Line) -> tuple[bool, bool, str]:
    return line.answer is None, not line.invited, line.reference


@dataclass(frozen=True, slots=True)
class AttendanceDay:
    """The form of one day: who takes part that day, and who is told to have been there."""

    on: date
    first: date
    last: date
    lines: tuple[Line, ...]

    @property
    def recorded(self) -> int:
        """For how many somebody has told."""
        return sum(line.was_there(self.on) is not None for line in self.lines)

    @property
    def missing(self) -> int:
        """For how many nobody has."""
        return len(self.lines) - self.recorded

    @property
    def present(self) -> int:
        """How many were there, as told."""
        return sum(line.was_there(self.on) is True for line in self.lines)


def attendance_day(cohort: Cohort, participants: Sequence[Line], asked: str, today: date) -> AttendanceDay | None:
    """The day that was asked for if the cohort was held on it, else today or the last day; None before the roster."""
    if not participants or today < cohort.starts:
        return None
    first, last = cohort.starts, min(today, cohort.ends)
    try:
        on = date.fromisoformat(asked)
    except ValueError:
        on = last
    on = on if first <= on <= last else last
    return AttendanceDay(on, first, last, tuple(line for line in participants if line.takes_part_on(on)))


def next_step(cohort: Cohort, today: date) -> str:
    """What is to be done with the cohort now: a key of ``words.NEXT``."""
    if cohort.cancelled_on is not None:
        return "cancelled"
    if cohort.frozen_on is not None:
        if cohort.running == 0:
            return "over"
        return "end" if today >= cohort.ends else "attend"
    if today >= cohort.starts:
        return "freeze" if cohort.enrolled else "nobody"
    return "full" if cohort.free == 0 else "fill"
