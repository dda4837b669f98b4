"""Registering a citizen. Who is known already is found instead."""

from typing import Any

from starlette.responses import Response

from services.desk import labels
from services.desk.citizens import codes, units
from services.desk.citizens.told import told
from services.desk.door.access import router
from services.desk.door.callers import Caseworker
from services.desk.sheet import Sheet, TheSheet
from shared import clock
from shared.codelists import target_groups
from shared.problems import Problem

api = router()
FIELDS = ("cpr", "target_group", "education_level", "unemployed_since", "device")
FLAGS = ("academic", "protected")


@api.get("/borgere/ny")
async def show_new_citizen(sheet: TheSheet, caller: Caseworker) -> Response:
    """The form."""
    return await _form(sheet)


@api.post("/borgere/ny")
async def register_citizen(sheet: TheSheet, caller: Caseworker) -> Response:
    """She is registered, or found; then her page."""
    body: dict[str, Any] = {name: sheet.sent[name] for name in FIELDS if sheet.sent.get(name)}
    if unit := units.typed(sheet.sent):
        body["unit"] = unit
    try:
        registered = await sheet.send("intake", "/citizens", body | {flag: flag in sheet.sent for flag in FLAGS})
    except Problem as problem:
        if problem.code == "citizen-known":
            return sheet.done(f"/borgere/{problem.members['citizen_id']}", "borger-kendt")
        return await _form(sheet, problem)
    return sheet.done(f"/borgere/{registered['citizen_id']}", "borger-registreret")


async def _form(sheet: Sheet, problem: Problem | None = None) -> Response:
    today = clock.danish_day(clock.now())
    groups = [(one.code, f"{one.code}. {one.danish}") for one in target_groups.groups_on(today)]
    in_use = await told(sheet, "intake", "/units", [])
    return sheet.html(
        "citizens/new.html",
        problem=problem,
        target_groups=groups,
        units=[(unit, unit) for unit in units.known(in_use.value, sheet.unit)],
        today=today,
        codes=codes,
        labels=labels,
    )
