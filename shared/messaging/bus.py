"""The connection to the broker. It never gives up, says when it came back, and knows whether the broker syncs."""

import asyncio
import contextlib
import json
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import structlog
from nats.js import JetStreamContext

from shared.durability import Unsafe
from shared.messaging.client import BlockClient, BodiesOnly

log = structlog.get_logger(__name__)

Listener = Callable[[], Awaitable[None]]


class BusError(RuntimeError):
    """The broker refused a request; ``code`` is JetStream's error code."""

    def __init__(self, subject: str, code: int, description: str):
        super().__init__(f"{subject}: {description} ({code})")
        self.code = code


class Bus:
    """One connection, shared by everything in a process that talks to the broker.

    ``bodies_only`` makes it a reader's: its messages come without headers, at twice the rate.
    """

    def __init__(self, url: str, *, monitor_url: str | None = None, name: str = "loeft", bodies_only: bool = False):
        self.url, self._monitor_url, self._name = url, monitor_url, name
        self._new_client: type[BlockClient] = BodiesOnly if bodies_only else BlockClient
        self._client: BlockClient | None = None
        self._publishing: JetStreamContext | None = None
        self._reconnected: list[Listener] = []
        self.generation = 0
        """How often the connection was lost: whatever was known of the broker before may have changed since."""
        self._deadlines: set[asyncio.Timeout] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self, *, allow_unsafe: bool = False) -> None:
        """Connect, waiting for a broker that is not there yet; raises Unsafe when it does not sync."""
        self._client, self._publishing = self._new_client(), None
        await self._client.connect(
            self.url,
            name=self._name,
            max_reconnect_attempts=-1,  # the library's default gives up after two minutes and stays deaf
            reconnect_time_wait=0.2,  # type: ignore[arg-type]
            ping_interval=5,
            max_outstanding_pings=2,
            allow_reconnect=True,
            reconnected_cb=self._on_reconnected,
            disconnected_cb=self._on_disconnected,
            error_cb=self._on_error,
            pending_size=64 * 1024 * 1024,
        )
        if self._monitor_url is not None and (unsafe := await _unsafe(self._monitor_url)):
            if allow_unsafe:
                log.warning("durability-unsafe", reason=unsafe)
                return
            await self.close()
            raise Unsafe(f"{unsafe} Or set LOEFT_ALLOW_UNSAFE_DURABILITY=true if you mean it.")

    async def close(self) -> None:
        """Close the connection; what was published before is flushed."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    @property
    def client(self) -> BlockClient:
        """The open connection."""
        assert self._client is not None, "the bus is not open"
        return self._client

    @property
    def connected(self) -> bool:
        """Whether the broker is there now."""
        return self._client is not None and self._client.is_connected

    def jetstream(self, timeout: float = 10) -> JetStreamContext:
        """The JetStream side of the connection."""
        return self.client.jetstream(timeout=timeout)

    @property
    def publishing(self) -> JetStreamContext:
        """The one JetStream side for pipelined publishing: each keeps a subscription for its acknowledgements."""
        if self._publishing is None:
            self._publishing = self.jetstream()
        return self._publishing

    def on_reconnected(self, listener: Listener) -> None:
        """Call ``listener`` each time the broker came back: what it remembers may have changed meanwhile."""
        self._reconnected.append(listener)

    async def ask(self, subject: str, request: dict[str, Any] | None = None, *, within_s: float = 10) -> dict[str, Any]:
        """A request to the JetStream API (``$JS.API.`` is put in front); raises BusError with the broker's reason."""
        body = json.dumps(request).encode() if request is not None else b""
        async with self.answering(within_s):
            reply = await self.client.request(f"$JS.API.{subject}", body, timeout=within_s)
        answer: dict[str, Any] = json.loads(reply.data)
        if error := answer.get("error"):
            raise BusError(subject, error.get("err_code", error.get("code", 0)), error.get("description", ""))
        return answer

    @asynccontextmanager
    async def answering(self, within_s: float) -> AsyncIterator[None]:
        """A block that waits for the broker: TimeoutError when it is late, and at once when the connection is lost.

        An answer that was on its way then never comes, and waiting out the whole time would only cost that time.
        """
        async with asyncio.timeout(within_s) as deadline:
            self._deadlines.add(deadline)
            try:
                yield
            finally:
                self._deadlines.discard(deadline)

    async def _on_reconnected(self) -> None:
        log.info("bus-reconnected")
        for listener in self._reconnected:
            task = asyncio.create_task(self._tell(listener))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _tell(self, listener: Listener) -> None:
        try:
            await listener()
        except Exception:
            log.exception("bus-listener-failed")

    async def _on_disconnected(self) -> None:
        self.generation += 1  # the library tells us before it connects again
        for deadline in self._deadlines:
            with contextlib.suppress(RuntimeError):  # it has just run out by itself
                deadline.reschedule(asyncio.get_running_loop().time())
        if self._client is not None:
            log.warning("bus-disconnected")

    async def _on_error(self, error: Exception) -> None:
        # nats-py reports a refused publish here and nowhere else
        log.warning("bus-error", error=f"{type(error).__name__}: {error}")


async def _unsafe(monitor_url: str) -> str:
    """Why what the broker acknowledges may not be on its disk, and what to do; '' when it is."""
    try:
        config = await asyncio.to_thread(_jetstream_config, monitor_url)
    except OSError as failure:
        return (
            f"The broker's monitoring at {monitor_url} does not answer ({failure}), so nobody knows whether it syncs "
            "to disk. Set LOEFT_NATS_MONITOR_URL."
        )
    if not config.get("sync_always"):
        return (
            "The broker acknowledges messages that are not on disk (jetstream.sync_interval is not `always`): a power "
            "cut would lose them. Set it."
        )
    return ""


def _jetstream_config(monitor_url: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{monitor_url}/varz", timeout=5) as answer:
        config: dict[str, Any] = json.load(answer).get("jetstream", {}).get("config", {})
    return config
