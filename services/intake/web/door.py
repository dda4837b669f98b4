"""Who comes in by the link at the door.

The link stands in the address and nowhere else: it is the same for everybody who stands at that door, opens the
check-in of that site on that day, and says nothing of anybody.
"""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter
from starlette.requests import Request

from services.intake.api.openings import CHECK_IN
from services.intake.web.render import PAGES
from shared.web import Principal, allow
from shared.web.citizen import Endpoint
from shared.web.route import TransactionRoute

if TYPE_CHECKING:
    from shared.web import Service

Visitor = Annotated[Principal, allow(link=CHECK_IN)]


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
        return PAGES.around(super().get_route_handler())


def router() -> APIRouter:
    """A router whose routes are pages for whoever stands at the door; they are no part of the described interface."""
    return APIRouter(route_class=DoorRoute, include_in_schema=False)
