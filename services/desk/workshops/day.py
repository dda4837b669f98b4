"""The day of one site: who waits, and the poster for the door."""

from datetime import date
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from services.desk import labels
from services.desk.door.access import router
from services.desk.door.callers import CaseworkerOrMentor
from services.desk.door.doorman import Doorman
from services.desk.following import MINUTE
from services.desk.sheet import Sheet, TheSheet
from services.desk.workshops import visit_form
from services.desk.workshops.poster import qr_code
from services.desk.workshops.waiting import waiting
from shared.clock import now
from shared.problems import Problem

OVER = ("opening-unknown", "opening-over")
MOST_AT_ONCE = 100

api = router()


@api.get("/vaerksted/{opening_id}")
async def show_day(opening_id: UUID, sheet: TheSheet, caller: CaseworkerOrMentor) -> Response:
    """Who waits, and what there is to do. Yesterday's list leads to the choice of a site."""
    return await _day(sheet, opening_id)


@api.post("/vaerksted/{opening_id}/skriv-op")
async def write_up(opening_id: UUID, sheet: TheSheet, caller: CaseworkerOrMentor) -> Response:
    """Somebody who has not checked in by phone gets the next number."""
    try:
        await sheet.send("intake", f"/openings/{opening_id}/check-ins")
    except Problem as problem:
        return await _day(sheet, opening_id, problem)
    return sheet.done(f"/vaerksted/{opening_id}", "skrevet-op")


@api.post("/vaerksted/{opening_id}/gaaet/{check_in_id}")
async def let_go(opening_id: UUID, check_in_id: UUID, sheet: TheSheet, caller: CaseworkerOrMentor) -> Response:
    """Somebody went without help."""
    try:
        await sheet.send("intake", f"/check-ins/{check_in_id}/departure")
    except Problem as problem:
        return await _day(sheet, opening_id, problem)
    return sheet.done(f"/vaerksted/{opening_id}", "gaaet")


@api.post("/vaerksted/{opening_id}/gaaet")
async def let_all_go(opening_id: UUID, sheet: TheSheet, caller: CaseworkerOrMentor) -> Response:
    """Nobody waits any more."""
    try:
        await sheet.send("intake", f"/openings/{opening_id}/departures")
    except Problem as problem:
        return await _day(sheet, opening_id, problem)
    return sheet.done(f"/vaerksted/{opening_id}", "alle-gaaet")


@api.post("/vaerksted/{opening_id}/uden-registrering")
async def count_visitors(opening_id: UUID, sheet: TheSheet, caller: CaseworkerOrMentor) -> Response:
    """Visits of people nobody wrote up, counted afterwards."""
    try:
        opening = await sheet.read("intake", f"/openings/{opening_id}")
        await sheet.send("intake", "/visits", visit_form.counted_of(sheet.sent, opening["site"]))
    except Problem as problem:
        return await _day(sheet, opening_id, problem)
    return sheet.done(f"/vaerksted/{opening_id}", "besogende-talt")


@api.get("/vaerksted/{opening_id}/plakat")
async def show_poster(opening_id: UUID, sheet: TheSheet, caller: CaseworkerOrMentor) -> Response:
    """The poster for the door: the code, and the manual way in words."""
    opening = await sheet.read("intake", f"/openings/{opening_id}")
    return sheet.html("workshops/poster.html", opening=opening, day=date.fromisoformat(opening["day"]))


@api.get("/vaerksted/{opening_id}/kode.svg")
async def show_code(opening_id: UUID, request: Request, sheet: TheSheet, caller: CaseworkerOrMentor) -> Response:
    """The code: the address of the check-in page, which intake serves at the same host as this page."""
    doorman: Doorman = request.app.state.doorman
    opening = await sheet.read("intake", f"/openings/{opening_id}")
    address = f"{doorman.address(request)}/intake{opening['link']['page']}"
    return Response(qr_code(address), media_type="image/svg+xml", headers={"Cache-Control": "no-store"})


async def _day(sheet: Sheet, opening_id: UUID, problem: Problem | None = None) -> Response:
    try:
        opening: dict[str, Any] = await sheet.read("intake", f"/openings/{opening_id}")
    except Problem as gone:
        if gone.code not in OVER:
            raise
        return sheet.done("/vaerksted", "ny-dag")
    return sheet.html(
        "workshops/day.html",
        about=[opening_id, MINUTE],
        problem=problem,
        opening=opening,
        waiting=waiting(opening["waiting"], now()),
        labels=labels,
        most_at_once=MOST_AT_ONCE,
    )
