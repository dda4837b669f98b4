"""The work list: search, filters, a page of citizens, and the form that invites or enrols many of them."""

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from services.desk.citizens import asked, codes, layout, units
from services.desk.citizens.asked import Asked
from services.desk.citizens.told import days, told
from services.desk.door.access import router
from services.desk.door.callers import Caseworker, CaseworkerOrMentor
from services.desk.reference import read, reference
from services.desk.sheet import Sheet, TheSheet
from services.desk.target_group import target_group
from shared import clock
from shared.codelists import target_groups
from shared.problems import Invalid, NotFound, Problem

api = router()


@api.get("/borgere")
async def work_list(request: Request, sheet: TheSheet, caller: CaseworkerOrMentor) -> Response:
    """The municipality's citizens, those to act on first."""
    wanted = Asked.of(request.query_params, sheet.unit)
    return await shown(sheet, wanted, ticked=request.query_params.get("valgt") == "alle")


@api.post("/borgere/find")
async def find_by_cpr(sheet: TheSheet, caller: Caseworker) -> Response:
    """From a CPR number to her page. The number is in the form's body and in no address."""
    try:
        found = await sheet.send("intake", "/citizens/lookup", {"cpr": sheet.sent.get("cpr", "")})
    except Problem as problem:
        return await shown(sheet, Asked.of(sheet.sent, sheet.unit), problem)
    return sheet.done(f"/borgere/{found['citizen_id']}", "borger-fundet")


@api.post("/borgere/reference")
async def find_by_reference(sheet: TheSheet, caller: CaseworkerOrMentor) -> Response:
    """From a reference to her page; to the list where two citizens have the same.

    In the form's body, though it gives nothing away: somebody may have typed a CPR number into the wrong field.
    """
    typed = sheet.sent.get("reference", "")
    digits = read(typed)
    if digits is None:
        return await shown(sheet, Asked.of({}, sheet.unit), Invalid("reference-shape", "This is no reference"))
    citizens = (await sheet.read("intake", "/citizens", reference=digits, presence="all"))["citizens"]
    if not citizens:
        unknown = NotFound("reference-unknown", "No citizen of your municipality has this reference")
        return await shown(sheet, Asked.of({}, sheet.unit), unknown)
    if len(citizens) > 1:
        return RedirectResponse(f"{sheet.frame.root}/borgere?reference={digits}&vis=all&afdeling={units.EVERY}", 303)
    return RedirectResponse(f"{sheet.frame.root}/borgere/{citizens[0]['citizen_id']}", 303)


async def shown(sheet: Sheet, wanted: Asked, problem: Problem | None = None, *, ticked: bool = False) -> Response:
    """The list. With every box ``ticked`` it stands still: nobody who comes onto it later is ticked unseen."""
    today = clock.danish_day(clock.now())
    page = days(await sheet.read("intake", "/citizens", **wanted.questions))
    in_use = await told(sheet, "intake", "/units", [])
    cohorts = await told(sheet, "courses", "/cohorts", [], state=["upcoming", "running"])
    return sheet.html(
        "citizens/list.html",
        about=() if ticked else ("intake",),
        problem=problem,
        wanted=wanted,
        choices=asked,
        page=page,
        units=units.choices(in_use.value, sheet.unit, wanted.unit),
        ticked=ticked,
        cohorts=layout.cohort_choices(layout.seats(cohorts.value, today)),
        courses_away=cohorts.away,
        target_groups=[(one.code, f"{one.code}. {one.danish}") for one in target_groups.groups_on(today)],
        target_group=lambda code: target_group(code, today),
        weeks=lambda since: layout.weeks(since, today),
        reference=reference,
        today=today,
        codes=codes,
    )
