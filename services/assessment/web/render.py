"""Pages as HTML."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from services.assessment.web import wording
from shared import clock, danish

HERE = Path(__file__).parent
STATIC = HERE / "static"
ENVIRONMENT = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.filters |= {
    "area": wording.area,
    "level": wording.level,
    "you": wording.you,
    "long": wording.length,
    "precision": wording.precision,
    "day": lambda at: danish.day(clock.danish_day(at)),
    "moment": lambda at: danish.moment(at, clock.now()),
}
ENVIRONMENT.globals["interval"] = wording.interval
ENVIRONMENT.globals["not_calibrated"] = wording.NOT_CALIBRATED


def page(request: Request, template: str, **shown: object) -> str:
    """A whole page."""
    root = request.scope.get("root_path", "")
    return ENVIRONMENT.get_template(template).render(root=root, static=f"{root}/static", **shown)


def is_mobile(request: Request) -> bool:
    """Whether the browser says that it is a phone's: good enough for what is chosen beforehand, and not more."""
    return "Mobi" in request.headers.get("User-Agent", "")
