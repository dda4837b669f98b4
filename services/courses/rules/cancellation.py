"""A cohort is cancelled: before its start the enrolments fall away, after it the participations end."""

from collections.abc import Iterable
from datetime import date

from services.courses.rules.participation import Participation, end
from services.courses.rules.seat import Seats
from shared.contracts.courses import CohortCancelled, EnrolmentWithdrawn
from shared.contracts.event import Event


def cancel(seats: Seats, participations: Iterable[Participation], reason: str | None, today: date) -> list[Event]:
    """The cohort is cancelled. Nobody keeps a claim on a seat, and who takes part ends as cancelled_by_provider."""
    cohort = seats.cohort
    cohort.must_take_place()
    cancelled = CohortCancelled(
        municipality=cohort.municipality, cohort_id=cohort.cohort_id, course_id=cohort.course_id, reason=reason
    )
    if cohort.frozen_on is not None:
        running = sorted((p for p in participations if p.ended is None), key=lambda p: p.citizen_id)
        return [cancelled, *(end(p, "cancelled_by_provider", today, today) for p in running)]
    withdrawn = [
        EnrolmentWithdrawn(
            municipality=cohort.municipality,
            enrolment_id=claim.enrolment_id,
            cohort_id=cohort.cohort_id,
            citizen_id=claim.citizen_id,
            reason="The cohort was cancelled.",
        )
        for claim in sorted(seats.claims, key=lambda claim: claim.citizen_id)
    ]
    return [cancelled, *withdrawn]
