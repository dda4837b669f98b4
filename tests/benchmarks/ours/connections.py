"""A database of a service and the bus, opened for the length of a block."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

from services.courses.app import service as courses
from services.intake.app import service as intake
from shared.messaging.bus import Bus
from shared.persistence import Database, Origin
from shared.web import Principal, Role
from tests.benchmarks.machines import Addresses

CALLER = Principal("bench", frozenset({Role.CASEWORKER}), ("0101",))
APPLIERS = {"intake": intake.appliers, "courses": courses.appliers}


def origin() -> Origin:
    """Who gives a command."""
    return Origin(correlation_id=str(uuid4()), caller=CALLER)


@asynccontextmanager
async def opened_database(at: Addresses, service: str = "outcomes", size: int = 4) -> AsyncIterator[Database]:
    """The database of a service, with at most so many connections."""
    database = Database(at["database_url"].replace("{service}", service), APPLIERS.get(service), size=size)
    await database.open()
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def opened_bus(at: Addresses) -> AsyncIterator[Bus]:
    """The bus."""
    bus = Bus(at["nats_url"])
    await bus.open(allow_unsafe=True)
    try:
        yield bus
    finally:
        await bus.close()
