"""A pilot: a course is tried on a few first. Its benchmark and sizes are fixed before anyone starts; people decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from services.courses.rules.course import Course, close
from shared.contracts.courses import PilotDecided, PilotOpened
from shared.contracts.event import Event
from shared.problems import Refused

PilotState = Literal["testing", "widened", "proven", "stopped"]


@dataclass(frozen=True, slots=True)
class CohortSeats:
    """A cohort of the course as its pilot sees it. ``taken`` seats are given or offered; once frozen, its roster."""

    cohort_id: UUID
    starts: date
    capacity: int
    cancelled: bool
    frozen: bool
    taken: int
    waiting: int

    @property
    def seats(self) -> int:
        """Seats that are taken or can still be: none but the taken ones when it is cancelled or its roster stands."""
        return self.taken if self.cancelled or self.frozen else self.capacity

    def begun(self, today: date) -> bool:
        """Whether anyone has started on it, also when that has not been told yet."""
        return self.taken > 0 and (self.frozen or self.starts <= today)

    def ahead(self, today: date) -> bool:
        """Whether it is still to start."""
        return not self.cancelled and not self.frozen and self.starts > today


@dataclass(frozen=True, slots=True)
class Pilot:
    """A pilot as it stands: what was registered, and every decision since, the earliest first."""

    plan: PilotOpened
    decided: tuple[PilotDecided, ...] = ()

    @property
    def state(self) -> PilotState:
        """testing at its first size, widened to its planned size, proven (over, with success), or stopped."""
        state: PilotState = "testing"
        for told in self.decided:
            if told.decision == "stop":
                return "stopped"
            if told.decision == "widen":
                state = "widened"
            elif state == "widened" and told.verdict == "continue":
                state = "proven"
        return state

    @property
    def stopped(self) -> bool:
        """Whether its course is being wound down."""
        return self.state == "stopped"

    @property
    def size(self) -> int | None:
        """Seats that the cohorts of the course may have together; None when it is over: proven or stopped."""
        sizes = {"testing": self.plan.first_size, "widened": self.plan.planned_size}
        return sizes.get(self.state)

    def must_go_on(self) -> None:
        """Refuse when the pilot was stopped."""
        if self.stopped:
            raise Refused(
                "pilot-stopped",
                "The pilot of this course was stopped",
                "Running cohorts finish, and nobody new comes onto the course. Choose another course.",
                pilot_id=str(self.plan.pilot_id),
            )

    def must_hold(self, capacity: int, cohorts: Iterable[CohortSeats]) -> None:
        """Refuse when a new cohort of so many seats would be more than the pilot may have."""
        self.must_go_on()
        held = sum(cohort.seats for cohort in cohorts)
        if self.size is not None and held + capacity > self.size:
            left = max(self.size - held, 0)
            raise self._full(
                "pilot-seats-held",
                f"its cohorts hold {held}",
                f"Open it with at most {left} seats." if left else "Fill the cohorts there are.",
                left,
            )

    def full(self) -> Refused:
        """The refusal of one more citizen when every seat that the pilot may fill is taken."""
        return self._full("pilot-full", "all are taken", "A seat that is given up can be given again.", 0)

    def _full(self, code: str, how: str, within: str, left: int) -> Refused:
        widen = "A manager may decide to widen the pilot: POST /pilots/{pilot_id}/decide."
        prove = "The limit falls when a manager decides to continue on figures that say continue."
        return Refused(
            code,
            f"The course is a pilot with {self.size} seats for now, and {how}",
            f"{within} {widen if self.state == 'testing' else prove}",
            pilot_id=str(self.plan.pilot_id),
            seats_left=left,
        )


def open_pilot(
    course: Course, plan: PilotOpened, standing: Pilot | None, cohorts: Iterable[CohortSeats]
) -> PilotOpened:
    """A course becomes a pilot, before its first participant starts and at most once.

    Refused also for a closed course, a measure that counts nobody of it, and a first size that is above the planned
    one or below what is taken already.
    """
    course.must_be_open()
    if standing is not None:
        raise Refused(
            "pilot-exists",
            f"The course has a pilot already: {standing.state}",
            "A course is tried out once. Decide the pilot there is, or offer another course with a pilot of its own.",
            pilot_id=str(standing.plan.pilot_id),
        )
    cohorts = tuple(cohorts)
    if any(cohort.begun(plan.registered_on) for cohort in cohorts):
        raise Refused(
            "pilot-too-late",
            "The first participants of this course have started",
            "Benchmark and size are fixed before anyone starts, so that no result can choose them. "
            "Offer the course anew, and open the pilot before its first cohort starts.",
        )
    if plan.first_size > plan.planned_size:
        raise Refused(
            "first-size-above-planned",
            f"It would begin with {plan.first_size} and end with {plan.planned_size}",
            "Give `first_size` <= `planned_size`.",
        )
    if (taken := sum(cohort.taken for cohort in cohorts)) > plan.first_size:
        raise Refused(
            "more-seats-taken",
            f"{taken} seats of this course are taken already",
            f"Give a `first_size` of at least {taken}, or withdraw enrolments first.",
        )
    _must_measure(course, plan.measure)
    return plan


def decide(pilot: Pilot, course: Course, told: PilotDecided) -> list[Event]:
    """A person decides. A stop closes the course too; it is the last word, and widening happens once."""
    pilot.must_go_on()
    if told.decision == "widen" and pilot.state != "testing":
        raise Refused(
            "already-widened",
            f"The pilot is {pilot.state} already",
            "Decide to continue or to stop; nothing needs deciding while it goes on as it is.",
        )
    if told.decision == "stop" and not course.closed:
        return [told, close(course, told.reason)]
    return [told]


def _must_measure(course: Course, measure: str) -> None:
    """Refuse a measure whose denominator has nobody of this course."""
    description = course.description
    if (measure == "mikrosprint_job" and description.kind != "mikrosprint") or (
        measure == "it_course_job" and not description.it_specific
    ):
        raise Refused(
            "measure-does-not-fit",
            f"{measure} counts nobody of this course",
            "mikrosprint_job counts mikrosprints, it_course_job specific IT courses, moved_on every course.",
        )
