"""The visits of a site's day: known citizens by reference, everybody else as counts; and one taken back."""

from datetime import datetime
from uuid import UUID

from starlette.responses import Response

from services.desk import labels
from services.desk.door.access import router
from services.desk.door.callers import CaseworkerOrMentor
from services.desk.reference import reference
from services.desk.sheet import Sheet, TheSheet
from shared.problems import Problem

api = router()


@api.get("/vaerksted/{opening_id}/dagens")
async def show_visits(opening_id: UUID, sheet: TheSheet, caller: CaseworkerOrMentor) -> Response:
    """The visits of the day."""
    return await _visits(sheet, opening_id)


@api.post("/vaerksted/{opening_id}/besog/{visit_id}/fortryd")
async def take_back_visit(opening_id: UUID, visit_id: UUID, sheet: TheSheet, caller: CaseworkerOrMentor) -> Response:
    """One of them was registered by mistake."""
    form = f"fortryd-{visit_id}"
    try:
        await sheet.send("intake", f"/visits/{visit_id}/void", {"reason": sheet.sent.get(f"{form}_reason", "")})
    except Problem as problem:
        return await _visits(sheet, opening_id, problem, form)
    return sheet.done(f"/vaerksted/{opening_id}/dagens", "besoget-fortrudt")


async def _visits(sheet: Sheet, opening_id: UUID, problem: Problem | None = None, opened: str = "") -> Response:
    opening = await sheet.read("intake", f"/openings/{opening_id}")
    visits = await sheet.read("intake", "/visits", site=opening["site"])
    for visit in visits["known"]:
        visit["reference"] = reference(visit["citizen_id"])
    for visit in (*visits["known"], *visits["anonymous"]["each"]):
        visit["at"] = datetime.fromisoformat(visit["at"])
    return sheet.html(
        "workshops/visits.html", problem=problem, opened=opened, opening=opening, visits=visits, labels=labels
    )
