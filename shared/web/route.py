"""One request, one transaction: the route class of every command and query.

In order: who calls (401), may they (403, default deny), is there what the address asks for (422), has this request been
answered before (Idempotency-Key), then the endpoint inside a transaction, then the commit, and only then the answer
leaves. So what a caller was told has happened is on disk, a refused command leaves nothing behind, and a read is logged
before data leaves.
"""

import re
import time
from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import asyncpg
import structlog
from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from shared.persistence.database import CONNECTION_LOST
from shared.persistence.transaction import Origin, Transaction
from shared.problems import Forbidden, Invalid, TooLarge, Unavailable
from shared.telemetry.logging import CPR
from shared.telemetry.trace import child, trace_id
from shared.web import idempotency
from shared.web.documentation import headers
from shared.web.links import Links
from shared.web.parameters import asked_for, must_be_known
from shared.web.principal import Principal, Role
from shared.web.problems import CORRELATION_ID, status_of

if TYPE_CHECKING:
    from shared.web.service import Service

log = structlog.get_logger(__name__)

Endpoint = Callable[[Request], Awaitable[Response]]
TRIES = 3
LARGEST_REQUEST = 2 * 1024 * 1024
BEARER = HTTPBearer(bearerFormat="JWT", auto_error=False)  # for the description: ``Service.authenticate`` reads it
COLLISIONS = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
CORRELATION = re.compile(r"[A-Za-z0-9._-]{8,64}")
VERSION = re.compile(r"[0-9]{1,18}")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")


def allow(*roles: Role, link: str | None = None) -> Any:
    """Declare who may call a route; the endpoint gets the caller. A route that declares nobody lets nobody in.

    ``link`` is a kind of signed link that is let in too, without a role, where the address names the id it opens:
    ``link="test"`` on a path with ``{test_id}``.
    """

    def caller(request: Request, _: Annotated[object, Depends(BEARER)]) -> Principal:
        principal: Principal = request.state.principal
        return principal

    caller.roles = frozenset(roles)  # type: ignore[attr-defined]
    caller.link = link  # type: ignore[attr-defined]
    return Depends(caller)


def _transaction(request: Request) -> Transaction:
    tx: Transaction = request.state.transaction
    return tx


Tx = Annotated[Transaction, Depends(_transaction)]


def _links(request: Request) -> Links:
    service: Service = request.app.state.service
    return service.links


OpenLinks = Annotated[Links, Depends(_links)]


def declared_roles(route: APIRoute) -> frozenset[Role]:
    """The roles that a route's endpoint declares by ``allow``; empty when it declares none."""
    found: set[Role] = set()
    for dependency in route.dependant.dependencies:
        found |= getattr(dependency.call, "roles", frozenset())
    return frozenset(found)


def declared_link(route: APIRoute) -> str | None:
    """The kind of link that a route's endpoint takes beside the roles, if it takes any."""
    kinds = (getattr(dependency.call, "link", None) for dependency in route.dependant.dependencies)
    return next((kind for kind in kinds if kind), None)


