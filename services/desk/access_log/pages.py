"""``/adgangslog``: who has read a citizen's data; the same on paper and as a file, for the answer to her."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from starlette.responses import RedirectResponse, Response

from services.desk import labels
from services.desk.access_log import reading
from services.desk.access_log.asked import Asked
from services.desk.access_log.merged import places_of
from services.desk.access_log.reading import Found
from services.desk.access_log.rows import Look, as_csv, looks
from services.desk.door.access import router
from services.desk.door.callers import DataProtectionOfficer
from services.desk.reference import reference
from services.desk.sheet import Sheet, TheSheet
from shared import clock
from shared.problems import Problem, Unavailable

HOME = "/adgangslog"
LONGEST = 100

api = router()
Typed = Annotated[str, Query(max_length=LONGEST)]


def _asked(borger: Typed = "", fra: Typed = "", til: Typed = "") -> Asked:
    return Asked(borger.strip(), fra.strip(), til.strip())


TheQuestion = Annotated[Asked, Depends(_asked)]


@api.get(HOME)
async def access_log(
    sheet: TheSheet, officer: DataProtectionOfficer, asked: TheQuestion, efter: Typed = ""
) -> Response:
    """The search, and a page of what it finds."""
    try:
        _ = asked.days  # said before anybody is looked for
        if not asked.citizen:
            return _page(sheet, asked)
        if asked.citizen_id is None:
            known = asked.about(await reading.meant(sheet, asked))
            return RedirectResponse(f"{sheet.frame.root}{HOME}?{known.query()}", 303)
        found = await reading.page(sheet, asked, places_of(efter))
    except Problem as problem:
        return _page(sheet, asked, problem=problem)
    return _page(sheet, asked, found=found, rows=looks(found.page.entries), later=bool(efter))


@api.post(HOME)
async def find_in_access_log(sheet: TheSheet, officer: DataProtectionOfficer) -> Response:
    """The log of whoever has a reference, an id or a CPR number. What was typed is in no address, only her id."""
    sent = sheet.sent
    if "borger" in sent:
        return await _by_reference(sheet, Asked(sent["borger"], sent.get("fra", ""), sent.get("til", "")))
    try:
        found = await sheet.send("intake", "/citizens/lookup", {"cpr": sheet.sent.get("cpr", "")})
    except Problem as problem:
        return _page(sheet, Asked(), problem=problem)
    return RedirectResponse(f"{sheet.frame.root}{HOME}?{Asked(found['citizen_id']).query()}", 303)


async def _by_reference(sheet: Sheet, asked: Asked) -> Response:
    try:
        _ = asked.days  # said before anybody is looked for
        citizen_id = asked.citizen_id or await reading.meant(sheet, asked)
    except Problem as problem:
        return _page(sheet, asked, problem=problem)
    return RedirectResponse(f"{sheet.frame.root}{HOME}?{asked.about(citizen_id).query()}", 303)


@api.get(f"{HOME}/udskrift")
async def access_log_print(sheet: TheSheet, officer: DataProtectionOfficer, asked: TheQuestion) -> Response:
    """All of it, to be printed and given to the citizen."""
    _, found = await _whole(sheet, asked)
    first, last = asked.days
    return sheet.html(
        "access_log/print.html",
        asked=asked,
        citizen=" og ".join(map(reference, found.citizen_ids)),
        municipality=labels.municipality(sheet.municipality),
        today=clock.danish_day(clock.now()),
        rows=looks(found.page.entries),
        first=first,
        last=last,
    )


@api.get(f"{HOME}/csv")
async def access_log_csv(sheet: TheSheet, officer: DataProtectionOfficer, asked: TheQuestion) -> Response:
    """All of it as a file."""
    citizen_id, found = await _whole(sheet, asked)
    name = f"adgangslog-{str(citizen_id)[-8:]}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(as_csv(found.page.entries), media_type="text/csv; charset=utf-8", headers=headers)


async def _whole(sheet: Sheet, asked: Asked) -> tuple[UUID, Found]:
    """Everything or nothing: what a citizen is given must not lack a service's part."""
    citizen_id = asked.citizen_id or await reading.meant(sheet, asked)
    found = await reading.whole(sheet, asked.about(citizen_id))
    if found.away:
        raise Unavailable("service-away", f"{', '.join(found.away)} does not answer", "Try again in a moment.")
    return citizen_id, found


def _page(
    sheet: Sheet,
    asked: Asked,
    *,
    found: Found | None = None,
    rows: Sequence[Look] = (),
    later: bool = False,
    problem: Problem | None = None,
) -> Response:
    return sheet.html(
        "access_log/page.html",
        problem=problem,
        asked=asked,
        citizen=reference(asked.citizen_id) if asked.citizen_id else "",
        under=[reference(one) for one in found.citizen_ids] if found else [],
        found=found,
        rows=rows,
        later=later,
        away=[labels.SERVICES[service] for service in found.away] if found else [],
        several=[(reference(one), asked.about(one).query()) for one in _several(problem)],
    )


def _several(problem: Problem | None) -> list[str]:
    return list(problem.members.get("citizen_ids", ())) if problem else []
