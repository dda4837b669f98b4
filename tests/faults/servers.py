"""The broker and the database of a running stack, killed and started again behind its back."""

import asyncio
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import psutil

from deploy.embedded.server_process import still_there
from tests.faults.stack import Stack
from tests.waiting import eventually

READY_WITHIN_S = 60.0


@dataclass
class Servers:
    """Both servers of a stack. What this starts again is ended by ``end``, by its id."""

    stack: Stack
    _started: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _broker: subprocess.Popen[bytes] | None = None

    @property
    def store(self) -> Path:
        """JetStream's directory."""
        return self.stack.directory / "nats" / "store"

    async def kill_broker(self) -> list[str]:
        """kill -9; how it was started."""
        process = psutil.Process(int((self.stack.directory / "nats" / "nats.pid").read_text()))
        command = process.cmdline()
        await _kill([process])
        self._broker = None
        return command

    async def start_broker(self, command: list[str]) -> None:
        """Start it on the same ports and directory; returns when JetStream is healthy."""
        key = (self.stack.directory / "nats" / "encryption.key").read_text().strip()
        async with httpx.AsyncClient() as client:

            async def healthy() -> bool:
                # a zombie's last threads may hold its ports for a moment: then it has ended, and is started again
                if self._broker is None or self._broker.poll() is not None:
                    log = self.stack.directory / "nats" / "nats.log"
                    self._broker = self._start(command, {"LOEFT_JETSTREAM_KEY": key}, log)
                return await _healthy(client, self.stack.machines.nats.monitor_url)

            await eventually(healthy, READY_WITHIN_S, what="the broker is healthy")

    async def kill_database(self) -> None:
        """kill -9 to PostgreSQL and all its processes at once."""
        pid = int((self.stack.directory / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
        process = psutil.Process(pid)
        self._postgres = process.cmdline(), process.uids().real, process.gids().real
        await _kill([process, *process.children(recursive=True)])

    async def start_database(self) -> None:
        """Start it on the same socket and data; returns when it accepts connections."""
        command, user, group = self._postgres
        # the dead one is a zombie until the stack ends: by its pid it would pass for a server that still runs
        postgres = self.stack.directory / "postgres"
        for left in (postgres / "data" / "postmaster.pid", *postgres.glob("socket/.s.PGSQL.*.lock")):
            left.unlink(missing_ok=True)
        as_owner: dict[str, Any] = {"user": user, "group": group, "extra_groups": []} if os.geteuid() == 0 else {}
        self._start(command, {}, self.stack.directory / "postgres" / "postgres.log", **as_owner)
        await eventually(self._accepts, READY_WITHIN_S)

    async def _accepts(self) -> bool:
        try:
            connection = await asyncpg.connect(self.stack.machines.postgres.dsn("intake"), timeout=5)
        except (OSError, asyncpg.PostgresError):
            return False
        await connection.close()
        return True

    def _start(
        self, command: list[str], environment: dict[str, str], log: Path, **account: Any
    ) -> subprocess.Popen[bytes]:
        with log.open("ab") as output:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC", **environment},
                cwd="/",
                start_new_session=True,
                **account,
            )
        self._started.append(process)
        return process

    async def end(self) -> None:
        """End what was started here."""
        for process in self._started:
            process.terminate()  # one that has ended already is not signalled
        for process in self._started:
            await asyncio.to_thread(process.wait, READY_WITHIN_S)


async def _kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        process.kill()
    left = await asyncio.to_thread(still_there, processes, READY_WITHIN_S)
    assert not left, f"still alive after kill -9: {left}"


async def _healthy(client: httpx.AsyncClient, monitor_url: str) -> bool:
    try:
        return (await client.get(f"{monitor_url}/healthz")).status_code == 200
    except httpx.HTTPError:
        return False
