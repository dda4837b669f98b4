"""The roster: who is on a cohort on its start day. It is frozen once, and is the denominator of every figure."""

from datetime import date

from services.courses.rules.seat import Seats, end_offers
from shared.contracts.courses import ParticipationStarted, RosterFrozen
from shared.contracts.event import Event
from shared.problems import Refused


def freeze(seats: Seats, on: date, today: date) -> list[Event]:
    """Everybody with a seat starts on ``on``, the start day or later; open seat offers end, who waits got no seat.

    Refused before the start day, a second time, for a cancelled cohort, and when nobody has a seat.
    """
    cohort = seats.cohort
    cohort.must_take_place()
    if cohort.frozen_on is not None:
        raise Refused("roster-frozen", f"The roster was frozen on {cohort.frozen_on}", "It is frozen once and for all.")
    if not cohort.starts <= on <= min(today, cohort.ends):
        raise Refused(
            "not-start-day",
            f"{on} is not between the start on {cohort.starts} and {min(today, cohort.ends)}",
            "The roster is frozen on the day the cohort starts, and can be told later.",
        )
    enrolled = sorted((c for c in seats.claims if c.status == "enrolled"), key=lambda claim: claim.citizen_id)
    if not enrolled:
        raise Refused("roster-empty", "Nobody has a seat on this cohort", "Cancel the cohort instead.")
    frozen = RosterFrozen(
        municipality=cohort.municipality,
        cohort_id=cohort.cohort_id,
        enrolment_ids=tuple(claim.enrolment_id for claim in enrolled),
    )
    started = [
        ParticipationStarted(
            municipality=cohort.municipality,
            enrolment_id=claim.enrolment_id,
            cohort_id=cohort.cohort_id,
            course_id=cohort.course_id,
            citizen_id=claim.citizen_id,
            on=on,
        )
        for claim in enrolled
    ]
    return [frozen, *end_offers(seats), *started]
