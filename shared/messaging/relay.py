"""The relay: the only publisher of domain events. It follows a service's log and puts each row on the bus, in order.

It is woken in the process after each commit; the poll is only the guarantee. One relay a service works at a time: it
holds an advisory lock on its own connection and a fencing token in the ``relay`` row. A relay that was paused and
replaced finds its token gone, its cursor refused, and starts again as the one that waits.

The log is the truth about what must be on the bus. With each saved cursor the relay notes one event and its stream
sequence (the mark). When the broker comes back and the mark is not there, the broker has lost events: the relay
fills the stream again from the log before it goes on (``refill``).
"""

import asyncio
import contextlib
import time

import asyncpg
import structlog

from shared import crash
from shared.messaging.bus import Bus
from shared.messaging.publisher import Publisher
from shared.messaging.refill import has_event, refill
from shared.persistence.connection import Connection
from shared.persistence.database import CONNECTION_LOST, Database
from shared.persistence.event_log import GAP_POLL_S, LogReader, Row
from shared.problems import Unavailable

log = structlog.get_logger(__name__)

CHUNK = 1000
POLL_S = 1.0
LOCK = 0x4C6F6674  # "Loft": the advisory lock of the relay; each service has its own database
RETRY_S = 0.5


class Fenced(RuntimeError):
    """Another relay has taken over."""


class Relay:
    """The relay of one service."""

    def __init__(self, service: str, database: Database, bus: Bus, stream: str):
        self.service, self._database, self._bus, self._stream = service, database, bus, stream
        self._publisher = Publisher(bus, stream)
        self._owner = 0
        self._verify = asyncio.Event()
        self._caught_up_at = time.monotonic()
        self.leading = False
        bus.on_reconnected(self._broker_came_back)

    @property
    def behind_s(self) -> float:
        """How long there has been something committed that is not on the bus; 0 when all is."""
        return 0.0 if self._caught_up_at == 0 else time.monotonic() - self._caught_up_at

    @property
    def published(self) -> int:
        """Events that this relay has put on the bus."""
        return self._publisher.published

    async def run(self) -> None:
        """Relay until cancelled, through every loss of the database or the broker."""
        while True:
            try:
                connection = await self._database.connect()
                try:
                    await self._lead(connection)
                finally:
                    self.leading = False
                    with contextlib.suppress(Exception):
                        await connection.close(timeout=1)
            except Fenced:
                log.warning("relay-fenced", service=self.service)
            except (*CONNECTION_LOST, asyncpg.PostgresError, Unavailable) as failure:
                log.warning("relay-database-lost", service=self.service, error=str(failure) or type(failure).__name__)
            self._mark_behind()
            await asyncio.sleep(RETRY_S)

    async def _lead(self, connection: Connection) -> None:
        while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
            self._caught_up_at = 0  # another relay is at work: nothing is behind because of us
            await asyncio.sleep(POLL_S)
        relay = await connection.fetchrow("UPDATE relay SET owner = owner + 1 RETURNING owner, cursor")
        assert relay is not None
        self._owner = relay["owner"]
        self.leading = True
        self._verify.set()
        reader = LogReader(relay["cursor"])
        while True:
            try:
                if self._verify.is_set():
                    await self._verify_mark(connection)
                await self._drain(connection, reader)
            except Exception as failure:  # the broker is away, slow or full: the log keeps what is not out
                if isinstance(failure, Fenced) or connection.is_closed():
                    raise
                log.warning("relay-broker-failed", service=self.service, error=f"{type(failure).__name__}: {failure}")
                reader = LogReader(await connection.fetchval("SELECT cursor FROM relay"))
                self._verify.set()
                self._mark_behind()
                await asyncio.sleep(RETRY_S)
                continue
            await self._wait(reader)

    async def _drain(self, connection: Connection, reader: LogReader) -> None:
        """Publish everything that can be read; the next rows are read while the broker writes the last ones."""
        self._database.committed.clear()
        rows = await reader.read(connection, CHUNK)
        crash.point("relay.read")
        while rows:
            self._mark_behind()
            publishing = asyncio.create_task(self._publisher.publish(rows))
            try:
                following = await reader.read(connection, CHUNK) if len(rows) == CHUNK else []
                crash.point("relay.published")
            finally:
                sequence = await publishing
            crash.point("relay.acked")
            await self._save(connection, rows[-1], sequence)
            crash.point("relay.cursor-saved")
            rows = following

    async def _save(self, connection: Connection, row: Row, sequence: int) -> None:
        saved = await connection.fetchval(
            "UPDATE relay SET cursor = $2, mark_event = $3, mark_sequence = $4 WHERE owner = $1 RETURNING cursor",
            self._owner,
            row.id,
            row.event_id,
            sequence,
        )
        if saved is None:
            raise Fenced

    async def _wait(self, reader: LogReader) -> None:
        if not reader.waiting_for_gap:
            self._caught_up_at = 0
        timeout = GAP_POLL_S if reader.waiting_for_gap else POLL_S
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._database.committed.wait(), timeout)

    async def _verify_mark(self, connection: Connection) -> None:
        """Fill the stream again if the broker does not have what it had acknowledged."""
        mark = await connection.fetchrow("SELECT mark_event, mark_sequence FROM relay")
        assert mark is not None
        if mark["mark_event"] is not None and not await has_event(
            self._bus, self._stream, mark["mark_sequence"], mark["mark_event"]
        ):
            log.error("bus-lost-events", service=self.service, missing_sequence=mark["mark_sequence"])
            filled = await refill(self.service, connection, self._bus, self._stream)
            log.info("bus-refilled", service=self.service, published=filled.published, present=filled.present)
            await connection.execute(
                "UPDATE relay SET mark_event = $2, mark_sequence = $3 WHERE owner = $1",
                self._owner,
                filled.mark_event,
                filled.mark_sequence,
            )
        self._verify.clear()

    async def _broker_came_back(self) -> None:
        self._verify.set()
        self._database.committed.set()

    def _mark_behind(self) -> None:
        if self._caught_up_at == 0:
            self._caught_up_at = time.monotonic()
