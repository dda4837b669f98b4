"""The whole stack as a process of its own on its own directory: started, killed at a point, started again."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil

from deploy.embedded import EmbeddedMachines
from deploy.services import SERVICES
from tests.waiting import eventually

LOEFT = Path(sys.executable).with_name("loeft")
READY_WITHIN_S = 60.0
GONE_WITHIN_S = 60.0
LOG_LINES = 25


class Stack:
    """``loeft up`` on a data directory. ``crash_at`` names the point at which it kills itself (shared/crash.py)."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.machines = EmbeddedMachines(directory)
        self.log = directory.with_name(f"{directory.name}.log")
        self.starts = 0
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where callers reach it."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def urls(self) -> dict[str, str]:
        """Where callers reach each service."""
        return {service: f"{self.url}/{service}" for service in SERVICES}

    @property
    def process(self) -> psutil.Process:
        """The running process."""
        assert self._process is not None, "the stack was never started"
        return psutil.Process(self._process.pid)

    async def start(self, crash_at: str = "", **settings: str) -> None:
        """Start it; returns when it answers, or when it has died at its crash point before that."""
        self.starts += 1
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LOEFT_")}
        environment["LOEFT_RESTART_SERVERS"] = "false"  # tests look at what happens while one is away
        environment |= {f"LOEFT_{name.upper()}": value for name, value in settings.items()}
        if crash_at:
            environment["LOEFT_CRASH_AT"] = crash_at
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                [LOEFT, "up", "--data", self.directory, "--port", str(self._port), "--logs"],
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=environment,
                cwd=self.directory.parent,
            )
        async with httpx.AsyncClient() as client:
            await eventually(
                lambda: self._answers(client, may_die=bool(crash_at)), READY_WITHIN_S, what="the stack answers"
            )

    async def _answers(self, client: httpx.AsyncClient, *, may_die: bool) -> bool:
        assert self._process is not None
        if (code := self._process.poll()) is not None:
            if may_die and code == -signal.SIGKILL:
                return True
            raise RuntimeError(f"loeft up ended with {code}:\n{self.last_words()}")
        with contextlib.suppress(httpx.HTTPError):
            return (await client.get(f"{self.url}/intake/livez")).status_code == 200
        return False

    def running(self) -> bool:
        """Whether the process is alive."""
        return self._process is not None and self._process.poll() is None

    async def died(self, deadline_s: float = GONE_WITHIN_S) -> None:
        """Until it has killed itself. Anything but SIGKILL is a failure of its own."""
        await eventually(lambda: not self.running(), deadline_s, what="the stack dies at its crash point")
        assert self._process is not None
        assert self._process.returncode == -signal.SIGKILL, self.last_words()

    async def kill(self) -> None:
        """SIGKILL to the process; broker and database live on, as orphans."""
        assert self._process is not None
        self._process.kill()
        await asyncio.to_thread(self._process.wait)

    async def stop(self) -> None:
        """As Ctrl-C does."""
        if self._process is not None and self.running():
            self._process.send_signal(signal.SIGINT)
            await asyncio.to_thread(self._process.wait, GONE_WITHIN_S)

    def family(self) -> list[psutil.Process]:
        """The process, the broker and every process of the database."""
        return [self.process, *self.process.children(recursive=True)]

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """All of them stopped (SIGSTOP) until the block ends."""
        family = self.family()
        for process in family:
            process.suspend()
        try:
            yield
        finally:
            for process in reversed(family):
                process.resume()

    async def end(self) -> None:
        """Leave nothing behind, whatever state it is in."""
        if self._process is not None and self.running():
            try:
                await self.stop()
            except subprocess.TimeoutExpired:
                await self.kill()
        await asyncio.to_thread(self.machines.nats.end_orphan)
        await asyncio.to_thread(self.machines.postgres.end_orphan)

    def last_words(self) -> str:
        """The end of what it wrote."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-LOG_LINES:])


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
