"""A moment as it is typed."""

from datetime import UTC, date, datetime

import pytest

from services.desk.companies.moments import typed
from shared.problems import Invalid

TODAY = date(2026, 7, 1)


def test_nothing_typed_is_now() -> None:
    assert typed("", "", today=TODAY) is None


def test_day_and_time_are_danish() -> None:
    assert typed("2026-01-15", "09:05", today=TODAY) == datetime(2026, 1, 15, 8, 5, tzinfo=UTC)
    assert typed("2026-07-15", "09:05", today=TODAY) == datetime(2026, 7, 15, 7, 5, tzinfo=UTC)


def test_a_time_alone_is_of_today() -> None:
    assert typed("", "09:05", today=TODAY) == datetime(2026, 7, 1, 7, 5, tzinfo=UTC)


@pytest.mark.parametrize(("day", "clock"), [("2026-07-01", ""), ("1/7", "09:05"), ("2026-07-01", "kvart i")])
def test_what_cannot_be_read_is_refused(day: str, clock: str) -> None:
    with pytest.raises(Invalid) as raised:
        typed(day, clock, today=TODAY)
    assert raised.value.code == "moment-unreadable"
