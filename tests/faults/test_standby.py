"""Two processes of one service: one relays and projects, the other waits; and a stale one does no harm."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import asyncpg
import pytest

from deploy.embedded import EmbeddedMachines
from tests.faults.conftest import token
from tests.faults.jobcenter import Jobcenter
from tests.faults.ledger import Books, proves
from tests.faults.services import ServiceProcess
from tests.faults.stack import Stack
from tests.faults.test_broker import work
from tests.waiting import eventually

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]

RUNNING = ("intake", "courses", "outcomes")


@dataclass
class Pair:
    """Intake, courses and two outcomes. ``first`` was there first, so it leads; callers talk to ``second``."""

    machines: EmbeddedMachines
    first: ServiceProcess
    second: ServiceProcess
    jobcenter: Jobcenter

    async def owners(self) -> tuple[int, int]:
        """The fencing tokens of relay and projector: they rise with each take-over."""
        connection = await asyncpg.connect(self.machines.postgres.dsn("outcomes"))
        try:
            relay = await connection.fetchval("SELECT owner FROM relay")
            return relay, await connection.fetchval("SELECT owner FROM projector")
        finally:
            await connection.close()

    async def taken_over(self, before: tuple[int, int]) -> None:
        """Until both have another owner."""

        async def both() -> bool:
            now = await self.owners()
            assert all(new > old for old, new in zip(before, now, strict=True)), (before, now)
            return True

        await eventually(both, what="the other process has taken over")

    async def balances(self) -> None:
        """Work a little, and balance the books."""
        await self.jobcenter.term(2)
        async with Books.of(self.machines, RUNNING) as books:
            await proves(books, self.jobcenter)


@pytest.fixture
async def pair(stack: Stack) -> AsyncIterator[Pair]:
    async with AsyncExitStack() as opened:
        machines = await opened.enter_async_context(stack.machines)
        processes = [
            ServiceProcess(name, machines, stack.log.with_name(f"{name}-{number}.log"))
            for number, name in enumerate((*RUNNING, "outcomes"))
        ]
        for one in processes:
            opened.push_async_callback(one.end)
        await asyncio.gather(*(one.start() for one in processes[:3]))
        await asyncio.gather(*(one.ready() for one in processes[:3]))
        await processes[3].start()
        urls = {one.name: one.url for one in processes}
        jobcenter = await opened.enter_async_context(Jobcenter(urls, token(stack.directory)))
        yield Pair(machines, processes[2], processes[3], jobcenter)


async def test_the_one_that_waits_takes_over_from_a_killed_one(pair: Pair) -> None:
    await pair.second.ready()
    owners = await pair.owners()
    async with work(pair.jobcenter):
        await pair.jobcenter.register()
        await pair.first.kill()
        await pair.taken_over(owners)
    await pair.balances()
    await pair.second.ready()


async def test_a_stale_one_is_fenced(pair: Pair) -> None:
    """It stands still with work in its hands and loses its locks, as behind a cut cable; then it goes on."""
    owners = await pair.owners()
    async with work(pair.jobcenter):
        await pair.jobcenter.register()
        pair.first.process.suspend()
        try:
            admin = await asyncpg.connect(pair.machines.postgres.admin_dsn)
            cut = await admin.fetch(
                "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
                " WHERE locktype = 'advisory' AND datname = 'outcomes'"
            )
            await admin.close()
            assert len(cut) == 2, "the locks of relay and projector"
            await pair.taken_over(owners)
            await pair.jobcenter.term(2)
        finally:
            pair.first.process.resume()
        await pair.first.ready()
    await pair.balances()
