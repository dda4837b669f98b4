"""A log and what of it is on the bus; a gate that holds publications back."""

import asyncio

import pytest

from shared.messaging.bus import Bus
from shared.messaging.publisher import Acknowledged, Publisher
from shared.persistence import Database
from shared.persistence.event_log import LogReader, Row
from tests.real.delivery import sequences, stored


async def logged(database: Database) -> list[str]:
    """Ids of the events in the log, in its order."""
    async with database.pool.acquire() as connection:
        return [str(row.event_id) async for rows in LogReader().rest(connection) for row in rows]


async def on_the_bus(bus: Bus) -> list[str]:
    """Ids of the events in the stream, in its order."""
    return [str(message.event.id) for message in await stored(bus)]


class Gate:
    """Holds the next publications of a relay back until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.opened = asyncio.Event(), asyncio.Event()
        through = Publisher.publish

        async def publish(publisher: Publisher, rows: list[Row]) -> Acknowledged:
            self.reached.set()
            await self.opened.wait()
            return await through(publisher, rows)

        monkeypatch.setattr(Publisher, "publish", publish)


async def holds(bus: Bus, number: int) -> bool:
    """Whether the stream has so many messages."""
    messages, _ = await sequences(bus)
    assert messages == number
    return True
