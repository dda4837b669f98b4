"""The broker killed, deleted, rolled back and damaged while people work; and what the ledger says after it."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from deploy.services import SERVICES
from tests.faults.conftest import people
from tests.faults.jobcenter import Jobcenter
from tests.faults.ledger import Books, proves
from tests.faults.servers import Servers
from tests.faults.stack import LOEFT, Stack
from tests.real.delivery import sequences

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]


@asynccontextmanager
async def work(jobcenter: Jobcenter) -> AsyncIterator[None]:
    """People who go on working until the block ends, and whose last work is done then."""
    over = asyncio.Event()

    async def terms() -> None:
        while not over.is_set():
            await jobcenter.term(4)

    working = asyncio.create_task(terms())
    try:
        yield
    finally:
        over.set()
        await working


async def balances(stack: Stack, jobcenter: Jobcenter) -> None:
    """Work a little more, and balance the books."""
    await jobcenter.term(2)
    async with Books.of(stack.machines, SERVICES) as books:
        await proves(books, jobcenter)
    await stack.stop()


async def test_the_broker_is_killed_three_times_under_load(stack: Stack, servers: Servers) -> None:
    await stack.start()
    async with people(stack) as jobcenter:
        for _ in range(3):
            async with work(jobcenter):
                await servers.start_broker(await servers.kill_broker())
        assert jobcenter.unanswered == 0, "commands need no broker"
        await balances(stack, jobcenter)


async def test_commands_go_on_without_a_broker(stack: Stack, servers: Servers) -> None:
    await stack.start()
    async with people(stack) as jobcenter:
        await jobcenter.term(4)
        command = await servers.kill_broker()
        await asyncio.gather(*(jobcenter.register() for _ in range(40)))
        await jobcenter.open_cohort(10)
        assert jobcenter.unanswered == 0
        await servers.start_broker(command)
        await balances(stack, jobcenter)


def _deleted(store: Path) -> None:
    shutil.rmtree(store)


def _cut_short(store: Path) -> None:
    largest = max(store.rglob("EVENTS/msgs/*.blk"), key=lambda file: file.stat().st_size)
    largest.write_bytes(largest.read_bytes()[: largest.stat().st_size // 2])


@pytest.mark.parametrize("damage", [_deleted, _cut_short])
async def test_jetstreams_directory_is_damaged_while_the_broker_is_down(
    stack: Stack, servers: Servers, damage: Callable[[Path], None]
) -> None:
    await stack.start()
    async with people(stack) as jobcenter:
        await jobcenter.term(6)
        async with work(jobcenter):
            command = await servers.kill_broker()
            damage(servers.store)
            await servers.start_broker(command)
        await balances(stack, jobcenter)


async def test_jetstreams_directory_is_deleted_under_the_running_broker(stack: Stack, servers: Servers) -> None:
    """It may go on for a while or take nothing any more; what it acknowledged meanwhile is gone with its restart."""
    await stack.start()
    async with people(stack) as jobcenter:
        await jobcenter.term(4)
        async with work(jobcenter):
            gone = servers.store.rename(servers.store.with_name("gone"))  # at once: the broker writes all the time
            shutil.rmtree(gone, ignore_errors=True)
            await asyncio.gather(*(jobcenter.register() for _ in range(20)))
            await servers.start_broker(await servers.kill_broker())
        await balances(stack, jobcenter)


async def test_jetstreams_directory_is_deleted_while_the_stack_is_down(stack: Stack, servers: Servers) -> None:
    await stack.start()
    async with people(stack) as jobcenter:
        await jobcenter.term(6)
        await stack.stop()
        shutil.rmtree(servers.store)
        await stack.start()
        await balances(stack, jobcenter)


async def test_an_older_copy_of_jetstreams_directory_comes_back_under_load(stack: Stack, servers: Servers) -> None:
    await stack.start()
    copy = servers.store.with_name("copy")
    async with people(stack) as jobcenter:
        await jobcenter.term(4)
        command = await servers.kill_broker()
        shutil.copytree(servers.store, copy)
        await servers.start_broker(command)
        await jobcenter.term(4)
        async with work(jobcenter):
            command = await servers.kill_broker()
            shutil.rmtree(servers.store)
            shutil.copytree(copy, servers.store)
            await servers.start_broker(command)
        await balances(stack, jobcenter)


async def test_the_durables_are_deleted_three_times_so_that_everything_is_delivered_again(stack: Stack) -> None:
    await stack.start()
    async with people(stack) as jobcenter, Books.of(stack.machines, SERVICES) as books:
        await jobcenter.term(4)
        for _ in range(3):
            names = (await books.bus.ask("CONSUMER.NAMES.EVENTS"))["consumers"]
            durables = [name for name in names if not name.startswith("feed-")]
            assert len(durables) > 10
            for name in durables:
                await books.bus.ask(f"CONSUMER.DELETE.EVENTS.{name}")
            await jobcenter.term(2)
            await books.settled()
            messages, _ = await sequences(books.bus)
            info = await books.bus.ask("CONSUMER.INFO.EVENTS.courses-know-citizen")
            assert info["delivered"]["stream_seq"] <= messages
            assert info["delivered"]["consumer_seq"] >= len(jobcenter.told["citizen-registered"]), "all came again"
        await proves(books, jobcenter)
    await stack.stop()


async def test_the_commands_of_loeft_say_the_same(stack: Stack, servers: Servers) -> None:
    """``bus refill`` of a stack that is down, then figures live and from the logs, the rebuild and the doctor."""
    await stack.start()
    async with people(stack) as jobcenter:
        await jobcenter.term(4)
        await stack.stop()
        shutil.rmtree(servers.store)
        filled = await loeft(stack, "bus", "refill", "--json")
        assert sum(service["published"] for service in filled.values()) > 0
        assert all(service["refused"] == 0 for service in filled.values())
        await stack.start()
        async with Books.of(stack.machines, SERVICES) as books:
            await books.settled()
        live, from_logs, checked = await asyncio.gather(
            loeft(stack, "effect", "show", "--json"),
            loeft(stack, "effect", "show", "--from-log", "--json"),
            loeft(stack, "rebuild", "--check", "--json"),
        )
        assert live == from_logs != []
        assert checked["differences"] == 0
        findings = await loeft(stack, "doctor", "--json")
        assert [finding for finding in findings if not finding["fine"]] == []
        await balances(stack, jobcenter)


async def loeft(stack: Stack, *arguments: str) -> Any:
    """Run a command of ``loeft`` on the stack's directory; its JSON, if it speaks JSON."""
    process = await asyncio.create_subprocess_exec(
        LOEFT,
        *arguments,
        "--data",
        str(stack.directory),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=stack.directory.parent,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, f"loeft {' '.join(arguments)}: {out.decode()} {err.decode()}"
    return json.loads(out) if "--json" in arguments else None
