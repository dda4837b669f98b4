"""Who comes in by a link.

Opening a link puts it into a cookie that is sent to the pages of that one test only, so that it stands in one address
and no other. A page's route then lets in as any route does that takes links (``allow(link=…)``), in one transaction.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.assessment.api.sessions import TEST
from services.assessment.web.render import PAGES
from shared.problems import Unauthenticated
from shared.web import Principal, allow
from shared.web.citizen import Endpoint
from shared.web.route import TransactionRoute

if TYPE_CHECKING:
    from shared.web import Service

COOKIE = "loeft-test"
Sitter = Annotated[Principal, allow(link=TEST)]


class PageRoute(TransactionRoute):
    """A route of one test that a browser calls with the cookie of that test."""

    async def caller(self, request: Request) -> Principal:
        """Whoever has the link in the cookie. Raises Unauthenticated."""
        service: Service = request.app.state.service
        link = request.cookies.get(COOKIE)
        if link is None:
            raise Unauthenticated("link-missing", "No link was opened in this browser", "Open the link that you got.")
        return service.holder_of(link)

    def get_route_handler(self) -> Endpoint:  # type: ignore[override]
        """The endpoint with everything around it; a failure is a page too."""
        return PAGES.around(super().get_route_handler())


class OpenRoute(APIRoute):
    """A route that a browser calls with the link itself."""

    def get_route_handler(self) -> Endpoint:  # type: ignore[override]
        """The endpoint; a failure is a page too."""
        return PAGES.around(super().get_route_handler())


def router() -> APIRouter:
    """A router whose routes are a citizen's pages; they are no part of the interface that OpenAPI describes."""
    return APIRouter(route_class=PageRoute, include_in_schema=False)


def home(request: Request, test_id: UUID) -> str:
    """The address of a test's pages."""
    return f"{request.scope.get('root_path', '')}/tests/{test_id}"


def go_to(address: str) -> RedirectResponse:
    """See that page next: a form that was sent is never sent again by a reload."""
    return RedirectResponse(address, 303)


def keep_link(request: Request, response: Response, test_id: UUID, token: str) -> None:
    """Keep the link until the browser is closed, or the link runs out."""
    response.set_cookie(
        COOKIE,
        token,
        path=home(request, test_id),
        httponly=True,
        samesite="lax",  # strict would not be sent when the link is opened from a mail
        secure=request.headers.get("X-Forwarded-Proto", request.url.scheme) == "https",
    )


def drop_link(request: Request, response: Response, test_id: UUID) -> None:
    """Forget the link in this browser."""
    response.delete_cookie(COOKIE, path=home(request, test_id), httponly=True, samesite="lax")


def link_until(caller: Principal) -> datetime:
    """When the link that was opened runs out."""
    assert caller.link is not None
    return caller.link.expires
