"""Enrolling, taking an offered seat, withdrawing: given events, when command, then events."""

from datetime import UTC, datetime, timedelta

import pytest

from services.courses.rules import enrolment as rule
from services.courses.rules.seat import Claim, Seats
from shared.contracts.event import Event
from shared.moment import end_of
from shared.problems import Refused
from tests.unit.courses.given import (
    BEFORE,
    STARTS,
    citizen,
    cohort,
    enrolled,
    enrolment,
    expired,
    offered,
    seats,
    waitlisted,
    withdrawn,
)

THREE_DAYS_LATER = datetime(2026, 9, 4, 8, tzinfo=UTC)


def enrol(given: Seats, number: int, at: datetime = BEFORE) -> list[object]:
    return list(rule.enrol(given, citizen(number), enrolment(number), at))


def withdraw(given: Seats, number: int, at: datetime = BEFORE) -> list[object]:
    return list(rule.withdraw(given, enrolment(number), None, at=at, today=at.date()))


def test_a_free_seat_is_given() -> None:
    assert enrol(seats(enrolled(1)), 2) == [enrolled(2)]


def test_a_full_cohort_gives_places_in_line() -> None:
    full = seats(enrolled(1), enrolled(2))
    assert enrol(full, 3) == [waitlisted(3, 1)]
    assert enrol(full.after(waitlisted(3, 1)), 4) == [waitlisted(4, 2)]


def test_an_offered_seat_is_not_free() -> None:
    given = seats(enrolled(1), enrolled(2), waitlisted(3, 1), withdrawn(2), offered(3, THREE_DAYS_LATER))
    assert enrol(given, 4) == [waitlisted(4, 1)]


@pytest.mark.parametrize("standing", [enrolled(1), waitlisted(1, 1)])
def test_nobody_is_on_a_cohort_twice(standing: Event) -> None:
    with pytest.raises(Refused) as refused:
        rule.enrol(seats(standing), citizen(1), enrolment(9), BEFORE)
    assert refused.value.code == "already-enrolled"
    assert refused.value.members == {"enrolment_id": str(enrolment(1))}


def test_a_merged_citizen_is_not_on_a_cohort_under_both_ids() -> None:
    given = Seats(cohort(), (Claim(enrolment(1), citizen(1), person=citizen(7), status="enrolled"),))
    with pytest.raises(Refused, match="already-enrolled"):
        enrol(given, 7)


def test_who_withdrew_may_come_back() -> None:
    assert enrol(seats(enrolled(1), withdrawn(1)), 1) == [enrolled(1)]


def test_the_whole_start_day_takes_people_and_no_moment_more() -> None:
    midnight = datetime(2026, 9, 7, 22, tzinfo=UTC)  # the start day ends in Denmark two hours before UTC's does
    assert end_of(STARTS) == midnight
    assert enrol(seats(), 1, midnight - timedelta(seconds=1)) == [enrolled(1)]
    with pytest.raises(Refused, match="cohort-started"):
        enrol(seats(), 1, midnight)


def test_a_cancelled_cohort_takes_nobody() -> None:
    with pytest.raises(Refused, match="cohort-cancelled"):
        enrol(Seats(cohort(cancelled=True)), 1)


def test_a_frozen_roster_takes_nobody() -> None:
    with pytest.raises(Refused, match="roster-frozen"):
        enrol(seats(frozen_on=STARTS), 1)


def test_an_offer_that_ran_out_goes_on_before_a_newcomer_gets_anything() -> None:
    given = seats(
        enrolled(1), enrolled(2), waitlisted(3, 1), waitlisted(4, 2), withdrawn(2), offered(3, THREE_DAYS_LATER)
    )
    assert enrol(given, 5, THREE_DAYS_LATER) == [
        expired(3),
        offered(4, datetime(2026, 9, 7, 8, tzinfo=UTC)),
        waitlisted(5, 1),
    ]


def test_who_let_an_offer_run_out_joins_the_end_of_the_line() -> None:
    given = seats(
        enrolled(1), waitlisted(2, 1), waitlisted(3, 2), withdrawn(1), offered(2, THREE_DAYS_LATER), capacity=1
    )
    events = rule.enrol(given, citizen(2), enrolment(9), THREE_DAYS_LATER)
    assert [event.name for event in events] == ["seat-offer-expired", "seat-offered", "citizen-waitlisted"]
    assert events[2].data()["position"] == 1  # citizen 3, who was before, is offered the seat


def test_a_withdrawn_seat_is_offered_to_the_first_in_line_for_three_days() -> None:
    given = seats(enrolled(1), enrolled(2), waitlisted(3, 1), waitlisted(4, 2))
    assert withdraw(given, 1) == [withdrawn(1), offered(3, THREE_DAYS_LATER)]


def test_a_seat_is_held_no_longer_than_the_start_day() -> None:
    given = seats(enrolled(1), waitlisted(2, 1), capacity=1)
    two_days_before = datetime(2026, 9, 5, 8, tzinfo=UTC)
    assert withdraw(given, 1, two_days_before) == [withdrawn(1), offered(2, datetime(2026, 9, 7, 22, tzinfo=UTC))]


def test_a_declined_offer_goes_to_the_next_in_line() -> None:
    given = seats(
        enrolled(1), waitlisted(2, 1), waitlisted(3, 2), withdrawn(1), offered(2, THREE_DAYS_LATER), capacity=1
    )
    assert withdraw(given, 2) == [withdrawn(2), offered(3, THREE_DAYS_LATER)]


def test_leaving_the_line_frees_no_seat() -> None:
    assert withdraw(seats(enrolled(1), enrolled(2), waitlisted(3, 1)), 3) == [withdrawn(3)]


def test_on_the_start_day_it_is_too_late_to_withdraw() -> None:
    with pytest.raises(Refused, match="cohort-started") as refused:
        withdraw(seats(enrolled(1)), 1, datetime(2026, 9, 7, 6, tzinfo=UTC))
    assert "not_met" in refused.value.detail


def test_withdrawing_twice_is_refused() -> None:
    with pytest.raises(Refused, match="enrolment-over"):
        withdraw(seats(enrolled(1), withdrawn(1)), 1)


def test_an_offered_seat_is_taken() -> None:
    given = seats(enrolled(1), waitlisted(2, 1), withdrawn(1), offered(2, THREE_DAYS_LATER), capacity=1)
    assert rule.accept(given, enrolment(2), THREE_DAYS_LATER - timedelta(seconds=1)) == [enrolled(2)]


def test_an_offer_that_ran_out_cannot_be_taken() -> None:
    given = seats(enrolled(1), waitlisted(2, 1), withdrawn(1), offered(2, THREE_DAYS_LATER), capacity=1)
    with pytest.raises(Refused, match="seat-offer-expired"):
        rule.accept(given, enrolment(2), THREE_DAYS_LATER)


@pytest.mark.parametrize("standing", [[enrolled(1)], [enrolled(2), enrolled(3), waitlisted(1, 1)]])
def test_only_an_offered_seat_is_taken(standing: list[Event]) -> None:
    with pytest.raises(Refused, match="no-seat-offered"):
        rule.accept(seats(*standing), enrolment(1), BEFORE)
