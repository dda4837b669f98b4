"""9999-12-31 is a day that anybody may name: it ends with the calendar, and is no fault."""

from datetime import UTC, date, datetime

from services.outcomes.effect.quarters import is_last_day, last_day_of
from services.outcomes.projection import as_known
from shared import moment

LAST = date(9999, 12, 31)
BEFORE = date(9999, 12, 30)


def test_the_last_day_ends_with_the_calendar() -> None:
    assert moment.end_of(LAST) == datetime.max.replace(tzinfo=UTC)
    assert as_known.recorded_by(LAST) > as_known.recorded_by(BEFORE)


def test_the_day_before_ends_as_any_other() -> None:
    assert moment.end_of(BEFORE) == datetime(9999, 12, 30, 23, tzinfo=UTC)


def test_it_is_the_last_day_of_a_quarter() -> None:
    assert is_last_day(LAST)
    assert last_day_of("9999-12-31") == LAST
