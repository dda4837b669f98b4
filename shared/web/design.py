"""What every page looks like: the public design system, our font and colours, served by the page's own process.

``design/VENDORED.md`` says what is copied in from others.
"""

from pathlib import Path

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from shared.web.headers import guard

DESIGN = Path(__file__).parent / "design"
PATHS = ("/static/design", "/static")


class Files(StaticFiles):
    """Files for browsers, with the headers of a page."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file."""
        response = await super().get_response(path, scope)
        guard(response.headers)
        return response


def serve(app: FastAPI, own: Path) -> None:
    """Serve the design, and beside it the app's ``own`` files."""
    for path, directory in zip(PATHS, (DESIGN, own), strict=True):
        app.mount(path, Files(directory=directory), name=path.strip("/"))
