"""Freezing the roster, and cancelling a cohort."""

from datetime import UTC, date, datetime

import pytest

from services.courses.rules import cancellation, roster
from services.courses.rules.seat import Seats
from shared.contracts.courses import RosterFrozen
from shared.moment import Moment
from shared.problems import Refused
from tests.unit.courses.given import (
    COHORT,
    ENDS,
    MUNICIPALITY,
    STARTS,
    cohort,
    enrolled,
    enrolment,
    expired,
    offered,
    participation,
    seats,
    waitlisted,
    withdrawn,
)

TODAY = date(2026, 9, 9)


def test_everybody_with_a_seat_starts_and_open_offers_end() -> None:
    given = seats(
        enrolled(2), enrolled(1), waitlisted(3, 1), withdrawn(1), enrolled(4), offered(3, datetime.now(UTC)), capacity=3
    )
    frozen, ended, *started = roster.freeze(given, STARTS, STARTS)
    assert frozen == RosterFrozen(
        municipality=MUNICIPALITY, cohort_id=COHORT, enrolment_ids=(enrolment(2), enrolment(4))
    )
    assert ended == expired(3)
    assert [(event.data()["enrolment_id"], event.data()["on"]) for event in started] == [
        (str(enrolment(2)), "2026-09-07"),
        (str(enrolment(4)), "2026-09-07"),
    ]


@pytest.mark.parametrize("on", [date(2026, 9, 6), date(2026, 9, 10)])
def test_the_roster_is_frozen_from_the_start_day_on_and_not_in_the_future(on: date) -> None:
    with pytest.raises(Refused, match="not-start-day"):
        roster.freeze(seats(enrolled(1)), on, TODAY)


def test_the_roster_can_be_told_late_but_within_the_cohort() -> None:
    events = roster.freeze(seats(enrolled(1)), TODAY, date(2026, 12, 1))
    assert events[1].data()["on"] == "2026-09-09"
    with pytest.raises(Refused, match="not-start-day"):
        roster.freeze(seats(enrolled(1)), date(2026, 10, 3), date(2026, 12, 1))


def test_the_roster_is_frozen_once() -> None:
    with pytest.raises(Refused, match="roster-frozen"):
        roster.freeze(seats(enrolled(1), frozen_on=STARTS), STARTS, TODAY)


def test_an_empty_roster_is_no_roster() -> None:
    with pytest.raises(Refused, match="roster-empty"):
        roster.freeze(seats(waitlisted(1, 1)), STARTS, TODAY)


def test_a_cancelled_cohort_has_no_roster() -> None:
    with pytest.raises(Refused, match="cohort-cancelled"):
        roster.freeze(Seats(cohort(cancelled=True)), STARTS, TODAY)


def test_cancelling_before_the_start_lets_every_claim_fall_away() -> None:
    given = seats(enrolled(2), enrolled(1), waitlisted(3, 1))
    cancelled, *fallen = cancellation.cancel(given, [], "Too few", date(2026, 9, 1))
    assert cancelled.data()["reason"] == "Too few"
    because = "The cohort was cancelled."
    assert fallen == [withdrawn(1, because), withdrawn(2, because), withdrawn(3, because)]


def test_cancelling_a_running_cohort_ends_who_takes_part() -> None:
    given = seats(enrolled(1), enrolled(2), frozen_on=STARTS)
    left = participation(2, ended=TODAY, reason="dropped_out")
    _, *ended = cancellation.cancel(given, [participation(1), left], None, TODAY)
    assert [(event.data()["enrolment_id"], event.data()["reason"], event.data()["on"]) for event in ended] == [
        (str(enrolment(1)), "cancelled_by_provider", "2026-09-09")
    ]


def test_cancelling_twice_is_refused() -> None:
    with pytest.raises(Refused, match="cohort-cancelled"):
        cancellation.cancel(Seats(cohort(cancelled=True)), [], None, ENDS)


def test_what_is_told_late_happened_at_noon_of_its_day_in_denmark() -> None:
    told = Moment(datetime(2026, 9, 9, 6, 30, tzinfo=UTC))
    assert told.on(date(2026, 9, 9)) == told.time
    assert told.on(date(2026, 9, 7)) == datetime(2026, 9, 7, 10, tzinfo=UTC)
    assert told.on(date(2026, 1, 7)) == datetime(2026, 1, 7, 11, tzinfo=UTC)
