"""PostgreSQL killed, and the whole stack paused, while people work; and what the ledger says after it."""

import asyncio
import time

import pytest

from deploy.services import SERVICES
from tests.faults.conftest import people
from tests.faults.ledger import Books, proves
from tests.faults.servers import Servers
from tests.faults.stack import Stack
from tests.faults.test_broker import balances, work
from tests.waiting import eventually

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]

PAUSE_S = 5.0


async def test_the_database_is_killed_three_times_under_load(stack: Stack, servers: Servers) -> None:
    """A commit whose answer was cut off may have happened or not; asked again with its key, it has happened once."""
    await stack.start()
    async with people(stack) as jobcenter:
        for _ in range(3):
            async with work(jobcenter):
                await jobcenter.register()
                await servers.kill_database()
                await servers.start_database()
        assert jobcenter.unanswered > 0, "people noticed"
        await balances(stack, jobcenter)


async def test_broker_and_database_are_killed_together(stack: Stack, servers: Servers) -> None:
    await stack.start()
    async with people(stack) as jobcenter:
        async with work(jobcenter):
            await jobcenter.register()
            await servers.kill_database()
            command = await servers.kill_broker()
            await asyncio.gather(servers.start_broker(command), servers.start_database())
        await balances(stack, jobcenter)


async def test_everything_is_killed_at_once(stack: Stack, servers: Servers) -> None:
    """As when the machine stops: the next start ends what is left and goes on."""
    await stack.start()
    async with people(stack) as jobcenter:
        working = asyncio.create_task(jobcenter.term(8))
        await eventually(lambda: len(jobcenter.told["citizen-enrolled"]) > 2, 60)
        await servers.kill_database()
        await servers.kill_broker()
        await stack.kill()
        await stack.start()
        await working
        await balances(stack, jobcenter)


async def test_everything_stands_still_for_five_seconds(stack: Stack) -> None:
    await stack.start()
    async with people(stack) as jobcenter:
        async with work(jobcenter):
            await jobcenter.register()
            with stack.paused():
                over = time.monotonic() + PAUSE_S
                await eventually(lambda: time.monotonic() > over, 2 * PAUSE_S)
            async with Books.of(stack.machines, SERVICES) as books:
                await eventually(lambda: books.databases["intake"].pool.fetchval("SELECT true"))
        async with Books.of(stack.machines, SERVICES) as books:
            await proves(books, jobcenter)
        await balances(stack, jobcenter)
