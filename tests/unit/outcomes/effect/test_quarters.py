"""Which days are the last ones of quarters."""

from datetime import date

import pytest

from services.outcomes.effect.quarters import is_last_day, last_day_of, last_finished


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 1, 1), date(2025, 12, 31)),
        (date(2026, 3, 31), date(2025, 12, 31)),
        (date(2026, 4, 1), date(2026, 3, 31)),
        (date(2026, 12, 31), date(2026, 9, 30)),
    ],
)
def test_a_quarter_is_over_on_the_day_after_its_last_one(today: date, last: date) -> None:
    assert last_finished(today) == last


def test_a_year_has_four_last_days() -> None:
    days = [date.fromordinal(date(2024, 1, 1).toordinal() + day) for day in range(366)]
    assert [str(day) for day in days if is_last_day(day)] == ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]


@pytest.mark.parametrize("said", ["2026-Q1", "2026q1", " 2026-Q1 ", "2026-03-31"])
def test_a_quarter_is_written_by_its_number_or_its_last_day(said: str) -> None:
    assert last_day_of(said) == date(2026, 3, 31)


def test_the_fourth_quarter_ends_with_its_year() -> None:
    assert last_day_of("2026-Q4") == date(2026, 12, 31)


@pytest.mark.parametrize("said", ["2026-Q5", "2026-03-30", "spring", ""])
def test_what_is_no_quarter_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        last_day_of(said)
