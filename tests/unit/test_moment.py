"""Moments: now or told, never the future, and a day is a Danish day."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from shared.moment import Moment, moment
from shared.problems import Refused

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def test_a_command_happens_now_unless_it_says_otherwise() -> None:
    assert moment(None, NOW) == Moment(NOW)
    assert moment(NOW - timedelta(days=30), NOW) == Moment(datetime(2026, 2, 8, 12, 0, tzinfo=UTC), told=True)


def test_a_moment_is_kept_in_universal_time() -> None:
    told = moment(datetime(2026, 3, 10, 9, 30, tzinfo=timezone(timedelta(hours=1))), NOW)
    assert told.time.isoformat() == "2026-03-10T08:30:00+00:00"


def test_a_command_may_have_happened_this_moment_but_not_later() -> None:
    assert moment(NOW, NOW).time == NOW
    with pytest.raises(Refused) as refused:
        moment(NOW + timedelta(microseconds=1), NOW)
    assert refused.value.code == "happened-in-the-future"


def test_today_is_the_danish_day() -> None:
    assert Moment(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)).today == date(2026, 3, 2)


def test_what_is_told_late_happened_at_noon_of_its_day_and_what_happens_today_now() -> None:
    assert Moment(NOW).on(date(2026, 3, 10)) == NOW
    assert Moment(NOW).on(date(2026, 3, 9)) == datetime(2026, 3, 9, 11, 0, tzinfo=UTC)
    assert Moment(NOW, told=True).on(date(2026, 3, 9)) == datetime(2026, 3, 9, 11, 0, tzinfo=UTC)


def test_a_moment_that_was_named_may_stand_for_another_day() -> None:
    assert Moment(NOW).told_or_on(date(2026, 3, 9)) == datetime(2026, 3, 9, 11, 0, tzinfo=UTC)
    assert Moment(NOW, told=True).told_or_on(date(2026, 3, 9)) == NOW
