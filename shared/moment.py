"""When a command's fact happened: now, or earlier when it is told late or a history is replayed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from pydantic import AwareDatetime, Field

from shared.clock import COPENHAGEN, danish_day
from shared.problems import Refused

Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]
Instant = Annotated[AwareDatetime, Field(ge=datetime(1900, 1, 1, tzinfo=UTC), le=datetime(2199, 12, 31, tzinfo=UTC))]
Happened = Annotated[
    Instant | None,
    Field(
        description="When it happened, if that is not now: for what is told late. Never in the future.",
        examples=["2026-11-20T09:30:00+01:00"],
    ),
]
"""The field ``happened`` of a command."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The moment of a command; ``told`` when the caller named it. Rules compare with its Danish calendar day."""

    time: datetime
    told: bool = False

    @property
    def today(self) -> date:
        """The calendar day in Denmark."""
        return danish_day(self.time)

    def on(self, day: date) -> datetime:
        """The moment of something that happened on ``day``: this moment on its own day, else noon in Denmark."""
        return self.time if day == self.today else datetime.combine(day, time(12), COPENHAGEN)

    def told_or_on(self, day: date) -> datetime:
        """The moment that the caller named, also for another day; else as ``on``."""
        return self.time if self.told else self.on(day)


def moment(happened: datetime | None, now: datetime) -> Moment:
    """The moment that a command names, or ``now``. Refused when it lies in the future."""
    if happened is not None and happened > now:
        raise Refused(
            "happened-in-the-future",
            "It cannot have happened yet",
            f"`happened` is {happened.isoformat()}, which is later than now. Leave it out for what happens now.",
        )
    return Moment((happened or now).astimezone(UTC), told=happened is not None)


def start_of(day: date) -> datetime:
    """The moment at which a Danish calendar day begins."""
    return datetime.combine(day, time(), COPENHAGEN)


def end_of(day: date) -> datetime:
    """The moment at which a Danish calendar day is over; the last moment of the calendar for its last day."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(day + timedelta(days=1), time(), COPENHAGEN)
