"""Both machines together: one directory, one stack at a time, and a new start after any end."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import nats
import pytest

from deploy.embedded import DataDirectory, EmbeddedMachines, StackError
from tests.waiting import eventually

UP = """
import asyncio, pathlib, sys
from deploy.embedded import EmbeddedMachines

async def up():
    async with EmbeddedMachines(pathlib.Path(sys.argv[1])) as machines:
        print(machines.nats.pid, machines.postgres.pid, flush=True)
        await asyncio.Event().wait()

asyncio.run(up())
"""


async def test_they_start_with_a_database_for_each_service_and_stop(own_directory: Path) -> None:
    async with EmbeddedMachines(own_directory / "stack") as machines:
        addresses = machines.addresses()
        client = await nats.connect(addresses["nats_url"])
        await client.close()
        for service in ("intake", "assessment", "courses", "outcomes"):
            connection = await asyncpg.connect(addresses["database_url"].replace("{service}", service))
            assert await connection.fetchval("SELECT current_database()") == service
            await connection.close()
        assert machines.directory.running_pid() == os.getpid()

    assert machines.nats.pid is None
    assert machines.postgres.pid is None
    assert machines.directory.running_pid() is None


async def test_a_directory_may_have_any_name(own_directory: Path) -> None:
    async with EmbeddedMachines(own_directory / 'Løft\'s "data", 100 % & more') as machines:
        client = await nats.connect(machines.nats.url)
        await client.close()
        connection = await asyncpg.connect(machines.postgres.dsn("intake"))
        assert await connection.fetchval("SELECT 1") == 1
        await connection.close()


async def test_a_second_stack_on_the_directory_is_refused(own_directory: Path) -> None:
    async with EmbeddedMachines(own_directory) as machines:
        with pytest.raises(
            StackError, match=f"Løft in {own_directory} is already running as pid {os.getpid()}"
        ) as refusal:
            await EmbeddedMachines(own_directory).__aenter__()
        assert "another directory" in refusal.value.remedy
        assert machines.nats.pid


async def test_a_killed_stack_starts_again_with_its_data(own_directory: Path) -> None:
    killed = subprocess.Popen([sys.executable, "-c", UP, str(own_directory)], stdout=subprocess.PIPE, text=True)
    assert killed.stdout
    orphans = {int(pid) for pid in killed.stdout.readline().split()}
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    killed.stdout.close()
    assert len(orphans) == 2

    async with EmbeddedMachines(own_directory) as machines:
        assert not orphans & {machines.nats.pid, machines.postgres.pid}
        for pid in orphans:
            assert not Path(f"/proc/{pid}/exe").exists()


async def test_a_machine_that_cannot_start_takes_the_other_down_with_it(own_directory: Path) -> None:
    with DataDirectory(own_directory) as directory:
        directory.postgres.mkdir()
        (directory.postgres / "data").mkdir()
    machines = EmbeddedMachines(own_directory)

    with pytest.raises(StackError, match="PG_VERSION is missing"):
        await machines.__aenter__()

    assert machines.nats.pid is None
    assert machines.directory.running_pid() is None


async def test_a_start_that_is_cut_off_leaves_no_server(own_directory: Path) -> None:
    machines = EmbeddedMachines(own_directory)
    starting = asyncio.create_task(machines.__aenter__())
    await eventually(lambda: machines.nats.pid)  # PostgreSQL still makes its data directory

    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting

    assert (machines.nats.pid, machines.postgres.pid) == (None, None)
    assert machines.directory.running_pid() is None
