"""One service, running against real PostgreSQL and NATS, called over HTTP as its callers do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import nats as nats_client
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fastapi import FastAPI
from sqlalchemy import Connection, MetaData
from sqlalchemy.ext.asyncio import create_async_engine

from shared.clock import now
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.contracts.registry import payload
from shared.ids import new_id
from shared.messaging.cloudevents import decode, encode
from shared.messaging.topology import bus_subject
from shared.persistence.addresses import sqlalchemy_url
from shared.settings import Settings
from shared.web import Role
from shared.web.tokens import LocalIssuer
from tests.real_machines import RealNats
from tests.waiting import eventually

CPR_KEY = bytes(range(32)).hex()
LINK_KEY = bytes(range(32, 64)).hex()


@dataclass(slots=True)
class RunningService:
    """A started service. ``answers`` keeps every answer that any caller got."""

    app: FastAPI
    database: "asyncpg.Connection[Any]"
    address: str
    issuer: LocalIssuer
    answers: list[httpx.Response] = field(default_factory=list)

    def caller(self, *roles: Role, municipality: str = "0101", **headers: str) -> httpx.AsyncClient:
        """A caller with a valid token, or with none when no role is given."""
        if roles:
            token = self.issuer.issue("employee-7", list(roles), [municipality])
            headers["Authorization"] = f"Bearer {token}"

        async def keep(response: httpx.Response) -> None:
            await response.aread()
            self.answers.append(response)

        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(
            transport=transport, base_url="http://service", headers=headers, event_hooks={"response": [keep]}
        )

    async def log(self, subject: str | None = None) -> list[Envelope]:
        """The envelopes in the service's log, of one entity or all; every payload is valid by the registry."""
        rows = await self.database.fetch(
            "SELECT body FROM event_log WHERE $1::text IS NULL OR subject = $1 ORDER BY id", subject
        )
        envelopes = [decode(row["body"]) for row in rows]
        for envelope in envelopes:
            payload(envelope)
        return envelopes

    async def reads(self) -> list[tuple[str, str]]:
        """Whose data were read, and what of it, in order."""
        rows = await self.database.fetch("SELECT citizen_id, what FROM access_log ORDER BY id")
        return [(str(row["citizen_id"]), row["what"]) for row in rows]

    async def text(self, *, without: tuple[str, ...] = ()) -> dict[str, str]:
        """Every table as text, bytes as hexadecimal digits; tables in ``without`` are left out."""
        names = await self.database.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {
            name: str(
                await self.database.fetchval(f"SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM {name} t")
            )
            for (name,) in names
            if name not in without
        }

    async def break_access_log(self) -> None:
        """From now on no read can be logged."""
        await self.database.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk full'; END $$;"
            "CREATE TRIGGER refuse BEFORE INSERT ON access_log EXECUTE FUNCTION refuse()"
        )


def envelope_of(
    event: Event, sequence: int = 1, *, happened: datetime | None = None, recorded: datetime | None = None
) -> Envelope:
    """The event as its service would tell it: recorded now, or at that moment, and happened then, or earlier."""
    kind, recorded = type(event), recorded or now()
    return Envelope(
        id=new_id(),
        source=f"/loeft/{event.municipality}/{kind.service}",
        type=kind.type(),
        subject=event.subject,
        time=happened or recorded,
        recordedtime=recorded,
        sequence=sequence,
        dataclassification=kind.classification,
        data=event.data(),
    )


async def publish(
    nats: RealNats,
    event: Event,
    sequence: int = 1,
    *,
    happened: datetime | None = None,
    recorded: datetime | None = None,
) -> UUID:
    """Put an event of another service on the bus, as its relay would; the event's id.

    It is recorded now, or at that moment, and happened then, or earlier.
    """
    envelope = envelope_of(event, sequence, happened=happened, recorded=recorded)
    client = await nats_client.connect(nats.url)
    try:
        headers = {"Nats-Msg-Id": str(envelope.id)}
        await client.jetstream().publish(bus_subject(envelope), encode(envelope), headers=headers)
    finally:
        await client.close()
    return envelope.id


async def all_published(database: "asyncpg.Connection[Any]") -> bool:
    """Whether the relay has put the whole log on the bus."""
    return bool(await database.fetchval("SELECT cursor >= (SELECT coalesce(max(id), 0) FROM event_log) FROM relay"))


@asynccontextmanager
async def running_service(
    app: FastAPI, address: str, nats: RealNats, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[RunningService]:
    """Start the service with its lifespan, as a process of its own would; stop it when the block ends."""
    for name, value in {
        "DATABASE_URL": address,
        "NATS_URL": nats.url,
        "NATS_MONITOR_URL": nats.monitor_url,
        "DATA_DIRECTORY": str(directory),
        "CPR_KEY": CPR_KEY,
        "LINK_KEY": LINK_KEY,
    }.items():
        monkeypatch.setenv(f"LOEFT_{name}", value)
    async with app.router.lifespan_context(app):
        database = await asyncpg.connect(address)
        try:
            issuer = LocalIssuer(directory / "local-issuer.pem", Settings().audience)
            yield RunningService(app, database, address, issuer)
            await eventually(lambda: all_published(database), what="every event of the log is on the bus")
        finally:
            await database.close()


async def differences(address: str, metadata: MetaData) -> list[Any]:
    """What Alembic would change to make the service's own tables those of the metadata; comments aside."""

    def compare(connection: Connection) -> list[Any]:
        def own(name: str | None, kind: str, _: object) -> bool:
            return kind != "table" or name in metadata.tables

        context = MigrationContext.configure(connection, opts={"include_name": own, "compare_server_default": True})
        return [change for change in compare_metadata(context, metadata) if "comment" not in change[0]]

    url, arguments = sqlalchemy_url(address)
    engine = create_async_engine(url, connect_args=arguments)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(compare)
    finally:
        await engine.dispose()