class TransactionRoute(APIRoute):
    """A route whose endpoint runs inside one transaction of its service."""

    remembers = True
    """Whether answers are kept by Idempotency-Key; not where anybody may call, who could fill the table with keys."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        told = {"x-roles": sorted(declared_roles(self)), "parameters": headers("GET" in (self.methods or ()))}
        if link := declared_link(self):
            told["x-link"] = link
        self.openapi_extra = told | (self.openapi_extra or {})

    async def caller(self, request: Request) -> Principal:
        """Who calls. Raises Unauthenticated."""
        service: Service = request.app.state.service
        return await service.authenticate(request)

    def get_route_handler(self) -> Endpoint:  # type: ignore[override]
        """The endpoint with everything around it."""
        endpoint = super().get_route_handler()
        roles, link = declared_roles(self), declared_link(self)
        name, parameters = self.name, asked_for(self.dependant)

        async def handle(request: Request) -> Response:
            service: Service = request.app.state.service
            started = time.perf_counter()
            try:
                origin = _let_in(await self.caller(request), request, roles, link)
                if self.include_in_schema:  # a page may be linked to with what others put behind an address
                    must_be_known(request, parameters)
                key = idempotency.key_of(request, service.digest) if self.remembers else None
                response, tx = await _answer(service, request, origin, endpoint, key)
            except Exception as failure:
                service.metrics.request(name, request.method, status_of(failure), time.perf_counter() - started)
                raise
            response.headers[CORRELATION_ID] = origin.correlation_id
            _told(service, name, request, response.status_code, origin, tx, started)
            return response

        return handle


def _let_in(principal: Principal, request: Request, roles: frozenset[Role], link: str | None) -> Origin:
    """Who calls, for which municipality, and why. Raises Forbidden."""
    chosen = request.headers.get("Municipality")
    request.state.principal = principal = principal.acting_for(chosen) if chosen else principal
    if principal.link is not None:
        principal.link.must_open(link, request.path_params.get(f"{link}_id"))
    elif not roles & principal.roles:
        raise Forbidden(
            "role-missing", "Your role may not do this", f"It takes one of: {', '.join(sorted(roles)) or 'nobody'}."
        )
    origin = _origin(request, principal)
    request.state.correlation_id = origin.correlation_id
    return origin


async def _answer(
    service: "Service", request: Request, origin: Origin, endpoint: Endpoint, key: str | None
) -> tuple[Response, Transaction]:
    try:
        return await _in_transaction(service, request, origin, endpoint, key)
    except CONNECTION_LOST as failure:
        raise Unavailable(
            "database-unavailable",
            "The database does not answer",
            "Nothing was changed, unless the connection broke in the moment of storing. Try again in a moment; with the"
            " same Idempotency-Key it happens once.",
        ) from failure


async def _in_transaction(
    service: "Service", request: Request, origin: Origin, endpoint: Endpoint, key: str | None
) -> tuple[Response, Transaction]:
    body = await _body(request)
    for attempt in range(TRIES):
        try:
            async with service.database.transaction(origin) as tx:
                request.state.transaction = tx
                if key is None:
                    return await endpoint(_with(body, request)), tx
                earlier = await idempotency.claim(tx, key, idempotency.fingerprint(request, body, service.digest))
                if earlier is not None:
                    return earlier, tx
                response = await endpoint(_with(body, request))
                await idempotency.remember(tx, key, response)
                return response, tx
        except COLLISIONS:
            if attempt == TRIES - 1:
                raise
    raise AssertionError("the last try returned or raised")


async def _body(request: Request) -> bytes:
    """The whole body, which a collision needs again. Raises TooLarge as soon as it is."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_REQUEST:
            raise TooLarge(
                "request-too-large",
                "The request is too large",
                f"It may have {LARGEST_REQUEST // 1024} KiB. Send less at a time.",
            )
    return bytes(body)


def _with(body: bytes, request: Request) -> Request:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request(request.scope, receive)


def _origin(request: Request, principal: Principal) -> Origin:
    given = request.headers.get(CORRELATION_ID, "")
    correlation = given if CORRELATION.fullmatch(given) and not CPR.search(given) else str(uuid4())
    expected = request.headers.get("Expected-Version")
    if expected is not None and not VERSION.fullmatch(expected):
        raise Invalid("expected-version", "Expected-Version must be a whole number", "Send the version that you read.")
    return Origin(
        correlation_id=correlation,
        traceparent=child(request.headers.get("traceparent")),
        caller=principal,
        purpose=CPR.sub("[cpr]", UNPRINTABLE.sub("", request.headers.get("Purpose", "")))[:200],
        expected_version=int(expected) if expected is not None else None,
    )


def _told(
    service: "Service", name: str, request: Request, status: int, origin: Origin, tx: Transaction, started: float
) -> None:
    """One line for the command or query, and one for each event it made."""
    seconds = time.perf_counter() - started
    service.metrics.request(name, request.method, status, seconds)
    common = {"correlation_id": origin.correlation_id, "trace_id": trace_id(origin.traceparent)}
    kind = "query" if request.method == "GET" else "command"
    log.info(kind, service=service.name, name=name, status=status, ms=round(seconds * 1000, 2), **common)
    for envelope in tx.appended:
        service.metrics.event(envelope.name)
        log.info("event", type=envelope.type, event_id=str(envelope.id), entity=envelope.subject, **common)


def router(**options: Any) -> APIRouter:
    """A router whose routes run inside transactions."""
    return APIRouter(route_class=TransactionRoute, **options)


def routes_of(*nouns: ModuleType) -> APIRouter:
    """The routes of these modules (each has an ``api``), described under the modules' names."""
    whole = router()
    for noun in nouns:
        whole.include_router(noun.api, tags=[noun.__name__.rpartition(".")[2]])
    return whole
