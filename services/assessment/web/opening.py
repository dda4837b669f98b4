"""Opening a link, and closing the test in a browser that others use too."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from services.assessment.api.sessions import TEST
from services.assessment.web.door import OpenRoute, drop_link, go_to, home, keep_link
from services.assessment.web.render import PAGES
from shared.web import OpenLinks

pages = APIRouter(route_class=OpenRoute, include_in_schema=False)


@pages.get("/open/{token:path}")
async def open_link(token: str, request: Request, links: OpenLinks) -> Response:
    """Keep the link and show its test: the address that stands in the browser from now on opens nothing by itself."""
    link = links.read(token)
    link.must_open(TEST, str(link.id))
    response = go_to(home(request, link.id))
    keep_link(request, response, link.id, token)
    return response


@pages.post("/tests/{test_id}/close")
async def close_test(test_id: UUID, request: Request) -> Response:
    """Forget the link in this browser. The test itself stays as it is."""
    response = HTMLResponse(PAGES.html(request, "closed.html"))
    drop_link(request, response, test_id)
    return response


@pages.get("/tests/{test_id}/{step:path}")
async def look_again(test_id: UUID, step: str, request: Request) -> Response:
    """A browser that is opened again asks for the address of the form it sent last: there is the test itself."""
    return go_to(home(request, test_id))
