"""Writers of an event log, as tests want them: at once, or held open for as long as the test likes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg

from shared.clock import now
from shared.contracts.event import Event
from shared.contracts.intake import CitizenRegistered
from shared.ids import new_id
from shared.messaging.cloudevents import decode
from shared.persistence import Database, Origin, Transaction
from shared.persistence.connection import OwnConnection

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
ORIGIN = Origin(correlation_id="the-request", traceparent=TRACE)


def registered(citizen_id: UUID | None = None) -> CitizenRegistered:
    """A citizen's registration; a new citizen's when none is named."""
    return CitizenRegistered.example().model_copy(update={"citizen_id": citizen_id or new_id()})


async def append(database: Database, *events: Event) -> list[int]:
    """Append events in one transaction; their versions."""
    async with database.transaction(ORIGIN) as tx:
        return [await tx.append(event) for event in events]


class OpenTransaction(Transaction):
    """A transaction on a connection of its own that stays open until it is told to end."""

    async def take_xid(self) -> int:
        """Let PostgreSQL number this transaction now, as any write does."""
        return int(await self.fetchval("SELECT pg_current_xact_id()::text::bigint"))

    async def commit(self) -> None:
        """End it; what it appended is visible from now on."""
        await self.execute("COMMIT")

    async def rollback(self) -> None:
        """End it as if it had never been, but for the ids that it drew."""
        await self.execute("ROLLBACK")


@asynccontextmanager
async def held_open(address: str) -> AsyncIterator[OpenTransaction]:
    """A transaction that has begun; it is cut off when the block ends."""
    connection: OwnConnection = await asyncpg.connect(address)
    try:
        await connection.execute("BEGIN")
        yield OpenTransaction(connection, ORIGIN, now(), {})
    finally:
        await connection.close()


def entity_and_version(body: str) -> tuple[str, int]:
    """What a row of the log is about."""
    envelope = decode(body)
    return envelope.subject, envelope.sequence
