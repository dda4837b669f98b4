"""The page of one cohort, with everything that can be done on it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.desk import labels
from services.desk.cohorts import layout, words
from services.desk.door.access import router
from services.desk.door.callers import OfFigures
from services.desk.sheet import Sheet, TheSheet
from shared.clock import danish_day, now
from shared.problems import Problem

api = router()

SEES_CITIZENS = {"caseworker", "ementor"}
FOLLOWED = 49
"""Citizens whose own events (a certificate names no cohort) the page follows too: a page may follow 50 things."""


@api.get("/hold/{cohort_id}")
async def show_cohort(cohort_id: UUID, sheet: TheSheet, caller: OfFigures, dag: str = "") -> Response:
    """A cohort; ``dag`` is the day whose attendance is shown."""
    return await shown(sheet, cohort_id, day=dag)


async def shown(
    sheet: Sheet, cohort_id: UUID, *, day: str = "", problem: Problem | None = None, opened: str = ""
) -> Response:
    """The page; after a refusal with the form in question open: ``opened`` is its key.

    The fields of a problem are those of the form: ``in_form`` says what a form calls them.
    """
    today = danish_day(now())
    cohort = layout.Cohort(**await sheet.read("courses", f"/cohorts/{cohort_id}"))
    questions = [("courses", f"/courses/{cohort.course_id}")]
    if sheet.roles & SEES_CITIZENS:
        questions.append(("courses", f"/cohorts/{cohort_id}/roster"))
    course, *rosters = await sheet.calls.read_all(*questions)
    people = layout.people(rosters[0]) if rosters else None
    on_it = (*people.participants, *people.seats) if people else ()
    return sheet.html(
        "cohorts/cohort.html",
        about=[cohort_id, *(line.citizen_id for line in on_it[:FOLLOWED])],
        problem=problem,
        opened=opened,
        cohort=cohort,
        course=course,
        award=_award(course, cohort, today),
        people=people,
        attendance=layout.attendance_day(cohort, people.participants if people else (), day, today),
        step=words.NEXT[layout.next_step(cohort, today)],
        last_day=min(today, cohort.ends),
        today=today,
        now=now(),
        words=words,
        labels=labels,
    )


async def carry_out(
    sheet: Sheet, cohort_id: UUID, path: str, body: Mapping[str, Any], *, said: str, opened: str = "", **names: str
) -> Response:
    """Send what a form asks for; then the page says so, or stands again with the form and what is wrong with it.

    ``names`` are what the form calls the fields of the command.
    """
    try:
        await sheet.send("courses", path, body)
    except Problem as problem:
        return await shown(sheet, cohort_id, problem=in_form(problem, **names), opened=opened)
    return sheet.done(f"/hold/{cohort_id}", said)


def in_form(problem: Problem, **names: str) -> Problem:
    """The problem with its fields as the form calls them: ``on="frozen_on"``; many forms stand on one page."""
    for error in problem.members.get("errors", ()):
        error["field"] = names.get(str(error["field"]).rpartition(".")[2], error["field"])
    return problem


def _award(course: dict[str, Any], cohort: layout.Cohort, today: date) -> dict[str, Any]:
    """What a certificate of this cohort mostly is, to stand in the form."""
    return {
        "code": course["certificate"] or "",
        "title": course["title"],
        "type": "Certification" if course["certificate"] else "CertificateOfCompletion",
        "issuer": course["provider"],
        "on": min(today, cohort.ends) if today >= cohort.starts else today,
        "workload_hours": course["hours"],
        "participation_form": "online" if cohort.online else "on-site",
        "assessment_type": "prøve" if course["certificate"] else "deltagelse",
        "quality_assurance": course["provider"],
    }
