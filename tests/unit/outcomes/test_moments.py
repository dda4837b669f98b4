"""A day that has not come yet is a Danish day."""

from datetime import UTC, date, datetime

from services.outcomes.rules.moments import not_after_today
from shared.moment import Moment
from tests.unit.outcomes.refusal import refused


def test_nothing_is_recorded_before_its_day_in_denmark() -> None:
    late = Moment(datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    not_after_today(date(2026, 3, 2), late, "It")
    with refused("not-yet"):
        not_after_today(date(2026, 3, 3), late, "It")
