"""A cohort (hold): opened with dates and seats; when it still takes people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.courses.rules.course import Course
from services.courses.rules.pilot import CohortSeats, Pilot
from shared.contracts.courses import CohortOpened
from shared.problems import Refused


@dataclass(frozen=True, slots=True)
class Cohort:
    """A cohort as it stands. ``closes`` is the moment at which its start day is over: nobody gets a seat after it.

    ``pilot`` is the one of its course, if there is one.
    """

    municipality: str
    cohort_id: UUID
    course_id: UUID
    starts: date
    ends: date
    capacity: int
    closes: datetime
    cancelled: bool = False
    frozen_on: date | None = None
    pilot: Pilot | None = None

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

    def must_take_newcomers(self, at: datetime) -> None:
        """Refuse also when the course is wound down: who is on the cohort may leave it, and nobody comes to it."""
        self.must_take_people(at)
        if self.pilot is not None:
            self.pilot.must_go_on()


def open_cohort(
    course: Course, opened: CohortOpened, pilot: Pilot | None = None, cohorts: Iterable[CohortSeats] = ()
) -> CohortOpened:
    """A cohort of an open course that ends no earlier than it starts.

    While the course is a pilot its ``cohorts``, the new one with them, have no more seats than the pilot may have.
    """
    course.must_be_open()
    if pilot is not None:
        pilot.must_hold(opened.capacity, cohorts)
    if opened.ends < opened.starts:
        raise Refused(
            "ends-before-start", f"The cohort would end on {opened.ends}, before it starts", "Give `ends` >= `starts`."
        )
    return opened
