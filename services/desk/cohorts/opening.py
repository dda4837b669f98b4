"""A new course, and a new cohort of a course."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from services.desk import labels
from services.desk.cohorts.listing import id_of
from services.desk.door.access import router
from services.desk.door.callers import CaseworkerOrManager, Manager
from services.desk.sheet import Sheet, TheSheet
from shared.clock import danish_day, now
from shared.codelists import target_groups
from shared.problems import Problem

api = router()

WHOLE = ("weeks", "hours", "price_dkk")


@api.get("/hold/nyt")
async def show_new_cohort(sheet: TheSheet, caller: CaseworkerOrManager, kursus: str = "") -> Response:
    """The form of a new cohort."""
    return await _new_cohort(sheet, str(id_of(kursus) or ""))


@api.post("/hold/nyt")
async def open_cohort(sheet: TheSheet, caller: CaseworkerOrManager) -> Response:
    """A cohort is opened."""
    sent = sheet.sent
    body: dict[str, Any] = {name: sent.get(name, "") for name in ("course_id", "starts", "ends", "capacity")}
    body |= {"site": sent.get("site") or None, "online": sent.get("online") == "true"}
    try:
        opened = await sheet.send("courses", "/cohorts", body)
    except Problem as problem:
        return await _new_cohort(sheet, sent.get("course_id", ""), problem)
    return sheet.done(f"/hold/{opened['cohort_id']}", "hold-oprettet")


@api.get("/hold/nyt-kursus")
async def show_new_course(sheet: TheSheet, caller: Manager) -> Response:
    """The form of a new course."""
    return _new_course(sheet)


@api.post("/hold/nyt-kursus")
async def offer_course(sheet: TheSheet, caller: Manager) -> Response:
    """A course is offered."""
    try:
        offered = await sheet.send("courses", "/courses", _course(sheet))
    except Problem as problem:
        return _new_course(sheet, problem)
    return sheet.done(f"/hold/nyt?kursus={offered['course_id']}", "kursus-oprettet")


async def _new_cohort(sheet: Sheet, course_id: str, problem: Problem | None = None) -> Response:
    courses = await sheet.read("courses", "/courses")
    choices = [(course["course_id"], course["title"]) for course in courses]
    return sheet.html("cohorts/new_cohort.html", problem=problem, courses=choices, course_id=course_id)


def _new_course(sheet: Sheet, problem: Problem | None = None) -> Response:
    return sheet.html(
        "cohorts/new_course.html",
        problem=problem,
        kinds=labels.COURSE_KINDS,
        methods=labels.METHODS,
        areas=labels.AREAS,
        levels=labels.LEVELS,
        groups=[(group.code, group.danish) for group in target_groups.groups_on(danish_day(now()))],
    )


def _course(sheet: Sheet) -> Mapping[str, Any]:
    """The course that the form describes; a level is given for each area that the course is about."""
    sent = sheet.sent
    levels = ((area, sent.get(f"area-{area}", "")) for area in labels.AREAS)
    return {
        "title": sent.get("title", ""),
        "kind": sent.get("kind", ""),
        "provider": sent.get("provider", ""),
        "methods": sheet.chosen("methods"),
        **{name: sent.get(name) or None for name in WHOLE},
        "digital_areas": [{"area": int(area), "level": level} for area, level in levels if level],
        "certificate": sent.get("certificate") or None,
        "target_groups": sheet.chosen("target_groups"),
        "it_specific": sent.get("it_specific") == "true",
    }
