"""A moment in an event: aware, and within the years that a day in UTC and in Denmark can be told for."""

from datetime import MAXYEAR, UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime

from shared.clock import danish_day


def _in_utc(moment: datetime) -> datetime:
    try:
        utc = moment.astimezone(UTC)
        if utc.year == MAXYEAR:  # the last hour of it is the year 10000 in Denmark
            danish_day(utc)
    except OverflowError:
        raise ValueError("lies outside the years 1 to 9999 in UTC or in Denmark") from None
    return utc


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""An aware moment, brought to UTC. Refused where no calendar has it."""
