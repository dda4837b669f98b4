"""The durables of a service's reactions: made, watched, and believed only as long as they stand where the reactions do.

A durable's progress is kept by the broker. A broker that was cut short or rolled back gives sequence numbers out a
second time. A durable that stands ahead of them never sees what is there now, and a message that waits for its
acknowledgement comes again as whatever has its number now. So each reaction remembers the last message that it is done
with, in the transaction of the effect, and compares it with the stream at the start and whenever the connection was
lost. If it is not there, the durable begins again: what was handled before changes nothing.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable

import structlog

from shared.messaging.bus import Bus, BusError
from shared.messaging.feed import Position
from shared.messaging.provision import NOT_FOUND, provision
from shared.messaging.refill import has_event
from shared.messaging.topology import Durable, events
from shared.persistence.connection import Connection, Pool
from shared.persistence.database import Database

log = structlog.get_logger(__name__)

WATCH_S = 2.0

NOTE = """
INSERT INTO reading (reaction, sequence, stored) VALUES ($1, $2, $3)
ON CONFLICT (reaction) DO UPDATE SET sequence = excluded.sequence, stored = excluded.stored
WHERE reading.sequence < excluded.sequence
"""


class Durables:
    """The durables of one service. ``listen_again`` is told the name of one that was made again."""

    def __init__(
        self,
        durables: Iterable[Durable],
        database: Database,
        bus: Bus,
        stream: str,
        listen_again: Callable[[str], Awaitable[None]],
    ):
        self._durables, self._listen_again = list(durables), listen_again
        self._database, self._bus, self._stream = database, bus, stream
        self._believed = {durable.name: asyncio.Event() for durable in self._durables}
        self._doubts = 0
        self._look = asyncio.Event()
        self.lag: dict[str, int] = {}

    async def start(self) -> None:
        """Make the broker have them, standing where the reactions do."""
        await provision(self._bus, [events(self._stream)], [])
        for durable in self._durables:
            await self._verify(durable)

    async def believed(self, name: str, within_s: float) -> None:
        """Wait until what this durable brings can be believed. Raises TimeoutError."""
        async with asyncio.timeout(within_s):
            await self._believed[name].wait()

    async def done_with(self, connection: Connection | Pool, name: str, position: Position) -> None:
        """Remember that the reaction is done with the message at that position."""
        await connection.execute(NOTE, name, position.sequence, position.stored)

    async def doubt(self) -> None:
        """The connection was lost: what comes next may be of another stream."""
        self._doubts += 1
        for believed in self._believed.values():
            believed.clear()

    async def look_again(self) -> None:
        """The connection is there again."""
        self._look.set()

    async def watch(self) -> None:
        """Settle doubts, note how far each durable is behind, and make a lost one again, until cancelled."""
        while True:
            self._look.clear()
            for durable in self._durables:
                with contextlib.suppress(Exception):  # the broker or the database is away, and both say so themselves
                    await self._watch_one(durable)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(WATCH_S):
                    await self._look.wait()

    async def _watch_one(self, durable: Durable) -> None:
        if not self._believed[durable.name].is_set() and await self._verify(durable):
            await self._listen_again(durable.name)
        try:
            info = await self._bus.ask(f"CONSUMER.INFO.{self._stream}.{durable.name}", within_s=2)
            self.lag[durable.name] = info["num_pending"] + info["num_ack_pending"]
        except BusError as error:
            if error.code not in NOT_FOUND:
                raise
            log.error("durable-lost", reaction=durable.name)  # its consumer would wait in silence
            await self._begin_again(durable)
            await self._listen_again(durable.name)

    async def _verify(self, durable: Durable) -> bool:
        """Make sure that the durable stands where its reaction does; whether it had to begin again."""
        doubts = self._doubts
        stands = await self._stands(durable.name)
        if not stands:
            log.error("durable-not-believed", reaction=durable.name)
            await self._begin_again(durable)
        else:
            await provision(self._bus, [events(self._stream)], [durable])
        if doubts == self._doubts:
            self._believed[durable.name].set()
        return not stands

    async def _stands(self, name: str) -> bool:
        """Whether the stream has the last message that the reaction did, and the durable is no further than that."""
        row = await self._database.pool.fetchrow("SELECT sequence, stored FROM reading WHERE reaction = $1", name)
        try:
            info = await self._bus.ask(f"CONSUMER.INFO.{self._stream}.{name}")
        except BusError as error:
            if error.code in NOT_FOUND:
                return row is None
            raise
        done: int = info["ack_floor"]["stream_seq"]
        if row is None:
            return done == 0
        return done <= row["sequence"] and await has_event(
            self._bus, self._stream, row["sequence"], None, stored=row["stored"]
        )

    async def _begin_again(self, durable: Durable) -> None:
        await self._database.pool.execute("DELETE FROM reading WHERE reaction = $1", durable.name)
        try:
            await self._bus.ask(f"CONSUMER.DELETE.{self._stream}.{durable.name}")
        except BusError as error:
            if error.code not in NOT_FOUND:
                raise
        await provision(self._bus, [events(self._stream)], [durable])
