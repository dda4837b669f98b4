"""Many citizens at once: each is invited or enrolled by a call of her own, and the report says what became of each."""

import asyncio
from uuid import UUID

from starlette.responses import Response

from services.desk.citizens import layout
from services.desk.citizens.asked import Asked
from services.desk.citizens.bulk_report import Line, enrolled, invited, refused, summary
from services.desk.citizens.list_page import shown
from services.desk.citizens.told import days
from services.desk.door.access import router
from services.desk.door.callers import Caseworker
from services.desk.sheet import Sheet, TheSheet
from shared.problems import Invalid, Problem

api = router()
AT_ONCE = {"inviter": 8, "tilmeld": 1}
"""Calls on their way together. Seats are given one after the other, so that the line is in the order of the list."""
MOST = 100


@api.post("/borgere/mange")
async def place_many(sheet: TheSheet, caller: Caseworker) -> Response:
    """The ticked citizens are invited to a cohort, or enrolled on it, as the button says."""
    act = sheet.sent.get("act", "")
    try:
        citizens = list(dict.fromkeys(UUID(one) for one in sheet.chosen("borger")))[:MOST]
        cohort_id = UUID(sheet.sent.get("hold", ""))
    except ValueError:
        return await shown(sheet, Asked.of(sheet.sent, sheet.unit), Invalid("cohort-missing", "No cohort was chosen"))
    if not citizens or act not in AT_ONCE:
        return await shown(sheet, Asked.of(sheet.sent, sheet.unit), Invalid("citizens-missing", "Nobody was chosen"))
    try:
        cohort = days(await sheet.read("courses", f"/cohorts/{cohort_id}"))
    except Problem as problem:
        return await shown(sheet, Asked.of(sheet.sent, sheet.unit), problem)
    calls = asyncio.Semaphore(AT_ONCE[act])

    async def one(citizen_id: UUID) -> Line:
        async with calls:
            return await (_invite if act == "inviter" else _enrol)(sheet, cohort_id, citizen_id)

    lines = await asyncio.gather(*(one(citizen_id) for citizen_id in citizens))
    return sheet.html(
        "citizens/report.html",
        cohort=layout.cohort_name(cohort),
        act=act,
        lines=lines,
        summary=summary(lines),
        back=Asked.of(sheet.sent, sheet.unit).address(),
    )


async def _invite(sheet: Sheet, cohort_id: UUID, citizen_id: UUID) -> Line:
    try:
        answer = await sheet.send("courses", f"/cohorts/{cohort_id}/invitations", {"citizen_ids": [citizen_id]})
    except Problem as problem:
        return refused(citizen_id, problem)
    return invited(citizen_id, anew=bool(answer["citizen_ids"]))


async def _enrol(sheet: Sheet, cohort_id: UUID, citizen_id: UUID) -> Line:
    try:
        answer = await sheet.send("courses", f"/cohorts/{cohort_id}/enrolments", {"citizen_id": citizen_id})
    except Problem as problem:
        return refused(citizen_id, problem)
    return enrolled(citizen_id, answer["position"] if answer["status"] == "waitlisted" else None)
