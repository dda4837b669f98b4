"""Who may read the page.

In production the reverse proxy signs people in at the municipality's issuer and passes the token on, as
``Authorization: Bearer`` or in the cookie ``loeft``. On one machine of one's own the page signs in a local manager by
itself and keeps the token in that cookie, because a browser's EventSource can send no header.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from services.desk import labels
from shared.problems import Forbidden, Unauthenticated
from shared.settings import Settings
from shared.web import Principal, Role, allow
from shared.web.route import declared_roles
from shared.web.tokens import LocalIssuer, verifier_of

COOKIE = "loeft"
LOCAL_MINUTES = 12 * 60

Endpoint = Callable[[Request], Awaitable[Response]]
Reader = Annotated[Principal, allow(Role.MANAGER, Role.CASEWORKER, Role.EMENTOR, Role.ANALYST)]


class Doorman:
    """Turns a request into its caller. On one machine of one's own it signs in a local manager by itself."""

    def __init__(self, settings: Settings) -> None:
        self._verifier = verifier_of(settings)
        local = settings.profile == "embedded" and settings.page_sign_in
        self._local = self._verifier if local and isinstance(self._verifier, LocalIssuer) else None

    @property
    def signs_in(self) -> bool:
        """Whether everybody who opens the page is the local manager."""
        return self._local is not None

    async def admit(self, request: Request) -> tuple[Principal, str | None]:
        """The caller, and a token to keep when this call signed in; raises Unauthenticated."""
        scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
        token = bearer if scheme.lower() == "bearer" else request.cookies.get(COOKIE, "")
        try:
            if not token:
                raise Unauthenticated("token-missing", "No access token came with the request")
            return await self._verifier.verify(token), None
        except Unauthenticated:
            if self._local is None or bearer:
                raise
        token = self._local.issue("local-manager", [Role.MANAGER], sorted(labels.MUNICIPALITIES), minutes=LOCAL_MINUTES)
        return await self._local.verify(token), token


class PageRoute(APIRoute):
    """A route that a browser calls: it admits the caller, and nobody whose role the endpoint does not declare."""

    def get_route_handler(self) -> Endpoint:  # type: ignore[override]
        """The endpoint behind the door."""
        endpoint = super().get_route_handler()
        roles = declared_roles(self)

        async def handle(request: Request) -> Response:
            doorman: Doorman = request.app.state.doorman
            request.state.principal, token = await doorman.admit(request)
            if not roles & request.state.principal.roles:
                raise Forbidden("role-missing", "Your role may not read this page")
            response = await endpoint(request)
            if token is not None:
                response.set_cookie(
                    COOKIE, token, max_age=60 * LOCAL_MINUTES, httponly=True, samesite="strict", path="/"
                )
            return response

        return handle


def router() -> APIRouter:
    """A router whose routes are for browsers."""
    return APIRouter(route_class=PageRoute)
