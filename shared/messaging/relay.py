"""The relay: the only publisher of domain events. It follows a service's log and puts each row on the bus, in order.

It is woken in the process after each commit; the poll is only the guarantee. One relay a service works at a time: it
holds an advisory lock on its own connection and a fencing token in the ``relay`` row. A relay that was paused and
replaced finds its token gone, its cursor refused, and starts again as the one that waits.

The log is the truth about what must be on the bus. With each saved cursor the relay notes one event and its stream
sequence (the mark). Whenever the connection was lost, and now and then, it asks whether the mark is there; if not, the
broker has lost events, and the relay fills the stream again from the log before it goes on (``refill``). Nothing that
is published while that question is open moves the mark: a broker that came back from an older copy takes new events
gladly, and a mark among them would hide what it has lost.
"""

import asyncio
import contextlib
import time

import asyncpg
import structlog

from shared import crash
from shared.messaging.bus import Bus
from shared.messaging.provision import provision
from shared.messaging.publisher import Acknowledged, Publisher
from shared.messaging.refill import has_event, is_whole, refill
from shared.messaging.topology import events, inbound
from shared.persistence.connection import Connection
from shared.persistence.database import Database
from shared.persistence.event_log import GAP_POLL_S, LogReader, Row

log = structlog.get_logger(__name__)

CHUNK = 1000
POLL_S = 1.0
LOCK = 0x4C6F6674  # "Loft": the advisory lock of the relay; each service has its own database
RETRY_S = 0.5
VERIFY_S = 5.0

SAVE = """
UPDATE relay SET cursor = $2,
    mark_event = CASE WHEN $5 THEN $3 ELSE mark_event END, mark_sequence = CASE WHEN $5 THEN $4 ELSE mark_sequence END
WHERE owner = $1 RETURNING cursor
"""


class Fenced(RuntimeError):
    """Another relay has taken over."""


class BrokerDoubted(ConnectionError):
    """The broker may not have what it had: it must be asked before anything is noted as published."""


class Relay:
    """The relay of one service."""

    def __init__(self, service: str, database: Database, bus: Bus, stream: str):
        self.service, self._database, self._bus, self._stream = service, database, bus, stream
        self._publisher = Publisher(bus, stream)
        self._owner = 0
        self._trusted: int | None = None  # the generation of the connection in which the stream was found whole
        self._verified_at = 0.0
        self._mark = 0
        self._refused = 0
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
                connection = await self._database.connect(derived=True)
                try:
                    await self._lead(connection)
                finally:
                    self.leading = False
                    with contextlib.suppress(Exception):
                        await connection.close(timeout=1)
            except Fenced:
                log.warning("relay-fenced", service=self.service)
            except Exception as failure:  # most of all a lost database; whatever it is, the log keeps what is not out
                log.warning("relay-interrupted", service=self.service, error=_told(failure))
            self._mark_behind()
            await asyncio.sleep(RETRY_S)

    async def _lead(self, connection: Connection) -> None:
        while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
            self._caught_up_at = 0  # another relay is at work: nothing is behind because of us
            await asyncio.sleep(POLL_S)
        relay = await connection.fetchrow("UPDATE relay SET owner = owner + 1 RETURNING owner, cursor")
        assert relay is not None
        self._owner, self._trusted = relay["owner"], None
        self.leading = True
        reader = LogReader(relay["cursor"])
        while True:
            if not self._bus.connected:
                await self._wait_for_broker(connection)
            try:
                await self._verify(connection)
                await self._drain(connection, reader)
            except Exception as failure:  # the broker is away, slow or full: the log keeps what is not out
                if isinstance(failure, Fenced | asyncpg.PostgresError) or connection.is_closed():
                    raise
                log.warning("relay-broker-failed", service=self.service, error=_told(failure))
                self._trusted = None
                reader = LogReader(await connection.fetchval("SELECT cursor FROM relay"))
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
                last = await publishing
            crash.point("relay.acked")
            await self._save(connection, rows[-1], last)
            crash.point("relay.cursor-saved")
            rows = following

    async def _save(self, connection: Connection, row: Row, last: Acknowledged) -> None:
        ahead = last.sequence > self._mark
        if self._trusted != self._bus.generation:
            raise BrokerDoubted("the connection was lost while events were published")
        if not ahead and not last.repeated:
            raise BrokerDoubted(f"a new event got sequence {last.sequence}, but {self._mark} was given before")
        if await connection.fetchval(SAVE, self._owner, row.id, row.event_id, last.sequence, ahead) is None:
            raise Fenced
        self._mark = max(self._mark, last.sequence)

    async def _wait(self, reader: LogReader) -> None:
        if reader.waiting_for_gap:
            self._mark_behind()
        else:
            self._caught_up_at = 0
        timeout = GAP_POLL_S if reader.waiting_for_gap else POLL_S
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout):  # wait_for may swallow a cancellation that comes with the event
                await self._database.committed.wait()

    async def _wait_for_broker(self, connection: Connection) -> None:
        """Until the broker is there; what is published meanwhile would only pile up in the client."""
        while not self._bus.connected:
            if await connection.fetchval("SELECT EXISTS (SELECT FROM event_log WHERE id > (SELECT cursor FROM relay))"):
                self._mark_behind()
            await asyncio.sleep(RETRY_S)

    async def _verify(self, connection: Connection) -> None:
        """Fill the stream again if the broker does not have what it had acknowledged."""
        generation, doubted = self._bus.generation, self._trusted != self._bus.generation
        if not doubted and time.monotonic() - self._verified_at < VERIFY_S:
            return
        if doubted:
            await provision(self._bus, [events(self._stream), inbound()], [])
        mark = await connection.fetchrow("SELECT mark_event, mark_sequence FROM relay")
        assert mark is not None
        self._mark = mark["mark_sequence"] or 0
        known = mark["mark_event"] is None or await has_event(self._bus, self._stream, self._mark, mark["mark_event"])
        if not known or (
            doubted and not await is_whole(self.service, connection, self._bus, self._stream, but=self._refused)
        ):
            await self._refill(connection)
        self._trusted, self._verified_at = generation, time.monotonic()

    async def _refill(self, connection: Connection) -> None:
        log.error("bus-lost-events", service=self.service, last_known=self._mark)
        filled = await refill(self.service, connection, self._bus, self._stream)
        log.info("bus-refilled", service=self.service, published=filled.published, present=filled.present)
        saved = await connection.fetchval(
            "UPDATE relay SET mark_event = $2, mark_sequence = $3 WHERE owner = $1 RETURNING true",
            self._owner,
            filled.mark_event,
            filled.mark_sequence,
        )
        if not saved:
            raise Fenced
        self._mark, self._refused = filled.mark_sequence or 0, filled.refused

    async def _broker_came_back(self) -> None:
        self._database.committed.set()

    def _mark_behind(self) -> None:
        if self._caught_up_at == 0:
            self._caught_up_at = time.monotonic()


def _told(failure: Exception) -> str:
    return f"{type(failure).__name__}: {failure}"
