"""A bus, an outcomes database and the logs of other services, with a projector that comes and goes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from services.outcomes.projection.projector import Projector
from services.outcomes.projection.rebuild import Rebuilt, rebuild_from_bus
from shared.contracts.envelope import Envelope
from shared.messaging.bus import Bus
from shared.messaging.log_answers import LogAnswers
from shared.messaging.provision import provision
from shared.messaging.publisher import Publisher
from shared.messaging.topology import events, projections
from shared.persistence import Database
from shared.persistence.event_log import LogReader, Row
from shared.persistence.transaction import Origin
from shared.settings import Settings
from shared.tasks import end
from tests.conftest import NewDatabase
from tests.real.delivery import sequences
from tests.waiting import eventually

STORIES = ("naestved-2021.jsonl", "azure-2021.jsonl")


@dataclass
class Stage:
    """What the projector sees: the bus, its database, and owners of logs that it may ask."""

    bus: Bus
    database: Database
    settings: Settings
    owners: dict[str, Database] = field(default_factory=dict)

    @classmethod
    @asynccontextmanager
    async def on(cls, url: str, address: str) -> AsyncIterator["Stage"]:
        """A stage on a broker without a stream, and a fresh database of outcomes."""
        bus, database = Bus(url), Database(address)
        await bus.open()
        await database.open()
        stage = cls(bus, database, Settings(nats_url=url))
        try:
            await provision(bus, [events(), projections()], [])
            yield stage
        finally:
            for owner in stage.owners.values():
                await owner.close()
            await database.close()
            await bus.close()

    async def log_of(self, service: str, new_database: NewDatabase, told: list[Envelope]) -> list[Row]:
        """A service whose log holds these events; its rows."""
        self.owners[service] = log = Database(await new_database(service))
        await log.open()
        async with log.transaction(Origin(correlation_id="story")) as tx:
            for envelope in told:
                await tx.store(envelope)
        return await self.rows(service)

    async def rows(self, service: str) -> list[Row]:
        """The rows of a service's log."""
        async with self.owners[service].pool.acquire() as connection:
            return [row async for rows in LogReader().rest(connection) for row in rows]

    @asynccontextmanager
    async def answering(self, service: str) -> AsyncIterator[None]:
        """The owner answers questions about its log until the block ends."""
        answers = LogAnswers(service, self.owners[service], self.bus)
        await answers.start()
        await self.bus.client.flush()
        try:
            yield
        finally:
            await answers.stop()

    @asynccontextmanager
    async def projecting(self, batch: int | None = None) -> AsyncIterator[Projector]:
        """A projector, until the block ends; it folds at most ``batch`` messages at once."""
        projector = Projector(self.database, self.bus, self.settings, batch=batch)
        task = asyncio.create_task(projector.run())
        try:
            yield projector
        finally:
            await end(task)

    async def publish(self, rows: list[Row]) -> None:
        """Put rows on the bus, as their relay would."""
        await Publisher(self.bus, self.settings.stream).publish(rows)

    async def settled(self) -> None:
        """Until the checkpoint stands at the end of the stream."""

        async def at_the_end() -> bool:
            _, last = await sequences(self.bus, self.settings.stream)
            reached = await self.database.pool.fetchval("SELECT sequence FROM projector")
            assert reached == last, (reached, last)
            return True

        await eventually(at_the_end, what="the projector has read the stream")

    async def facts(self) -> int:
        """How many events the projector has."""
        return int(await self.database.pool.fetchval("SELECT count(DISTINCT event_id) FROM fact"))

    async def cells(self) -> dict[str, int]:
        """The projection."""
        return {row["key"]: row["n"] for row in await self.database.pool.fetch("SELECT key, n FROM cell")}

    async def rebuilt(self, *, swap: bool = False) -> Rebuilt:
        """The projection again from nothing."""
        return await rebuild_from_bus(self.database, self.bus, self.settings.stream, swap=swap)
