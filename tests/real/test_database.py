"""Connections of the pool: whoever is cancelled at whatever point, the next one gets them clean."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from shared.persistence import Database
from tests.conftest import NewDatabase

pytestmark = pytest.mark.anyio

POINTS = 60
"""So many turns of the event loop a query takes at most before its answer is here."""


@pytest.fixture
async def database(new_database: NewDatabase) -> AsyncIterator[Database]:
    database = Database(await new_database("intake"), size=4)
    await database.open()
    yield database
    await database.close()


async def cancelled_after(turns: int, task: "asyncio.Task[object]") -> None:
    for _ in range(turns):
        await asyncio.sleep(0)  # one turn of the loop
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_query_cancelled_at_any_point_leaves_no_lock_behind(database: Database) -> None:
    watching = await database.connect()
    for turns in range(POINTS):
        # a statement that is new is parsed first, and run then
        query = f"SELECT {turns} FROM citizen"
        await cancelled_after(turns, asyncio.create_task(database.pool.fetch(query)))
        taken = [await database.pool.acquire() for _ in range(database.pool.get_size())]
        try:
            async with watching.transaction():
                await watching.execute("LOCK TABLE citizen IN ACCESS EXCLUSIVE MODE NOWAIT")
        finally:
            for connection in taken:
                await database.pool.release(connection)
    await watching.close()
