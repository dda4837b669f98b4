"""The calendar of the municipality's cohorts: to subscribe to, as a file, and of one cohort. Never a citizen in it.

A calendar program cannot sign in: the address that it subscribes to carries a link that courses signed, and that opens
this calendar alone (``services/courses/api/calendars.py``).
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from services.desk import labels
from services.desk.cohorts.ics import Entry, calendar
from services.desk.door.access import router
from services.desk.door.callers import OfFigures
from services.desk.door.doorman import Doorman
from services.desk.services import Services
from services.desk.sheet import Sheet, TheSheet
from shared.problems import Forbidden, NotFound, Unauthenticated

api = router()
subscribed = APIRouter()

CLOSED = "Denne adresse åbner ingen kalender. Den er måske ikke hel, eller den gælder ikke længere: Tag en ny i Løft.\n"


@api.get("/hold/kalender")
async def show_calendar(request: Request, sheet: TheSheet, caller: OfFigures) -> Response:
    """How to subscribe, and the file itself."""
    given = await sheet.read("courses", "/calendars")
    address = f"{_address(request)}/kalender/{given['token']}.ics"
    return sheet.html(
        "cohorts/calendar.html",
        address=address,
        subscription=f"webcal:{address.partition(':')[2]}",
        last_day=date(datetime.fromisoformat(given["expires"]).year - 1, 12, 31),
    )


@api.get("/hold/kalender.ics")
async def download_calendar(request: Request, sheet: TheSheet, caller: OfFigures) -> Response:
    """Every cohort of the caller's municipality."""
    return _file(await _entries(sheet), request, sheet.municipality)


@api.get("/hold/{cohort_id}/kalender.ics")
async def download_cohort(cohort_id: UUID, request: Request, sheet: TheSheet, caller: OfFigures) -> Response:
    """One cohort."""
    one = [entry for entry in await _entries(sheet) if entry["cohort_id"] == str(cohort_id)]
    if not one:
        raise NotFound("cohort-unknown", "No such cohort in your municipality")
    return _file(one, request, sheet.municipality)


@subscribed.api_route("/kalender/{link}.ics", methods=["GET", "HEAD"])
async def read_calendar(link: str, request: Request) -> Response:
    """Every cohort of the municipality that the link opens: courses reads the link, and nobody is signed in."""
    services: Services = request.app.state.services
    opened = _opened(link)
    if opened is None:
        return PlainTextResponse(CLOSED, 404)
    try:
        answer = await services.ask(
            "courses", "GET", f"/calendars/{opened}", headers={"Authorization": f"Bearer {link}"}
        )
    except (Unauthenticated, Forbidden, NotFound):
        return PlainTextResponse(CLOSED, 404)
    return _file(answer.json(), request)


def _opened(link: str) -> UUID | None:
    """The id of the calendar that stands in a link."""
    kind, _, rest = link.removeprefix("link.").partition(".")
    digits = rest.partition(".")[0]
    try:
        return UUID(hex=digits) if kind == "calendar" and link.isascii() and link.isprintable() else None
    except ValueError:
        return None


async def _entries(sheet: Sheet) -> list[dict[str, Any]]:
    calendar_id = (await sheet.read("courses", "/calendars"))["calendar_id"]
    found: list[dict[str, Any]] = await sheet.read("courses", f"/calendars/{calendar_id}")
    return found


def _file(entries: list[dict[str, Any]], request: Request, municipality: str = "") -> Response:
    place = f" – {labels.municipality(municipality)}" if municipality else ""
    return Response(
        calendar(f"Hold{place}", [entry_of(entry, _address(request)) for entry in entries]),
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="hold.ics"', "Cache-Control": "private, max-age=300"},
    )


def entry_of(told: dict[str, Any], address: str) -> Entry:
    """A cohort as a calendar shows it; ``address`` is the desk's."""
    cancelled = told["cancelled_on"] is not None
    kind = labels.COURSE_KINDS.get(told["kind"], told["kind"])
    return Entry(
        uid=f"{told['cohort_id']}@loeft",
        sequence=told["version"],
        changed=datetime.fromisoformat(told["changed"]),
        starts=date.fromisoformat(told["starts"]),
        ends=date.fromisoformat(told["ends"]),
        summary=f"Aflyst: {told['course']}" if cancelled else told["course"],
        description=f"{kind} hos {told['provider']}",
        location="Online" if told["online"] else told["site"] or "",
        url=f"{address}/hold/{told['cohort_id']}",
        cancelled=cancelled,
    )


def _address(request: Request) -> str:
    doorman: Doorman = request.app.state.doorman
    return doorman.address(request)
