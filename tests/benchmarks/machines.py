"""The machines of one measurement: NATS and PostgreSQL of its own, thrown away afterwards; and processes on them."""

import asyncio
import json
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NoReturn

from deploy.embedded import EmbeddedMachines
from shared.messaging.bus import Bus
from shared.messaging.provision import provision
from shared.messaging.topology import events, projections
from shared.persistence.migrate import migrate

WHERE = Path("/tmp")
Addresses = dict[str, str]
"""``nats_url``, and ``database_url`` with ``{service}`` in the place of the database's name."""


def measure(measuring: Coroutine[Any, Any, bool]) -> NoReturn:
    """Run to the end and exit, with 0 when every gate held. Also a SIGTERM stops the servers and deletes their data."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(0 if asyncio.run(measuring) else 1)


@asynccontextmanager
async def machines(*, databases: tuple[str, ...] = ("outcomes",), naive: bool = False) -> AsyncIterator[Addresses]:
    """Fresh servers with the real settings; ``naive`` adds an empty database of that name."""
    directory = Path(tempfile.mkdtemp(prefix="loeft-bench-", dir=WHERE))
    directory.chmod(0o711)
    try:
        async with EmbeddedMachines(directory, databases=(*databases, *(("naive",) if naive else ()))) as started:
            addresses = started.addresses()
            for name in databases:
                await asyncio.to_thread(migrate, name, addresses["database_url"].replace("{service}", name))
            bus = Bus(addresses["nats_url"])
            await bus.open(allow_unsafe=True)
            await provision(bus, [events(), projections()], [])
            await bus.close()
            try:
                yield addresses
            finally:
                end_all()
    finally:
        shutil.rmtree(directory, ignore_errors=True)


async def alone(name: str, *databases: str, **arguments: Any) -> float:
    """The rate of a variant that has servers of its own; without a database of ours it gets the naive one."""
    async with machines(databases=databases, naive=not databases) as at:
        return float((await variant(name, at, **arguments))["rate"])


async def variant(name: str, at: Addresses, **arguments: Any) -> dict[str, Any]:
    """Run one variant in a process of its own; what it measured."""
    return await outcome(await start(name, at, **arguments))


STARTED: list[asyncio.subprocess.Process] = []


def end_all() -> None:
    """End every process that is still there, by its id."""
    for process in STARTED:
        if process.returncode is None:
            process.kill()
    STARTED.clear()


async def start(name: str, at: Addresses, **arguments: Any) -> asyncio.subprocess.Process:
    """Start a variant's process."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.benchmarks.variant",
        name,
        json.dumps({"at": at, **arguments}),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=64 * 1024 * 1024,
    )
    STARTED.append(process)
    return process


async def ready(process: asyncio.subprocess.Process) -> None:
    """Until the process says that it is ready."""
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 60)
    if line.strip() != b"ready":
        raise RuntimeError(f"a benchmark process ended early: {line!r}")


async def told_to_go_on() -> None:
    """In a variant: say that it is ready, and wait until somebody asks for its outcome."""
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.buffer.read)  # it ends when the other side is closed


async def outcome(process: asyncio.subprocess.Process) -> dict[str, Any]:
    """The JSON that a process prints last, who may go on to it now; RuntimeError when it failed."""
    assert process.stdin is not None
    process.stdin.close()
    out, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"a benchmark process ended with {process.returncode}")
    result: dict[str, Any] = json.loads(out.splitlines()[-1])
    return result
