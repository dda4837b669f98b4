"""Days are Danish calendar days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.outcomes.effect.days import (
    EPOCH,
    NEVER,
    danish_day,
    danish_days,
    day,
    microseconds,
    moment,
    months_after,
)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2021-03-01T22:59:59.999999Z", "2021-03-01"),  # winter: one hour ahead of UTC
        ("2021-03-01T23:00:00Z", "2021-03-02"),
        ("2021-03-01T23:30:00Z", "2021-03-02"),
        ("2021-07-01T21:59:59Z", "2021-07-01"),  # summer: two hours
        ("2021-07-01T22:00:00Z", "2021-07-02"),
        ("2021-03-27T23:00:00Z", "2021-03-28"),  # the night before the clocks go forward
        ("2021-03-28T22:00:00Z", "2021-03-29"),  # the night after
        ("2021-10-30T22:00:00Z", "2021-10-31"),  # and back
        ("2021-10-31T22:59:00Z", "2021-10-31"),
        ("2021-10-31T23:00:00Z", "2021-11-01"),
        ("2021-12-31T23:00:00Z", "2022-01-01"),
        ("2021-03-02T00:30:00+01:00", "2021-03-02"),
        ("2021-03-01T20:00:00-05:00", "2021-03-02"),
    ],
)
def test_a_moment_belongs_to_its_danish_day(at: str, expected: str) -> None:
    assert date.fromordinal(danish_day(moment(at))).isoformat() == expected


MOMENTS = st.integers(0, 2_145_916_800_000_000).map(lambda time: EPOCH + timedelta(microseconds=time))
"""Until the end of 2037."""


@given(MOMENTS)
def test_every_moment_has_the_day_of_the_time_zone_database(at: datetime) -> None:
    expected = at.astimezone(ZoneInfo("Europe/Copenhagen")).date().toordinal()
    assert danish_day(microseconds(at)) == expected
    assert danish_days([microseconds(at)]) == [expected]


def test_an_iso_date_is_a_day_already() -> None:
    assert day("2021-03-02") - day("2021-03-01") == 1


@pytest.mark.parametrize("text", ["", "2021-02-30", "1 March 2021"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text is the standard library's
        day(text)


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        moment("2021-03-01T12:00:00")


@pytest.mark.parametrize(
    ("on", "months", "expected"), [("9999-11-30", 1, "9999-12-30"), ("9999-12-31", 1, None), ("9999-01-31", 12, None)]
)
def test_what_lies_behind_the_calendar_is_never(on: str, months: int, expected: str | None) -> None:
    assert months_after(day(on), months) == (NEVER if expected is None else day(expected))


def test_a_moment_behind_the_calendar_is_never() -> None:
    assert danish_day(moment("9999-12-31T22:59:59Z")) == day("9999-12-31")
    assert danish_day(moment("9999-12-31T23:00:00Z")) == NEVER
    assert danish_day(moment("9999-12-31T23:59:59Z") + 24 * 3_600_000_000) == NEVER
