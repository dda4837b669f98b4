"""One effort: the page of it, and the decisions that are taken there."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from services.desk import labels, measures, wording
from services.desk.audience import audience
from services.desk.cards import facts
from services.desk.door.access import router
from services.desk.door.callers import OF_FIGURES, Analyst, Manager, OfFiguresOrAnalyst
from services.desk.efforts import answers, decision
from services.desk.efforts.asked import Asked, asked, asked_of_published
from services.desk.efforts.depth import depth
from services.desk.efforts.documents import course_of, outcomes_of
from services.desk.efforts.notes import notes
from services.desk.efforts.percentage import share_of
from services.desk.efforts.published import published
from services.desk.efforts.where import SheetOfEffort
from services.desk.pilot import pilots
from services.desk.sheet import Sheet, TheSheet
from shared import clock
from shared.problems import Invalid, Problem

api = router()
MEASURES = {key: measures.TITLES[key] for key in ("mikrosprint_job", "it_course_job", "moved_on")}


@api.get("/offentliggjort")
async def efforts(analyst: Analyst, sheet: TheSheet) -> Response:
    """Every effort, and what an analyst may be told of it: nothing live, for a figure that moves tells who moved it."""
    courses = await sheet.read("courses", "/courses", closed=True)
    municipality = labels.municipality(sheet.municipality)
    shown = [(course, _facts(course)) for course in courses]
    return sheet.html("efforts/list.html", about=["courses"], efforts=shown, municipality=municipality)


@api.get("/indsatser/{course_id}")
async def effort(course_id: UUID, request: Request, reader: OfFiguresOrAnalyst, sheet: SheetOfEffort) -> Response:
    """The effort as of a day, as the caller may see it."""
    return await _effort(sheet, course_id, request.query_params)


@api.post("/indsatser/{course_id}/piloter/{pilot_id}/beslut")
async def decide_pilot(course_id: UUID, pilot_id: UUID, manager: Manager, sheet: SheetOfEffort) -> Response:
    """A manager decides how the pilot goes on, beside the verdict that she was shown."""
    sent = sheet.sent
    body = {name: sent.get(name, "") for name in ("decision", "verdict", "reason")}
    try:
        if body["decision"] == "stop" and "confirmed" not in sent:
            raise Invalid("stop-unconfirmed", "A stop is to be confirmed", errors=[{"field": "confirmed"}])
        await sheet.send("courses", f"/pilots/{pilot_id}/decide", body, version=sheet.whole("version"))
    except Problem as problem:
        return await _effort(sheet, course_id, {}, problem=problem)
    return sheet.done(f"/indsatser/{course_id}#pilot", "pilot-stopped" if body["decision"] == "stop" else "decided")


@api.post("/indsatser/{course_id}/piloter")
async def open_pilot(course_id: UUID, manager: Manager, sheet: SheetOfEffort) -> Response:
    """A manager makes the effort a pilot, before anyone starts."""
    sent = sheet.sent
    try:
        body = {
            "course_id": course_id,
            "benchmark": share_of("benchmark", sent.get("benchmark", "")),
            "window_days": sheet.whole("window_days"),
            **{name: sent.get(name, "") for name in ("first_size", "planned_size", "measure")},
        }
        await sheet.send("courses", "/pilots", body)
    except Problem as problem:
        return await _effort(sheet, course_id, {}, problem=problem)
    return sheet.done(f"/indsatser/{course_id}#pilot", "pilot-opened")


async def _effort(
    sheet: Sheet, course_id: UUID, query: Mapping[str, str], *, problem: Problem | None = None
) -> Response:
    course, tried = await sheet.calls.read_all(
        ("courses", f"/courses/{course_id}"), ("courses", f"/pilots?course_id={course_id}")
    )
    today = clock.danish_day(clock.now())
    about: dict[str, Any] = {
        "course": course,
        "facts": _facts(course),
        "municipality": labels.municipality(sheet.municipality),
        "about": [course_id, "outcomes"],
        "problem": problem,
        "opened": "open-pilot" if problem else "",
    }
    if not sheet.roles & OF_FIGURES:
        return await _published(sheet, course, asked_of_published(query, today), about)
    question = asked(query, today)
    found = await answers.answers(sheet, question, answers.OF_AN_EFFORT)
    verdicts = await answers.verdicts(sheet, question, str(course_id))
    shown = depth(course, found, verdicts, question, sheet.municipality)
    return sheet.html(
        "efforts/effort.html",
        **about,
        asked=question,
        depth=shown,
        catalogue={note.key: note for note in shown.notes},
        decidable=decision.decidable(tried[0], course, today) if tried else None,
        may_become_pilot=decision.may_become_pilot(course, tried, today),
        measures=MEASURES,
        windows={days: wording.window(days) for days in wording.WINDOWS},
        cohorts=[cohort for cohort in course["cohorts"] if not cohort["cancelled_on"]],
    )


async def _published(sheet: Sheet, course: Mapping[str, Any], question: Asked, about: Mapping[str, Any]) -> Response:
    found = await answers.answers(sheet, question, answers.PUBLISHED)
    verdicts = await answers.verdicts(sheet, question, course["course_id"])
    return sheet.html(
        "efforts/published.html",
        **about,
        asked=question,
        figures_told=published(course, found),
        days=found.days,
        pilots=pilots(outcomes_of(course["course_id"], found, verdicts, sheet.municipality, question.today)),
        catalogue={note.key: note for note in notes(found.catalogue, found.catalogue)},
    )


def _facts(course: Mapping[str, Any]) -> list[str]:
    told = course_of(course)
    return [fact for fact in (*facts(told), audience(told.target_groups)) if fact]
