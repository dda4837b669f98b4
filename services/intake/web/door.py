"""Who comes in by the link at the door, and what she sees when she cannot.

The link stands in the address and nowhere else: it is the same for everybody who stands at that door, opens the
check-in of that site on that day, and says nothing of anybody.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from services.intake.api.openings import CHECK_IN
from services.intake.web import refusals, render
from shared.problems import Problem
from shared.web import Principal, allow
from shared.web.headers import guard
from shared.web.problems import answer_to
from shared.web.route import TransactionRoute

if TYPE_CHECKING:
    from shared.web import Service

Visitor = Annotated[Principal, allow(link=CHECK_IN)]
Endpoint = Callable[[Request], Awaitable[Response]]


class DoorRoute(TransactionRoute):
    """A route that a browser calls with the link in its address."""

    remembers = False  # a form that is sent again is known by its own id

    async def caller(self, request: Request) -> Principal:
        """Whoever has the link. Raises Unauthenticated."""
        service: Service = request.app.state.service
        visitor = service.holder_of(request.path_params["token"])
        assert visitor.link is not None
        # no other id stands in the address than the link's own: it names what it opens
        request.path_params[f"{CHECK_IN}_id"] = str(visitor.link.id)
        return visitor

    def get_route_handler(self) -> Endpoint:  # type: ignore[override]
        """The endpoint with everything around it; a failure is a page too."""
        endpoint = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                response = await endpoint(request)
            except Exception as failure:  # whatever it is, a citizen is told in words that are meant for her
                response = await _refused(request, failure)
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            guard(response.headers)
            return response

        return handle


def router() -> APIRouter:
    """A router whose routes are pages for whoever stands at the door; they are no part of the described interface."""
    return APIRouter(route_class=DoorRoute, include_in_schema=False)


async def _refused(request: Request, failure: Exception) -> Response:
    if isinstance(failure, RequestValidationError):
        failure = HTTPException(404)  # forms are read elsewhere: it is the address that cannot be read
    told = await answer_to(request, failure)
    code = failure.code if isinstance(failure, Problem) else ""
    kept = {name: value for name, value in told.headers.items() if name not in {"content-length", "content-type"}}
    page = render.page(request, "refused.html", refusal=refusals.refusal(code, told.status_code))
    return HTMLResponse(page, told.status_code, kept)
