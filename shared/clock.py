"""The one place where what happens gets its time from, and what a Danish day is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    """The present moment, aware, UTC."""
    return datetime.now(UTC)


def danish_day(moment: datetime) -> date:
    """The calendar day in Denmark at an aware moment: 23:30 UTC on 1 March is 2 March."""
    return moment.astimezone(COPENHAGEN).date()
