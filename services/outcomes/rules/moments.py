"""Days that have not come yet."""

from datetime import date

from shared.moment import Moment
from shared.problems import Refused


def not_after_today(day: date, moment: Moment, what: str) -> None:
    """Refuse a day that has not come yet in Denmark at the command's moment; ``what`` is the sentence's subject."""
    if day > moment.today:
        raise Refused(
            "not-yet",
            f"{what} lies in the future",
            f"It is {moment.today} and you gave {day}. Record it on the day itself or later.",
        )
