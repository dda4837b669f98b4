"""The services' HTTP APIs, called for whoever sits at a page: with her token, and saying for which page she reads.

So a service decides what she may see and do exactly as it does for any other caller, and logs her reads where the data
is. The desk keeps nothing about citizens (decision 0023).
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx
import structlog

from services.desk.door.doorman import Caller
from shared.problems import Forbidden, Invalid, NotFound, Problem, Refused, TooLarge, Unauthenticated, Unavailable

PATIENCE_S = 10.0
PROBE_S = 3.0
SLOW_S = 60.0
"""For files, and for figures as of a day that nobody has asked for yet."""
AT_ONCE = 100
IDLE_S = 5.0
"""A connection rests this long at most. The services keep theirs for longer: who lets go first must be who asks."""
CUT = (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError)
"""The connection broke after it was made: what was asked may have been heard or not."""
KINDS: Mapping[int, type[Problem]] = {
    401: Unauthenticated,
    403: Forbidden,
    404: NotFound,
    409: Refused,
    413: TooLarge,
    422: Invalid,
    503: Unavailable,
}
log = structlog.get_logger(__name__)


class Services:
    """All of them. ``address`` holds ``{service}`` where the service's name belongs."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._client: httpx.AsyncClient | None = None

    async def open(self) -> None:
        """Be ready to call."""
        limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE, keepalive_expiry=IDLE_S)
        self._client = httpx.AsyncClient(timeout=PATIENCE_S, limits=limits, trust_env=False)

    async def close(self) -> None:
        """Let the connections go."""
        if self._client is not None:
            await self._client.aclose()

    async def probe(self, service: str, path: str) -> httpx.Response:
        """What a service says of itself, which needs no token: whatever it is. Raises Unavailable when it is silent."""
        return await self._request(service, "GET", path, timeout=PROBE_S)

    async def ask(self, service: str, method: str, path: str, **request: Any) -> httpx.Response:
        """The answer of a service; raises the problem that it answers with, or Unavailable."""
        answer = await self._request(service, method, path, **request)
        if answer.is_success:
            return answer
        raise _problem(answer, service)

    async def _request(self, service: str, method: str, path: str, **request: Any) -> httpx.Response:
        assert self._client is not None, "the services are not open"
        asked = self._client.build_request(method, f"{self._address.replace('{service}', service)}{path}", **request)
        try:
            try:
                return await self._client.send(asked)
            except CUT:
                if not _may_be_repeated(asked):
                    raise
                return await self._client.send(asked)
        except httpx.TransportError as failure:
            # not the path: it names the citizen
            log.warning("service away", service=service, method=method, failure=repr(failure))
            raise Unavailable(
                "service-away", f"The service {service} does not answer", "Try again in a moment.", service=service
            ) from failure


@dataclass(frozen=True, slots=True)
class Calls:
    """The services as one caller reaches them from one page. ``once`` is of the form that she sends, if she does."""

    services: Services
    caller: Caller
    purpose: str
    once: UUID | None = None
    correlation_id: str = field(default_factory=lambda: str(uuid4()))
    """Of everything that the page asks: the access logs know by it which reads were one look."""

    async def read(self, service: str, path: str, **asked: Any) -> Any:
        """What a service tells; questions that are None are left out."""
        params = {name: value for name, value in asked.items() if value is not None}
        # no questions are None: an empty mapping would take the query in the path away
        return (await self.services.ask(service, "GET", path, params=params or None, headers=self._headers())).json()

    async def read_all(self, *questions: tuple[str, str]) -> list[Any]:
        """Several answers, asked for at once."""
        return await asyncio.gather(*(self.read(service, path) for service, path in questions))

    async def file(self, service: str, path: str, **asked: Any) -> httpx.Response:
        """A file that a service makes, with its headers."""
        params = {name: value for name, value in asked.items() if value is not None}
        return await self.services.ask(service, "GET", path, params=params, headers=self._headers(), timeout=SLOW_S)

    async def send(
        self, service: str, path: str, body: Mapping[str, Any] | None = None, *, method: str = "POST", version: int = 0
    ) -> Any:
        """A command. A form that is sent twice has its effect once; ``version`` is what she saw, where that matters."""
        content = json.dumps(body or {}, default=str).encode()
        headers = self._headers() | {"Content-Type": "application/json"}
        if self.once is not None:
            headers["Idempotency-Key"] = str(uuid5(self.once, f"{method} {service}{path} {content.decode()}"))
        if version:
            headers["Expected-Version"] = str(version)
        answer = await self.services.ask(service, method, path, content=content, headers=headers)
        return answer.json() if answer.content else None

    def _headers(self) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self.caller.access_token}",
            "Municipality": self.caller.principal.municipality,
            "Purpose": self.purpose,
            "X-Correlation-Id": self.correlation_id,
        }


def _may_be_repeated(asked: httpx.Request) -> bool:
    return asked.method == "GET" or "Idempotency-Key" in asked.headers


def _problem(answer: httpx.Response, service: str) -> Problem:
    try:
        told = answer.json()
    except ValueError:
        told = {}
    if not isinstance(told, dict) or "type" not in told or answer.status_code not in KINDS:
        return Unavailable(
            "service-failed", f"The service {service} could not answer", "Try again in a moment.", service=service
        )
    code = str(told.pop("type")).rpartition(":")[2]
    title, detail = str(told.pop("title", "")), str(told.pop("detail", ""))
    told.pop("status", None)
    return KINDS[answer.status_code](code, title, detail, **told)
