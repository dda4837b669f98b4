"""The clock of 24 hours in words. Pure; ``static/deadline.js`` says the same words while a page is open.

>>> from datetime import UTC
>>> at = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
>>> left(at, at - timedelta(hours=23, minutes=1, seconds=59)).replace(NBSP, " ")
'23 timer og 1 minut tilbage'
>>> left(at, at + timedelta(hours=49)).replace(NBSP, " ")
'Fristen er overskredet med 2 dage og 1 time'
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.danish import NBSP

SOON = timedelta(hours=4)
MARKS = {"open": "", "soon": "Haster", "overdue": "For sent"}
"""What stands in front of the time that is left: never a colour alone."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when a company is to be answered, and how long that is at one moment."""

    due: datetime
    left: str
    state: str
    """Of ``MARKS``."""

    @property
    def mark(self) -> str:
        """The state as a word."""
        return MARKS[self.state]

    @classmethod
    def of(cls, due: datetime, now: datetime) -> "Deadline":
        """The deadline as it stands at a moment."""
        state = "overdue" if now > due else "soon" if due - now <= SOON else "open"
        return cls(due, left(due, now), state)


def left(due: datetime, now: datetime) -> str:
    """How long there is until a deadline, or how long it has passed; in whole minutes, downwards."""
    if now > due:
        return f"Fristen er overskredet med {length(now - due)}"
    return f"{length(due - now)} tilbage"


def length(time: timedelta) -> str:
    """``1 time og 5 minutter``; from two days on in days and hours, and never less than ``under 1 minut``."""
    minutes = int(time.total_seconds() // 60)
    hours, days = minutes // 60, minutes // (24 * 60)
    if days >= 2:
        return _joined(_counted(days, "dag", "dage"), _counted(hours % 24, "time", "timer"))
    if minutes == 0:
        return f"under{NBSP}1{NBSP}minut"
    return _joined(_counted(hours, "time", "timer"), _counted(minutes % 60, "minut", "minutter"))


def _counted(count: int, one: str, many: str) -> str:
    return f"{count}{NBSP}{one if count == 1 else many}" if count else ""


def _joined(*parts: str) -> str:
    return " og ".join(part for part in parts if part)
