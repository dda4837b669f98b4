"""Short words for the stories of a cohort: citizens and enrolments by number, seats after what has happened."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from services.courses.rules.cohort import Cohort
from services.courses.rules.participation import Participation
from services.courses.rules.pilot import CohortSeats, Pilot
from services.courses.rules.seat import Seats
from shared.contracts.courses import (
    CitizenEnrolled,
    CitizenWaitlisted,
    CourseOffered,
    EnrolmentWithdrawn,
    PilotDecided,
    PilotOpened,
    SeatOffered,
    SeatOfferExpired,
)
from shared.contracts.event import Event
from shared.moment import end_of

MUNICIPALITY = "0370"
COHORT = UUID(int=1)
COURSE = UUID(int=2)
STARTS, ENDS = date(2026, 9, 7), date(2026, 10, 2)
BEFORE = datetime(2026, 9, 1, 8, tzinfo=UTC)


def citizen(number: int) -> UUID:
    return UUID(int=1000 + number)


def enrolment(number: int) -> UUID:
    return UUID(int=2000 + number)


def cohort(capacity: int = 2, *, cancelled: bool = False, frozen_on: date | None = None) -> Cohort:
    return Cohort(MUNICIPALITY, COHORT, COURSE, STARTS, ENDS, capacity, end_of(STARTS), cancelled, frozen_on)


def seats(*events: Event, capacity: int = 2, frozen_on: date | None = None) -> Seats:
    """Given these events."""
    return Seats(cohort(capacity, frozen_on=frozen_on)).after_all(events)


def names(number: int) -> dict[str, object]:
    return {
        "municipality": MUNICIPALITY,
        "enrolment_id": enrolment(number),
        "cohort_id": COHORT,
        "citizen_id": citizen(number),
    }


def enrolled(number: int) -> CitizenEnrolled:
    return CitizenEnrolled.model_validate(names(number))


def waitlisted(number: int, position: int) -> CitizenWaitlisted:
    return CitizenWaitlisted.model_validate({**names(number), "position": position})


def offered(number: int, expires: datetime, position: int = 1) -> SeatOffered:
    return SeatOffered.model_validate({**names(number), "position": position, "expires": expires})


def expired(number: int) -> SeatOfferExpired:
    return SeatOfferExpired.model_validate(names(number))


def withdrawn(number: int, reason: str | None = None) -> EnrolmentWithdrawn:
    return EnrolmentWithdrawn.model_validate({**names(number), "reason": reason})


def participation(number: int, ended: date | None = None, reason: str | None = None) -> Participation:
    return Participation(MUNICIPALITY, enrolment(number), COHORT, COURSE, citizen(number), STARTS, ended, reason)  # type: ignore[arg-type]


def course(**changes: object) -> CourseOffered:
    return CourseOffered.model_validate(CourseOffered.example().data() | changes)


def plan(first: int = 3, planned: int = 8, **changes: object) -> PilotOpened:
    """Registered a week before the cohort starts."""
    sizes = {"first_size": first, "planned_size": planned, "registered_on": date(2026, 9, 1), "course_id": COURSE}
    return PilotOpened.model_validate(PilotOpened.example().data() | sizes | changes)


def decided(decision: str, verdict: str = "cannot-tell-yet") -> PilotDecided:
    return PilotDecided.model_validate(PilotDecided.example().data() | {"decision": decision, "verdict": verdict})


def pilot(*decisions: PilotDecided, first: int = 3, planned: int = 8) -> Pilot:
    return Pilot(plan(first, planned), decisions)


def piloted(standing: Pilot, *events: Event, capacity: int, elsewhere: int = 0, frozen_on: date | None = None) -> Seats:
    """Given these events on a cohort of a pilot, with so many seats taken in its other cohorts."""
    of_pilot = replace(cohort(capacity, frozen_on=frozen_on), pilot=standing)
    return Seats(of_pilot, elsewhere=elsewhere).after_all(events)


def other(
    capacity: int = 10,
    taken: int = 0,
    *,
    starts: date = STARTS,
    cancelled: bool = False,
    frozen: bool = False,
) -> CohortSeats:
    """Another cohort of the course."""
    return CohortSeats(COHORT, starts, capacity, cancelled, frozen, taken, waiting=0)
