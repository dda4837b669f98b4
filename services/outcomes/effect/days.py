"""Days: every rule counts in Danish calendar days, written as whole numbers (``date.toordinal``).

A ``date`` in a payload (``on``, ``until``, ``valid_from``) is a Danish day already. A moment (``time``, ``at``) belongs
to the day it has in Europe/Copenhagen: 2021-03-01T23:30Z is 2 March.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import MAXYEAR, UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DANISH = ZoneInfo("Europe/Copenhagen")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
HOUR = 3_600_000_000
"""Microseconds of an hour."""
END_OF_CALENDAR = (datetime(MAXYEAR, 12, 31, 23, tzinfo=UTC) - EPOCH) // timedelta(hours=1)
"""The hour, counted from 1970-01-01 UTC, from which on it is the year 10000 in Denmark."""
FIRST = 0
"""A day before every other."""
NEVER = date.max.toordinal() + 1
"""A day after every other: the end of what has not ended."""


def day(iso: str) -> int:
    """The day of an ISO date. Raises ``ValueError`` for anything else."""
    return date.fromisoformat(iso).toordinal()


@lru_cache(maxsize=1 << 14)
def months_after(on: int, months: int) -> int:
    """The same day of the month so many calendar months later; the month's last day where it has no such day.

    ``NEVER`` where the calendar ends before: 9999-12-31 is written for *some day*, and must not stop the counting.
    """
    start = date.fromordinal(on)
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    if year > MAXYEAR:
        return NEVER
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).toordinal()


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970-01-01 UTC of an aware moment. Raises ``ValueError`` when it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return (moment - EPOCH) // MICROSECOND


def moment(iso: str) -> int:
    """Microseconds since 1970-01-01 UTC of an RFC 3339 moment."""
    return microseconds(datetime.fromisoformat(iso))


def danish_day(time: int) -> int:
    """The Danish calendar day of a moment in microseconds since 1970-01-01 UTC."""
    return _day_of_hour(time // HOUR)


def danish_days(times: Iterable[int]) -> list[int]:
    """The Danish calendar days of many moments."""
    return [_day_of_hour(time // HOUR) for time in times]


@lru_cache(maxsize=1 << 16)
def _day_of_hour(hour: int) -> int:
    """Danish days begin and end on whole UTC hours, so that an hour needs the time zone's rules only once."""
    if hour >= END_OF_CALENDAR:
        return NEVER
    return datetime.fromtimestamp(hour * 3600, DANISH).toordinal()
