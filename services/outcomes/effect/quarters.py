"""Quarters: figures are published as of their last days only."""

import re
from datetime import date, timedelta

MONTHS = 3
QUARTER = re.compile(r"([0-9]{4})-?[Qq]([1-4])")


def last_finished(today: date) -> date:
    """The last day of the last quarter that was over before today."""
    return _first_day(today) - timedelta(days=1)


def is_last_day(day: date) -> bool:
    """Whether it is the last day of a quarter."""
    return day == date.max or day + timedelta(days=1) == _first_day(day + timedelta(days=1))


def last_day_of(quarter: str) -> date:
    """The last day of a quarter written as ``2026-Q1``, or as that day itself. Raises ``ValueError``."""
    if found := QUARTER.fullmatch(quarter.strip()):
        year, number = map(int, found.groups())
        day = date(year + number // 4, MONTHS * number % 12 + 1, 1) - timedelta(days=1)
    else:
        day = date.fromisoformat(quarter.strip())
    if not is_last_day(day):
        raise ValueError(f"{day} is not the last day of a quarter")
    return day


def _first_day(day: date) -> date:
    """The first day of the quarter that a day is in."""
    return date(day.year, day.month - (day.month - 1) % MONTHS, 1)
