"""A bus with relays and reactions on it, started and stopped as a test likes, and what is on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from nats.errors import Error as NatsError

from shared.contracts.envelope import Envelope
from shared.messaging.bus import Bus, BusError
from shared.messaging.cloudevents import decode
from shared.messaging.feed import Feed, position_of
from shared.messaging.parked import ParkingLot
from shared.messaging.provision import provision
from shared.messaging.reactions import Reaction, Reactions
from shared.messaging.relay import Relay
from shared.messaging.topology import events
from shared.persistence import Database
from shared.tasks import end
from tests.waiting import eventually

STREAM = "EVENTS"


@dataclass(frozen=True, slots=True)
class Stored:
    """A message of the stream."""

    sequence: int
    subject: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> Envelope:
        """The event in it."""
        return decode(self.body)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Bus]:
    """A connection to a broker that has the stream."""
    bus = Bus(url)
    await bus.open()
    try:
        await provision(bus, [events()], [])
        yield bus
    finally:
        await bus.close()


@asynccontextmanager
async def relaying(database: Database, bus: Bus, service: str = "intake") -> AsyncIterator[Relay]:
    """A relay of the service, until the block ends."""
    relay = Relay(service, database, bus, STREAM)
    task = asyncio.create_task(relay.run())
    try:
        yield relay
    finally:
        await end(task)


@asynccontextmanager
async def reacting(
    database: Database, bus: Bus, *reactions: Reaction, attempts: int = 6, delay_s: float = 0.05
) -> AsyncIterator[Reactions]:
    """The reactions of a service, until the block ends."""
    lot = ParkingLot(database, attempts=attempts, delay_s=delay_s)
    running = Reactions("courses", list(reactions), database, bus, STREAM, lot)
    await running.start()
    try:
        yield running
    finally:
        await running.stop()


async def stored(bus: Bus, stream: str = STREAM) -> list[Stored]:
    """Everything in the stream, in its order."""
    messages, end = await sequences(bus, stream)
    feed, place = Feed(bus, stream), end if not messages else 0
    await feed.open()
    found: list[Stored] = []
    try:
        while place < end:
            for message in await feed.batch(wait_s=10):
                place = position_of(message).sequence
                found.append(Stored(place, message.subject, dict(message.headers or {}), message.data))
    finally:
        await feed.close()
    return found


async def sequences(bus: Bus, stream: str = STREAM) -> tuple[int, int]:
    """How many messages the stream has, and the last sequence that it gave.

    AssertionError where there is no stream, or no broker that answers: whoever waits for one goes on waiting.
    """
    try:
        state = (await bus.ask(f"STREAM.INFO.{stream}"))["state"]
    except (BusError, NatsError, OSError, TimeoutError) as away:
        raise AssertionError(f"the stream cannot be looked at: {away!r}") from away
    return state["messages"], state["last_seq"]


async def relayed(database: Database, deadline_s: float = 60) -> None:
    """Until the relay's cursor stands at the end of the log."""

    async def at_the_end() -> bool:
        row = await database.pool.fetchrow("SELECT cursor, (SELECT max(id) FROM event_log) AS newest FROM relay")
        assert row is not None
        assert row["cursor"] == (row["newest"] or 0), dict(row)
        return True

    await eventually(at_the_end, deadline_s, what="the relay reaches the end of the log")
