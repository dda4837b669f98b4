"""A citizen's test in a real browser: the assessment service in a process of its own, and tests to sit."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx

from deploy.embedded.ports import free_port
from shared.contracts.intake import CitizenRegistered
from shared.web import Role
from shared.web.tokens import LocalIssuer
from tests.real.running_service import LINK_KEY, publish
from tests.real_machines import RealNats
from tests.waiting import eventually

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Jobcenter:
    """The running service, and who offers tests in it."""

    url: str
    nats: RealNats
    staff: httpx.AsyncClient

    async def link(self, **given: object) -> str:
        """The address of a test that was just offered to a new citizen."""
        citizen = uuid4()
        await publish(self.nats, CitizenRegistered.example().model_copy(update={"citizen_id": citizen}))
        offered: list[str] = []

        async def done() -> bool:
            answer = await self.staff.post(f"/citizens/{citizen}/sessions", json={"purpose": "entry"} | given)
            if answer.status_code == 201:
                offered.append(answer.json()["link"]["page"])
            return bool(offered)

        await eventually(done, what="the citizen is known")
        return f"{self.url}{offered[0]}"

    async def is_ready(self) -> bool:
        """Whether it answers."""
        try:
            return (await self.staff.get("/readyz")).status_code == 200
        except httpx.TransportError:
            return False


@asynccontextmanager
async def jobcenter_on(database: str, nats: RealNats, directory: Path) -> AsyncIterator[Jobcenter]:
    """The assessment service on a database and a broker."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LOEFT_")}
    settings = kept | {
        "LOEFT_DATABASE_URL": database,
        "LOEFT_NATS_URL": nats.url,
        "LOEFT_NATS_MONITOR_URL": nats.monitor_url,
        "LOEFT_DATA_DIRECTORY": str(directory),
        "LOEFT_LINK_KEY": LINK_KEY,
        "LOEFT_LOG_LEVEL": "ERROR",
    }
    port = free_port()
    token = LocalIssuer(directory / "local-issuer.pem", "loeft").issue("employee-7", [Role.CASEWORKER], ["0101"])
    command = [sys.executable, "-m", "uvicorn", "services.assessment.app:app", "--port", str(port)]
    process = subprocess.Popen([*command, "--no-access-log"], cwd=REPOSITORY, env=settings)
    url = f"http://127.0.0.1:{port}"
    try:
        async with httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=60) as staff:
            jobcenter = Jobcenter(url, nats, staff)
            await eventually(jobcenter.is_ready, what="the service is ready")
            yield jobcenter
    finally:
        process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(process.wait, 60)
