"""Broker and database of the embedded stack are killed, and nobody starts them again but the stack itself."""

import psutil
import pytest

from tests.faults.conftest import people
from tests.faults.servers import Servers
from tests.faults.stack import Stack
from tests.faults.test_broker import balances, work

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]


async def test_a_killed_server_is_started_again_under_load_and_nothing_is_lost(stack: Stack, servers: Servers) -> None:
    await stack.start(restart_servers="true")
    async with people(stack) as jobcenter:
        for kill in (servers.kill_broker, servers.kill_database, servers.kill_broker):
            async with work(jobcenter):
                await jobcenter.register()
                await kill()
        assert jobcenter.unanswered > 0, "people noticed"
        await balances(stack, jobcenter)


async def test_whoever_stops_the_stack_meanwhile_leaves_no_server_behind(stack: Stack, servers: Servers) -> None:
    await stack.start(restart_servers="true")
    await servers.kill_database()
    await servers.kill_broker()
    await stack.stop()
    assert not stack.running()
    left = [process for process in psutil.process_iter(["cmdline"]) if _works_in(stack, process)]
    assert [(process.pid, process.info["cmdline"]) for process in left] == []


def _works_in(stack: Stack, process: psutil.Process) -> bool:
    return any(str(stack.directory) in word for word in process.info["cmdline"] or ())
