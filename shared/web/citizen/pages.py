"""The citizens' pages of one service: its templates on the common frame, and a page also for what goes wrong."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi.exceptions import RequestValidationError
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from shared.problems import Problem
from shared.web.citizen.refusals import Refusals
from shared.web.headers import guard
from shared.web.problems import answer_to

Endpoint = Callable[[Request], Awaitable[Response]]
FRAME = Path(__file__).parent / "templates"
NOT_OF_A_PAGE = {"content-length", "content-type"}


class Pages:
    """They. ``templates`` is a folder; ``name`` stands on each page, ``style`` is a file below the static ones."""

    def __init__(self, templates: Path, *, name: str, style: str, refusals: Refusals) -> None:
        self._refusals = refusals
        self.environment = Environment(
            loader=FileSystemLoader([templates, FRAME]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.environment.globals["frame"] = {"name": name, "style": style}

    def html(self, request: Request, template: str, **shown: object) -> str:
        """A whole page."""
        root = request.scope.get("root_path", "")
        return self.environment.get_template(template).render(root=root, static=f"{root}/static", **shown)

    def around(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint, answering with pages only, that nobody keeps unless it says so itself.

        A failure has the status, the headers and the log line that the JSON interface would give it.
        """

        async def handle(request: Request) -> Response:
            try:
                response = await endpoint(request)
            except Exception as failure:  # whatever it is, a citizen is told in words that are meant for her
                response = await self._refused(request, failure)
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            guard(response.headers)
            return response

        return handle

    async def _refused(self, request: Request, failure: Exception) -> Response:
        if isinstance(failure, RequestValidationError):
            failure = HTTPException(404)  # forms are read elsewhere: it is the address that cannot be read
        told = await answer_to(request, failure)
        code = failure.code if isinstance(failure, Problem) else ""
        kept = {name: value for name, value in told.headers.items() if name not in NOT_OF_A_PAGE}
        page = self.html(request, "refused.html", refusal=self._refusals.of(code, told.status_code))
        return HTMLResponse(page, told.status_code, kept)
