"""The days that one can step to on the page of an effort: ends of months and of quarters. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.desk.documents import Cohort

MOST_STOPS = 240
"""Of the slider: twenty years of months."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """``stops`` are the days of the slider; ``before`` and ``after`` the quarters' ends next to the day shown."""

    first: date | None
    """The first day of the first cohort."""
    stops: tuple[date, ...]
    at: int
    """Which stop is the last one that is not after the day shown."""
    before: date | None
    after: date | None


def calendar(cohorts: Iterable[Cohort], as_of: date, today: date) -> Calendar:
    """From the first cohort's start to today."""
    first = min((cohort.starts for cohort in cohorts if cohort.starts), default=None)
    stops = tuple(_stops(first, today))[-MOST_STOPS:] if first and first <= today else ()
    before = end_of_quarter(as_of, -1) if first and as_of > first else None
    after = end_of_quarter(as_of, +1)
    return Calendar(
        first,
        stops,
        max((index for index, stop in enumerate(stops) if stop <= as_of), default=0),
        before if first and before and before >= first else None,
        after if after < today else None,
    )


def end_of_month(day: date) -> date:
    """``2021-09-06`` -> ``2021-09-30``."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def end_of_quarter(day: date, direction: int) -> date:
    """The last day of a quarter next before the day (-1), or next after it (+1)."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    if direction < 0:
        return first - timedelta(days=1)
    last = end_of_month(first + timedelta(days=70))
    return last if last > day else end_of_month(last + timedelta(days=70))


def _stops(first: date, today: date) -> Iterator[date]:
    stop = end_of_month(first)
    while stop < today:
        yield stop
        stop = end_of_month(stop + timedelta(days=1))
    yield today
