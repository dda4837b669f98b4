"""Where the eMentor is today: chosen once, and then part of the address."""

from starlette.responses import Response

from services.desk.door.access import router
from services.desk.door.callers import CaseworkerOrMentor
from services.desk.sheet import Sheet, TheSheet
from shared.problems import Problem

api = router()


@api.get("/vaerksted")
async def choose_site(sheet: TheSheet, caller: CaseworkerOrMentor) -> Response:
    """The sites that were used before, and a field for a new one."""
    return await _sites(sheet)


@api.post("/vaerksted")
async def open_site(sheet: TheSheet, caller: CaseworkerOrMentor) -> Response:
    """Today's list of that site."""
    try:
        opening = await sheet.send("intake", "/openings", {"site": sheet.sent.get("site", "")})
    except Problem as problem:
        return await _sites(sheet, problem)
    return sheet.go(f"/vaerksted/{opening['opening_id']}")


async def _sites(sheet: Sheet, problem: Problem | None = None) -> Response:
    sites = await sheet.read("intake", "/visits/sites")
    return sheet.html("workshops/sites.html", sites=sites, problem=problem)
