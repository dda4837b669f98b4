"""Connections of the pool: whoever is cancelled at whatever point, the next one gets them clean."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from shared.persistence import Database, Origin
from tests.conftest import NewDatabase

pytestmark = pytest.mark.anyio

POINTS = (*range(60), *range(60, 300, 5), *range(300, 1000, 25))
"""Turns of the event loop after which a query is broken off; on a fast machine its answer is here after sixty."""


@pytest.fixture
async def database(new_database: NewDatabase) -> AsyncIterator[Database]:
    database = Database(await new_database("intake"), size=4)
    await database.open()
    yield database
    await database.close()


async def cancelled_after(turns: int, task: "asyncio.Task[None]") -> None:
    for _ in range(turns):
        await asyncio.sleep(0)  # one turn of the loop
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def alone(database: Database, query: str) -> None:
    await database.pool.fetch(query)


async def outside_of_a_transaction(database: Database, query: str) -> None:
    async with database.connection() as connection:
        await connection.fetch(query)


async def in_a_transaction(database: Database, query: str) -> None:
    async with database.transaction(Origin(correlation_id="broken off")) as tx:
        await tx.fetch(query)


@pytest.mark.parametrize("run", [alone, outside_of_a_transaction, in_a_transaction])
async def test_a_query_cancelled_at_any_point_leaves_no_lock_behind(
    database: Database, run: Callable[[Database, str], Awaitable[None]]
) -> None:
    watching = await database.connect()
    for turns in POINTS:
        # a statement that is new is parsed first, and run then
        query = f"SELECT {turns} FROM citizen"
        await cancelled_after(turns, asyncio.create_task(run(database, query)))
        taken = [await database.pool.acquire() for _ in range(database.pool.get_size())]
        try:
            async with watching.transaction():
                await watching.execute("LOCK TABLE citizen IN ACCESS EXCLUSIVE MODE NOWAIT")
        finally:
            for connection in taken:
                await database.pool.release(connection)
    await watching.close()
