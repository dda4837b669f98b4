"""The four targets: what is aimed at, how far it is reached, and the form that sets one."""

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Any

from fastapi import Request
from starlette.responses import Response

from services.desk import decimals, labels, measures
from services.desk.door.access import router
from services.desk.door.callers import OF_FIGURES, Manager, OfFiguresOrAnalyst
from services.desk.efforts.notes import notes
from services.desk.efforts.period import PARTS, period
from services.desk.efforts.progress import TARGETS, days_asked, targets
from services.desk.sheet import Sheet, TheSheet
from shared import clock
from shared.problems import Invalid, Problem

api = router()
YEARS_AHEAD = 3


@api.get("/maal")
async def goals(request: Request, reader: OfFiguresOrAnalyst, sheet: TheSheet) -> Response:
    """The municipality's targets."""
    return await _goals(sheet)


@api.post("/maal")
async def set_goal(manager: Manager, sheet: TheSheet) -> Response:
    """A manager sets the target of a period, or sets it anew."""
    sent = sheet.sent
    part = sent.get("part", "")
    try:
        body = {
            "indicator": sent.get("indicator", ""),
            "period": f"{sent.get('year', '')}-{part}" if part else sent.get("year", ""),
            "value": _number(sent.get("value", "")),
        }
        await sheet.send("outcomes", "/targets", body)
    except Problem as problem:
        return await _goals(sheet, problem)
    return sheet.done("/maal", "target-set")


async def _goals(sheet: Sheet, problem: Problem | None = None) -> Response:
    today = clock.danish_day(clock.now())
    told = await sheet.read("outcomes", "/targets")
    sees = bool(sheet.roles & OF_FIGURES)
    catalogue = await sheet.read("outcomes", "/effect/catalogue") if sees else []
    return sheet.html(
        "efforts/goals.html",
        about=["outcomes", "figures"],
        problem=problem,
        municipality=labels.municipality(sheet.municipality),
        told=[{**target, "name": period(target["period"]).name} for target in told],
        targets=targets(told, await _counted(sheet, told, today), today) if sees else (),
        catalogue={note.key: note for note in notes({one["key"]: one for one in catalogue}, TARGETS)},
        titles={key: f"{measures.TARGETS[key].capitalize()}: {measures.TITLES[key]}" for key in TARGETS},
        years={str(year): str(year) for year in range(today.year - 1, today.year + YEARS_AHEAD)},
        parts=PARTS,
        today=today,
    )


async def _counted(sheet: Sheet, told: list[Mapping[str, Any]], today: date) -> dict[tuple[str, date], int]:
    needed = sorted(days_asked(told, today))
    found = await asyncio.gather(*(_so_far(sheet, indicator, day) for indicator, day in needed))
    return dict(zip(needed, found, strict=True))


async def _so_far(sheet: Sheet, indicator: str, day: date) -> int:
    (row,) = (await sheet.calls.file("outcomes", "/effect", indicator=indicator, as_of=str(day))).json()
    return int(row["so_far"])


def _number(text: str) -> float:
    try:
        return float(decimals.read(text))
    except ValueError as error:
        raise Invalid("number-unreadable", "No number", errors=[{"field": "value"}]) from error
