"""When a command's fact happened: now, or earlier when it is told late or a history is replayed."""

from dataclasses import dataclass
from datetime import date, datetime, time

from shared.clock import COPENHAGEN, danish_day
from shared.problems import Refused


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
        """When something happened on ``day``: the moment if it was told or is that day, else noon in Denmark."""
        return self.time if self.told or day == self.today else datetime.combine(day, time(12), COPENHAGEN)


def moment_of(happened: datetime | None, now: datetime) -> Moment:
    """The moment that a command names, or ``now``. Refused when it lies in the future."""
    if happened is not None and happened > now:
        raise Refused(
            "happened-in-the-future",
            "It cannot have happened yet",
            f"happened is {happened.isoformat()}, which is later than now. Leave it out for what happens now.",
        )
    return Moment(happened or now, told=happened is not None)


def not_after_today(day: date, moment: Moment, what: str) -> None:
    """Refuse a day that has not come yet in Denmark at the command's moment; ``what`` is the sentence's subject."""
    if day > moment.today:
        raise Refused(
            "not-yet",
            f"{what} lies in the future",
            f"It is {moment.today} and you gave {day}. Record it on the day itself or later.",
        )
