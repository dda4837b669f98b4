"""What the stories of managers start from: the story of Næstved, told and counted, and courses of its own."""

import re
from contextlib import aclosing
from datetime import date, timedelta
from typing import Any

import httpx
from playwright.async_api import Locator

from shared.web import Role
from tests.browser.naestved import COURSE, EFFORT, MUNICIPALITY, tell
from tests.browser.workplace import Visit, Workplace
from tests.today import today
from tests.waiting import eventually

PHONE, DESKTOP = 375, 1280
NEW_COURSE = {
    "title": "Robotter i hverdagen", "kind": "course", "provider": "AOF", "methods": ["classroom"], "weeks": 2,
    "hours": 60, "digital_areas": [], "target_groups": ["9"], "it_specific": False,
}  # fmt: skip


async def text_of(part: Locator) -> str:
    """The visible text, with ordinary spaces."""
    return re.sub(r"\s+", " ", await part.inner_text())


async def leader(workplace: Workplace, path: str = EFFORT, **options: Any) -> Visit:
    """A manager of Næstved on a page, when the story has been told, counted and published."""
    await tell(workplace)
    async with aclosing(await workplace.caller(Role.MANAGER, municipality=MUNICIPALITY)) as manager:
        await eventually(lambda: _counted(manager), what="the story is counted")
    visit = await workplace.visit("leder", municipality=MUNICIPALITY, **options)
    await eventually(lambda: _published(visit), what="the first page shows the figures and the verdict on them")
    await visit.go(path)
    return visit


async def _counted(manager: httpx.AsyncClient) -> bool:
    """Whether all three services' parts are: courses' participations, outcomes' jobs and meetings, intake's groups."""
    verdicts = (await manager.get("/outcomes/effect/verdicts")).raise_for_status().json()
    asked = {"indicator": "mikrosprint_job", "by": "course,target_group"}
    groups = (await manager.get("/outcomes/effect", params=asked)).raise_for_status().json()
    stages = (await manager.get("/outcomes/effect", params={"indicator": "funnel", "by": "course"})).json()
    judged = {verdict["course_id"]: (verdict["n"], verdict["successes"]) for verdict in verdicts}
    sizes = sorted(group["denominator"] for group in groups if group["dimensions"]["course"] == COURSE)
    reached = {row["stage"]: row["so_far"] for row in stages if row["dimensions"]["course"] == COURSE}
    ways = [reached.get(stage) for stage in ("completed", "met", "ended:dropped_out", "ended:got_job")]
    return (judged.get(COURSE), sizes, ways) == ((23, 3), [8, 15], [17, 17, 3, 3])


async def _published(visit: Visit) -> bool:
    """Whether both documents of the effort are: the figures and, up to a second later, what is judged by them."""
    page = await (await visit.page.context.request.get(f"{visit.address}/")).text()
    said = page.replace("\N{NO-BREAK SPACE}", " ")
    return "3 af 23" in said and "3 af dem (13 %) nåede målet" in said


async def new_course(workplace: Workplace, starts: date | None = None) -> tuple[str, str]:
    """A course of Næstved with a cohort of 4 seats, and nobody on it; it starts in twenty days."""
    starts = starts or today() + timedelta(days=20)
    async with aclosing(await workplace.caller(Role.MANAGER, municipality=MUNICIPALITY)) as manager:
        course = (await manager.post("/courses/courses", json=NEW_COURSE)).raise_for_status().json()["course_id"]
        body = {"course_id": course, "starts": str(starts), "ends": str(starts + timedelta(days=14)), "capacity": 4}
        cohort = await manager.post("/courses/cohorts", json=body | {"online": True})
        return course, cohort.raise_for_status().json()["cohort_id"]


async def open_pilot(workplace: Workplace, course: str) -> str:
    """Make it a pilot of 4 and then 8 seats."""
    plan = {"course_id": course, "benchmark": 0.4, "first_size": 4, "planned_size": 8, "measure": "moved_on"}
    async with aclosing(await workplace.caller(Role.MANAGER, municipality=MUNICIPALITY)) as manager:
        opened = await manager.post("/courses/pilots", json=plan)
        return str(opened.raise_for_status().json()["pilot_id"])
