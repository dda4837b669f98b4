"""The pages of a test, and what their templates may call."""

from pathlib import Path

from starlette.requests import Request

from services.assessment.web import wording
from services.assessment.web.refusals import REFUSALS
from shared import clock, danish
from shared.web.citizen import Pages

HERE = Path(__file__).parent
STATIC = HERE / "static"
PAGES = Pages(HERE / "templates", name="Test af digitale færdigheder", style="test.css", refusals=REFUSALS)
PAGES.environment.filters |= {
    "area": wording.area,
    "level": wording.level,
    "you": wording.you,
    "long": wording.length,
    "precision": wording.precision,
    "day": lambda at: danish.day(clock.danish_day(at)),
    "moment": lambda at: danish.moment(at, clock.now()),
}
PAGES.environment.globals["interval"] = wording.interval
PAGES.environment.globals["not_calibrated"] = wording.NOT_CALIBRATED


def is_mobile(request: Request) -> bool:
    """Whether the browser says that it is a phone's: good enough for what is chosen beforehand, and not more."""
    return "Mobi" in request.headers.get("User-Agent", "")
