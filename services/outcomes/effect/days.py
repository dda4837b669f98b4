"""Days: every rule counts in Danish calendar days, written as whole numbers (``date.toordinal``).

A ``date`` in a payload (``on``, ``until``, ``valid_from``) is a Danish day already. A moment (``time``, ``at``) belongs
to the day it has in Europe/Copenhagen: 2021-03-01T23:30Z is 2 March.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DANISH = ZoneInfo("Europe/Copenhagen")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
DAY = 86_400_000_000
"""Microseconds of a day of 24 hours."""
FIRST = 0
"""A day before every other."""
NEVER = date.max.toordinal() + 1
"""A day after every other: the end of what has not ended."""
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


def day(iso: str) -> int:
    """The day of an ISO date. Raises ``ValueError`` for anything else."""
    return date.fromisoformat(iso).toordinal()


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
    utc_day, rest = divmod(time, DAY)
    return _EPOCH_ORDINAL + utc_day + (rest >= _next_midnight(utc_day))


@cache
def _next_midnight(utc_day: int) -> int:
    """Microseconds into the UTC day at which the next Danish day begins; one entry for every day ever met."""
    midnight = datetime.combine(date.fromordinal(_EPOCH_ORDINAL + utc_day + 1), datetime.min.time(), DANISH)
    return microseconds(midnight) - utc_day * DAY
