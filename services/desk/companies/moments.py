"""When something happened, as it is typed: a Danish day and time, or nothing for now."""

from datetime import date, datetime, time

from shared.clock import COPENHAGEN
from shared.problems import Invalid


def typed(day: str, clock: str, *, today: date) -> datetime | None:
    """The moment of a day and a time of day in Denmark; None, which means now, when both are empty.

    A time without a day is of ``today``. Raises Invalid when it cannot be read, or for a day without a time.
    """
    if not day and not clock:
        return None
    try:
        return datetime.combine(date.fromisoformat(day) if day else today, time.fromisoformat(clock), COPENHAGEN)
    except ValueError as unreadable:
        raise Invalid(
            "moment-unreadable",
            "The moment cannot be read",
            "Give both day and time, or neither for now.",
        ) from unreadable
