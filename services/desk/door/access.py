"""Routes for browsers: who may read, and that a form was sent from one of our own pages.

Nobody is let in whose role the endpoint does not declare. What changes something carries the session's form token
(``form_token``): another site can make a browser send a form with its cookie, but not know the token.
"""

import hmac
from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.desk.door.doorman import Caller, Doorman
from services.desk.door.session import Secret
from shared.problems import Forbidden
from shared.web.route import declared_roles

Endpoint = Callable[[Request], Awaitable[Response]]
READING = ("GET", "HEAD")


class PageRoute(APIRoute):
    """A route that a browser calls."""

    def get_route_handler(self) -> Endpoint:  # type: ignore[override]
        """The endpoint behind the door."""
        endpoint = super().get_route_handler()
        roles = declared_roles(self)

        async def handle(request: Request) -> Response:
            doorman: Doorman = request.app.state.doorman
            request.state.caller = caller = await doorman.admit(request)
            request.state.principal = caller.principal
            if not roles & caller.principal.roles:
                raise Forbidden("role-missing", "Your role may not see this page")
            if request.method not in READING:
                await must_be_ours(request, caller.secret)
            return await endpoint(request)

        return handle


async def must_be_ours(request: Request, secret: Secret | None) -> None:
    """Raise Forbidden for a form that did not come from a page of this session; a program has none, and a token."""
    if secret is None:
        return
    sent = (await request.form()).get("form_token")
    if not isinstance(sent, str) or not hmac.compare_digest(sent.encode(), secret.form_token.encode()):
        raise Forbidden("form-foreign", "The form is not from this session", "Open the page again and send it anew.")


def _caller(request: Request) -> Caller:
    caller: Caller = request.state.caller
    return caller


Admitted = Annotated[Caller, Depends(_caller)]
"""The caller with the session; the principal is what the names in ``callers.py`` give."""


def to_sign_in(request: Request) -> Response | None:
    """The way to the sign-in page for somebody who opened a page; None where that would not help."""
    page = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
    if not page or "Authorization" in request.headers:
        return None
    root = request.scope.get("root_path", "")
    wanted = request.url.path.removeprefix(root) + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"{root}/login?next={quote(wanted, safe='')}", 303)


def router() -> APIRouter:
    """A router whose routes are for browsers."""
    return APIRouter(route_class=PageRoute)
