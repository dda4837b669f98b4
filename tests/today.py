"""Days as the Danish calendar has them when they are asked for: a run of the tests may go on past midnight."""

from datetime import UTC, date, datetime, timedelta

from shared.clock import COPENHAGEN, danish_day, now


def today() -> date:
    """The day that it is."""
    return danish_day(now())


def yesterday() -> date:
    """The day before."""
    return today() - timedelta(days=1)


def tomorrow() -> date:
    """The day after."""
    return today() + timedelta(days=1)


def days_ago(days: int) -> datetime:
    """This time of day so many Danish days before: an hour earlier or later where the clocks were changed between."""
    return (now().astimezone(COPENHAGEN) - timedelta(days=days)).astimezone(UTC)
