"""Moments: now or told, never the future, and a day is a Danish day."""

from datetime import UTC, date, datetime, timedelta

from services.outcomes.rules.moments import Moment, moment_of, not_after_today
from tests.unit.outcomes.refusal import refused

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def test_a_command_happens_now_unless_it_says_otherwise() -> None:
    assert moment_of(None, NOW) == Moment(NOW)
    assert moment_of(NOW - timedelta(days=30), NOW) == Moment(datetime(2026, 2, 8, 12, 0, tzinfo=UTC), told=True)


def test_a_command_may_have_happened_this_moment_but_not_later() -> None:
    assert moment_of(NOW, NOW).time == NOW
    with refused("happened-in-the-future"):
        moment_of(NOW + timedelta(microseconds=1), NOW)


def test_today_is_the_danish_day() -> None:
    late = Moment(datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    assert late.today == date(2026, 3, 2)
    not_after_today(date(2026, 3, 2), late, "It")
    with refused("not-yet"):
        not_after_today(date(2026, 3, 3), late, "It")


def test_what_is_told_late_happened_at_noon_of_its_day_and_what_happens_today_now() -> None:
    moment = Moment(NOW)
    assert moment.on(date(2026, 3, 10)) == NOW
    assert moment.on(date(2026, 3, 9)) == datetime(2026, 3, 9, 11, 0, tzinfo=UTC)
    assert Moment(NOW, told=True).on(date(2026, 3, 9)) == NOW
