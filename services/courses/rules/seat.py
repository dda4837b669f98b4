"""Seats of a cohort and the line for them: a free seat is offered to the first in line, for a limited time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce
from typing import Literal
from uuid import UUID

from services.courses.rules.cohort import Cohort
from shared.contracts.courses import (
    CitizenEnrolled,
    CitizenWaitlisted,
    EnrolmentWithdrawn,
    SeatOffered,
    SeatOfferExpired,
)
from shared.contracts.event import Event
from shared.problems import Refused

Status = Literal["enrolled", "offered", "waitlisted"]
HELD = timedelta(days=3)
"""How long an offered seat is held; never longer than the cohort's start day."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A citizen's living claim on a seat. ``person`` is the citizen she was merged into, else herself."""

    enrolment_id: UUID
    citizen_id: UUID
    person: UUID
    status: Status
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seats:
    """A cohort's living claims, those who wait in the order of the line. An offered seat is held: it is not free.

    ``elsewhere`` are the taken seats of the course's other cohorts, counted while its pilot has a size.
    """

    cohort: Cohort
    claims: tuple[Claim, ...] = ()
    elsewhere: int = 0

    @property
    def taken(self) -> int:
        """Seats that somebody has or is offered."""
        return sum(claim.status != "waitlisted" for claim in self.claims)

    @property
    def free(self) -> int:
        """Seats that nobody has and nobody is offered, and that the pilot of the course may fill."""
        pilot, empty = self.cohort.pilot, self.cohort.capacity - self.taken
        if pilot is None or pilot.size is None:
            return empty
        return min(empty, pilot.size - self.elsewhere - self.taken)

    @property
    def line(self) -> tuple[Claim, ...]:
        """Who waits, the first in line first."""
        return tuple(claim for claim in self.claims if claim.status == "waitlisted")

    def claim(self, enrolment_id: UUID) -> Claim:
        """The claim of this enrolment. Refused when it no longer stands."""
        for claim in self.claims:
            if claim.enrolment_id == enrolment_id:
                return claim
        raise Refused(
            "enrolment-over",
            "This enrolment no longer stands",
            "It was withdrawn, or its seat offer expired. The citizen can be enrolled again.",
        )

    def after(self, event: Event) -> "Seats":
        """The seats once this event has happened."""
        match event:
            case CitizenEnrolled():
                return self._with(event, "enrolled")
            case CitizenWaitlisted():
                return self._with(event, "waitlisted")
            case SeatOffered():
                return self._with(event, "offered", event.expires)
            case SeatOfferExpired() | EnrolmentWithdrawn():
                return replace(self, claims=tuple(c for c in self.claims if c.enrolment_id != event.enrolment_id))
        return self

    def after_all(self, events: Iterable[Event]) -> "Seats":
        """The seats once all of these events have happened."""
        return reduce(Seats.after, events, self)

    def _with(
        self, event: CitizenEnrolled | CitizenWaitlisted | SeatOffered, status: Status, expires: datetime | None = None
    ) -> "Seats":
        """The claim that the event is about, as it is now: in its place, or at the end when it is new."""
        claims = list(self.claims)
        for place, claim in enumerate(claims):
            if claim.enrolment_id == event.enrolment_id:
                claims[place] = replace(claim, status=status, expires=expires)
                break
        else:
            claims.append(Claim(event.enrolment_id, event.citizen_id, event.citizen_id, status, expires))
        return replace(self, claims=tuple(claims))


def expire(seats: Seats, at: datetime) -> list[Event]:
    """Offers not taken in time expire; every free seat goes to the next in line, while the cohort takes people."""
    expired = [_expired(seats.cohort, claim) for claim in seats.claims if claim.expires and claim.expires <= at]
    return [*expired, *_offers(seats.after_all(expired), at)]


def end_offers(seats: Seats) -> list[Event]:
    """Every standing offer ends now, and nobody is offered a seat any more."""
    return [_expired(seats.cohort, claim) for claim in seats.claims if claim.status == "offered"]


def _expired(cohort: Cohort, claim: Claim) -> SeatOfferExpired:
    return SeatOfferExpired(
        municipality=cohort.municipality,
        enrolment_id=claim.enrolment_id,
        cohort_id=cohort.cohort_id,
        citizen_id=claim.citizen_id,
    )


def _offers(seats: Seats, at: datetime) -> list[SeatOffered]:
    cohort = seats.cohort
    wound_down = cohort.pilot is not None and cohort.pilot.stopped
    if cohort.cancelled or cohort.frozen_on or wound_down or at >= cohort.closes:
        return []
    return [
        SeatOffered(
            municipality=cohort.municipality,
            enrolment_id=claim.enrolment_id,
            cohort_id=cohort.cohort_id,
            citizen_id=claim.citizen_id,
            position=place,
            expires=min(at + HELD, cohort.closes),
        )
        for place, claim in enumerate(seats.line[: max(seats.free, 0)], start=1)
    ]
