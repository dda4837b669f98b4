"""A course that a citizen may be referred to, until it is wound down."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from shared.problems import Refused

Cause = Literal["pilot-stopped", "course-closed"]
TOLD: dict[Cause, str] = {
    "pilot-stopped": "The pilot of this course was stopped",
    "course-closed": "This course was closed",
}


@dataclass(frozen=True, slots=True)
class WindDown:
    """Why a course takes nobody new any more, from which day on, and the reason that was given."""

    cause: Cause
    on: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A course of the citizen's municipality; ``ended`` is None while it is on offer."""

    course_id: UUID
    ended: WindDown | None = None

    def must_be_on_offer(self) -> None:
        """Raise Refused, with the reason that was given, when the course is wound down."""
        if self.ended is not None:
            raise Refused(
                self.ended.cause,
                f"{TOLD[self.ended.cause]} on {self.ended.on}",
                "Nobody new comes onto it. Refer the citizen to another course (the courses service lists those on"
                " offer: GET /courses), or to another offer.",
                course_id=str(self.course_id),
                reason=self.ended.reason,
            )
