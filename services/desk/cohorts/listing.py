"""The cohorts of the municipality, as one looks for them."""

from uuid import UUID

from starlette.responses import Response

from services.desk.cohorts import words
from services.desk.cohorts.layout import Cohort
from services.desk.door.access import router
from services.desk.door.callers import OfFigures
from services.desk.sheet import TheSheet

api = router()


@api.get("/hold")
async def list_cohorts(
    sheet: TheSheet, caller: OfFigures, vis: str = "", kursus: str = "", ledige: str = ""
) -> Response:
    """Cohorts by their start: those to come and those in progress, unless others are asked for."""
    states = {"": ["upcoming", "running"], "all": []}.get(vis, [vis] if vis in words.STATES else ["upcoming"])
    course_id = id_of(kursus)
    told = await sheet.read("courses", "/cohorts", state=states, course_id=course_id, free=bool(ledige) or None)
    courses = await sheet.read("courses", "/courses", closed=True)
    return sheet.html(
        "cohorts/list.html",
        about=["courses"],
        cohorts=[Cohort(**cohort) for cohort in told],
        courses=[(course["course_id"], course["title"]) for course in courses],
        asked={"vis": vis, "kursus": course_id or "", "ledige": bool(ledige)},
        words=words,
    )


def id_of(text: str) -> UUID | None:
    """The id that stands in an address; None for a text that is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
