"""A whole stack as ``loeft up`` starts it, in a process and a directory of its own, used by HTTP and ``loeft``."""

import asyncio
import json
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import nats

from deploy.embedded import EmbeddedMachines
from deploy.events_file import Imported, export_events, import_events
from deploy.services import SERVICES, service_of
from shared.contracts.envelope import Envelope
from shared.messaging.cloudevents import decode
from shared.persistence.database import Database
from shared.web import Role
from tests.waiting import eventually

LOEFT = (sys.executable, "-c", "from deploy.cli import main; main()")
REPOSITORY = Path(__file__).parents[2]
STARTS_WITHIN_S = 120
FOLLOWS_WITHIN_S = 60
STOPS_WITHIN_S = 60


@dataclass(slots=True)
class RunningStack:
    """A started stack: its directory, what it prints, its page's and its broker's addresses, its databases."""

    directory: Path
    output: Path
    address: str
    nats_url: str
    databases: Mapping[str, Database]
    _closing: AsyncExitStack
    _tokens: dict[str, str] = field(default_factory=dict)
    _clients: dict[tuple[str, str], httpx.AsyncClient] = field(default_factory=dict)

    async def let_in(self, *municipalities: str) -> None:
        """Get a token with every role for each of these municipalities."""
        async with httpx.AsyncClient(base_url=self.address) as client:
            for municipality in municipalities:
                wanted = {"roles": [role.value for role in Role], "municipalities": [municipality]}
                answer = await client.post("/local/token", json=wanted)
                self._tokens[municipality] = answer.raise_for_status().json()["access_token"]

    def client(self, service: str, municipality: str) -> httpx.AsyncClient:
        """A service for a caller of a municipality that was let in."""
        if (service, municipality) not in self._clients:
            headers = {"Authorization": f"Bearer {self._tokens[municipality]}"}
            client = httpx.AsyncClient(base_url=f"{self.address}{service}", headers=headers, timeout=30)
            self._closing.push_async_callback(client.aclose)
            self._clients[service, municipality] = client
        return self._clients[service, municipality]

    async def effect(self, municipality: str, indicator: str, as_of: str, **cut: Any) -> list[dict[str, Any]]:
        """The figures that a caller of a municipality gets."""
        asked = {"indicator": indicator, "as_of": as_of, **cut}
        answer = await self.client("outcomes", municipality).get("/effect", params=asked)
        rows: list[dict[str, Any]] = answer.raise_for_status().json()
        return rows

    async def import_(self, story: list[Envelope]) -> Imported:
        """Import events, and wait until everything that follows them has."""
        imported = await import_events(self.databases, story)
        await self.settled()
        return imported

    async def exported(self, municipality: str = "") -> list[str]:
        """The lines of an export, of everything or of one municipality."""
        lines = await export_events(self.databases)
        return [line for line in lines if not municipality or decode(line).municipality == municipality]

    async def settled(self) -> None:
        """Wait until every event is published, projected, and reacted to; AssertionError when one is parked."""

        async def published() -> int:
            logged = 0
            for database in self.databases.values():
                row = await database.pool.fetchrow(
                    "SELECT cursor >= (SELECT coalesce(max(id), 0) FROM event_log) AS whole,"
                    " (SELECT count(*) FROM event_log) AS logged FROM relay"
                )
                assert row is not None
                if not row["whole"]:
                    return 0
                logged += row["logged"]
            return logged

        async def projected() -> bool:
            reached = await self.databases["outcomes"].pool.fetchval("SELECT sequence FROM projector")
            return bool(reached >= await published() > 0)

        await eventually(projected, FOLLOWS_WITHIN_S, what="every event is published and projected")
        await eventually(self._reacted, FOLLOWS_WITHIN_S, what="every event is reacted to")
        await eventually(projected, FOLLOWS_WITHIN_S, what="what came of the reactions is projected")
        for name, database in self.databases.items():
            parked = await database.pool.fetch("SELECT reaction, reason FROM parked")
            assert not parked, f"{name}: {parked}"

    async def _reacted(self) -> bool:
        broker = await nats.connect(self.nats_url)
        try:
            consumers = await broker.jetstream().consumers_info("EVENTS")
            durables = [consumer for consumer in consumers if consumer.config.durable_name]
            return bool(durables) and not any(one.num_pending or one.num_ack_pending for one in durables)
        finally:
            await broker.close()

    async def loeft(self, *arguments: str) -> Any:
        """What a command about this stack says with ``--json``."""
        return json.loads(await loeft(*arguments, "--json", "--data", str(self.directory)))


@asynccontextmanager
async def running_stack(directory: Path, *options: str) -> AsyncIterator[RunningStack]:
    """Start a stack on a directory and a free port; stop it as Ctrl-C does when the block ends.

    ``options`` are further ones of ``loeft up``.
    """
    output = directory.with_name(f"{directory.name}.log")
    with output.open("wb") as log:
        up = (*LOEFT, "up", "--data", str(directory), "--port", "0", "--logs", *options)
        process = await asyncio.create_subprocess_exec(*up, cwd=REPOSITORY, env=own_env(), stdout=log, stderr=log)
    try:
        page = await eventually(lambda: _page(process, output), STARTS_WITHIN_S, what=f"the stack serves: see {output}")
        async with AsyncExitStack() as closing:
            addresses = EmbeddedMachines(directory).addresses()
            databases = {}
            for name in SERVICES:
                address = addresses["database_url"].replace("{service}", name)
                database = databases[name] = Database(address, service_of(name).appliers, size=4)
                await database.open()
                closing.push_async_callback(database.close)
            yield RunningStack(directory, output, page, addresses["nats_url"], databases, closing)
    finally:
        await _stop(process)


def _page(process: Process, output: Path) -> str | None:
    said = output.read_text(encoding="utf-8")
    if process.returncode is not None:
        raise RuntimeError(f"loeft up ended with {process.returncode}: {said}")
    page = re.search(r"^ +page +(http\S+)$.*^Ctrl-C", said, re.MULTILINE | re.DOTALL)
    return page[1] if page else None


async def _stop(process: Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGINT)
        try:
            await asyncio.wait_for(process.wait(), STOPS_WITHIN_S)
        except TimeoutError:
            process.kill()
            await process.wait()
            raise


async def loeft(*arguments: str) -> bytes:
    """Run the command ``loeft``; what it printed. AssertionError when it fails."""
    process = await asyncio.create_subprocess_exec(
        *LOEFT, *arguments, cwd=REPOSITORY, env=own_env(), stdout=PIPE, stderr=PIPE
    )
    printed, said = await process.communicate()
    assert process.returncode == 0, f"loeft {' '.join(arguments)}: {said.decode()}"
    return printed


def own_env() -> dict[str, str]:
    """The environment without settings of ours."""
    return {name: value for name, value in os.environ.items() if not name.startswith("LOEFT_")}
