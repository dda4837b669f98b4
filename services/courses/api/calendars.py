"""The calendar of a municipality's cohorts, and the signed link by which a calendar program reads it.

A calendar program cannot sign in. The link opens this calendar and nothing else, and the calendar tells of no citizen.
Links hold until the end of next year, so that nobody's calendar goes silent at a random day; all of them are taken back
by a new ``LOEFT_LINK_KEY`` in this service.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.courses.api.callers import READERS, Reader
from services.courses.views import calendar
from shared.clock import COPENHAGEN, danish_day
from shared.problems import NotFound
from shared.web import OpenLinks, Principal, Tx, allow, router
from shared.web.links import Link

api = router()

KIND = "calendar"


class CalendarLink(BaseModel):
    """What opens the calendar without signing in."""

    calendar_id: UUID
    token: str = Field(description="Send it as `Authorization: Bearer …` to GET /calendars/{calendar_id}.")
    expires: datetime


@api.get("/calendars")
async def give_calendar_link(tx: Tx, links: OpenLinks, caller: Reader) -> CalendarLink:
    """The link to your municipality's calendar: the same until the year is over."""
    expires = datetime(danish_day(tx.now).year + 2, 1, 1, tzinfo=COPENHAGEN)
    calendar_id = calendar.calendar_of(caller.municipality)
    token = links.make(Link(KIND, calendar_id, caller.municipality, 0, expires))
    return CalendarLink(calendar_id=calendar_id, token=token, expires=expires)


@api.get("/calendars/{calendar_id}")
async def read_calendar(
    calendar_id: UUID, tx: Tx, caller: Annotated[Principal, allow(*READERS, link=KIND)]
) -> list[calendar.CalendarEntry]:
    """Every cohort of your municipality by its start, cancelled ones too."""
    if calendar_id != calendar.calendar_of(caller.municipality):
        raise NotFound("calendar-unknown", "No such calendar in your municipality", "GET /calendars has its id.")
    return await calendar.entries(tx, caller.municipality)
