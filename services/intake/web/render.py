"""Pages as HTML."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from shared.codelists import workshop_themes

HERE = Path(__file__).parent
STATIC = HERE / "static"
ENVIRONMENT = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.filters["theme"] = workshop_themes.words
ENVIRONMENT.globals["themes"] = workshop_themes.THEMES


def page(request: Request, template: str, **shown: object) -> str:
    """A whole page."""
    root = request.scope.get("root_path", "")
    return ENVIRONMENT.get_template(template).render(root=root, static=f"{root}/static", **shown)
