"""An enrolment: a seat or a place in line; an offered seat taken; an enrolment withdrawn before the start."""

from datetime import date, datetime
from uuid import UUID

from services.courses.rules.seat import Seats, expire
from shared.contracts.courses import CitizenEnrolled, CitizenWaitlisted, EnrolmentWithdrawn
from shared.contracts.event import Event
from shared.problems import Refused


def enrol(seats: Seats, citizen_id: UUID, enrolment_id: UUID, at: datetime) -> list[Event]:
    """A free seat, or else the next place in line. Offers that have run out are settled first.

    Refused when the cohort takes nobody any more, when the citizen has a seat, an offer or a place in line already, and
    when the cohort has room but the pilot of its course has not.
    """
    cohort = seats.cohort
    cohort.must_take_newcomers(at)
    settled = expire(seats, at)
    seats = seats.after_all(settled)
    for claim in seats.claims:
        if claim.person == citizen_id:
            raise Refused(
                "already-enrolled",
                f"The citizen is {claim.status} on this cohort already",
                "A citizen is on a cohort once. Use the enrolment there is.",
                enrolment_id=str(claim.enrolment_id),
            )
    names = {
        "municipality": cohort.municipality,
        "enrolment_id": enrolment_id,
        "cohort_id": cohort.cohort_id,
        "citizen_id": citizen_id,
    }
    if seats.free > 0:
        return [*settled, CitizenEnrolled.model_validate(names)]
    if cohort.pilot is not None and seats.taken < cohort.capacity:
        raise cohort.pilot.full()
    return [*settled, CitizenWaitlisted.model_validate({**names, "position": len(seats.line) + 1})]


def accept(seats: Seats, enrolment_id: UUID, at: datetime) -> list[Event]:
    """An offered seat is taken. Refused when no seat is offered, or the offer ran out."""
    seats.cohort.must_take_newcomers(at)
    claim = seats.claim(enrolment_id)
    if claim.status != "offered":
        raise Refused(
            "no-seat-offered", f"No seat is offered: the citizen is {claim.status}", "Only an offered seat is taken."
        )
    if claim.expires is not None and claim.expires <= at:
        raise Refused(
            "seat-offer-expired",
            f"The offer ran out at {claim.expires.isoformat()}",
            "The seat goes to the next in line. Enrol the citizen again to join the line.",
        )
    return [
        CitizenEnrolled(
            municipality=seats.cohort.municipality,
            enrolment_id=enrolment_id,
            cohort_id=seats.cohort.cohort_id,
            citizen_id=claim.citizen_id,
        )
    ]


def withdraw(seats: Seats, enrolment_id: UUID, reason: str | None, *, at: datetime, today: date) -> list[Event]:
    """A seat, an offer or a place in line is given up before the start day; a seat goes to the first in line.

    Refused from the start day on: then a participation ends instead, and stays in the figures.
    """
    cohort = seats.cohort
    cohort.must_take_people(at)
    if today >= cohort.starts:
        raise Refused(
            "cohort-started",
            f"The cohort started on {cohort.starts}",
            "Freeze the roster and end the participation with its reason, such as not_met.",
        )
    claim = seats.claim(enrolment_id)
    withdrawn = EnrolmentWithdrawn(
        municipality=cohort.municipality,
        enrolment_id=enrolment_id,
        cohort_id=cohort.cohort_id,
        citizen_id=claim.citizen_id,
        reason=reason,
    )
    return [withdrawn, *expire(seats.after(withdrawn), at)]
