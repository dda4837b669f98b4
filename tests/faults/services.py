"""Services as processes of their own, several of one if a test likes, on machines that the test runs itself."""

import asyncio
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from deploy.embedded import EmbeddedMachines
from tests.faults.stack import free_port
from tests.waiting import eventually

READY_WITHIN_S = 60.0
GONE_WITHIN_S = 60.0


@dataclass
class ServiceProcess:
    """``uvicorn services.<name>.app:app``, as a container runs it."""

    name: str
    machines: EmbeddedMachines
    log: Path
    port: int = 0
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where callers reach it."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> "ServiceProcess":
        """Start it; returns when it answers."""
        self.port = self.port or free_port()
        root = self.machines.directory
        settings = {
            **self.machines.addresses(),
            "data_directory": str(root.root),
            "local_issuer_key": str(root.keys / "local-issuer.pem"),
            "cpr_key": (root.keys / "cpr.key").read_text(encoding="ascii").strip(),
            "link_key": (root.keys / "link.key").read_text(encoding="ascii").strip(),
        }
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LOEFT_")}
        environment |= {f"LOEFT_{name.upper()}": value for name, value in settings.items()}
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "uvicorn", f"services.{self.name}.app:app", "--port", str(self.port)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=Path(__file__).parents[2],
            )
        await eventually(lambda: self._probe("livez"), READY_WITHIN_S, what=f"{self.name} answers")
        return self

    async def ready(self) -> None:
        """Until it says that it is ready."""
        await eventually(lambda: self._probe("readyz"), READY_WITHIN_S, what=f"{self.name} is ready")

    async def _probe(self, path: str) -> bool:
        assert self._process is not None
        if (code := self._process.poll()) is not None:
            words = "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-25:])
            raise RuntimeError(f"{self.name} ended with {code}:\n{words}")
        try:
            async with httpx.AsyncClient() as client:
                return (await client.get(f"{self.url}/{path}")).status_code == 200
        except httpx.HTTPError:
            return False

    @property
    def process(self) -> psutil.Process:
        """The running process."""
        assert self._process is not None
        return psutil.Process(self._process.pid)

    async def kill(self) -> None:
        """kill -9."""
        assert self._process is not None
        self._process.kill()
        await asyncio.to_thread(self._process.wait)

    async def end(self) -> None:
        """Leave nothing behind."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                await asyncio.to_thread(self._process.wait, GONE_WITHIN_S)
            except subprocess.TimeoutExpired:
                await self.kill()
