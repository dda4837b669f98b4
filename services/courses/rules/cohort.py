"""A cohort (hold): opened with dates and seats; when it still takes people."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.courses.rules.course import Course
from shared.contracts.courses import CohortOpened
from shared.problems import Refused


@dataclass(frozen=True, slots=True)
class Cohort:
    """A cohort as it stands. ``closes`` is the moment at which its start day is over: nobody gets a seat after it."""

    municipality: str
    cohort_id: UUID
    course_id: UUID
    starts: date
    ends: date
    capacity: int
    closes: datetime
    cancelled: bool = False
    frozen_on: date | None = None

    def must_take_place(self) -> None:
        """Refuse when the cohort is cancelled."""
        if self.cancelled:
            raise Refused("cohort-cancelled", "The cohort is cancelled", "Choose another cohort of the course.")

    def must_take_people(self, at: datetime) -> None:
        """Refuse when nobody can come onto the cohort any more: cancelled, roster frozen, or the start day is over."""
        self.must_take_place()
        if self.frozen_on is not None:
            raise Refused(
                "roster-frozen",
                f"The roster was frozen on {self.frozen_on}",
                "Nobody comes onto a frozen roster. Choose another cohort of the course.",
            )
        if at >= self.closes:
            raise Refused(
                "cohort-started",
                f"The cohort started on {self.starts}",
                "Choose another cohort; or say with `happened` when it happened, if it was before the start.",
            )


def open_cohort(course: Course, opened: CohortOpened) -> CohortOpened:
    """A cohort of an open course, with at least one seat, that ends no earlier than it starts."""
    course.must_be_open()
    if opened.ends < opened.starts:
        raise Refused(
            "ends-before-start", f"The cohort would end on {opened.ends}, before it starts", "Give `ends` >= `starts`."
        )
    return opened
