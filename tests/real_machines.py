"""The real NATS and PostgreSQL that tests run against, and where they come from.

In this order: an address that is given (``LOEFT_TEST_NATS_URL``, ``LOEFT_TEST_POSTGRES_DSN``); testcontainers, where a
Docker engine answers at once and has the images already (nothing is pulled); the embedded servers from the wheels.
"""

import asyncio
import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import asyncpg
import nats
import psutil

from deploy.embedded import NatsServer, PostgresServer

Server = TypeVar("Server", NatsServer, PostgresServer)

NATS_IMAGE = "nats:2.15-alpine"
POSTGRES_IMAGE = "postgres:18-alpine"
DOCKER_ANSWERS_WITHIN_S = 2
MEMORY = "/dev/shm"
PLENTY = 8 * 1024**3
"""Bytes that must be free: the write-ahead log of each database server alone may take a GiB or more."""

CONTAINER_CONFIGURATION = """\
http: 8222
jetstream {store_dir: /tmp/jetstream, sync_interval: always, cipher: chachapoly, key: only-for-tests}
"""


@dataclass(frozen=True, slots=True)
class RealNats:
    """A JetStream server: where clients connect, and its monitoring address."""

    url: str
    monitor_url: str

    async def empty(self) -> None:
        """Delete every stream and bucket."""
        client = await nats.connect(self.url)
        try:
            jetstream = client.jetstream()
            for stream in await jetstream.streams_info():
                await jetstream.delete_stream(stream.config.name or "")
        finally:
            await client.close()


@dataclass(slots=True)
class RealPostgres:
    """A PostgreSQL server. Databases are copies of a template that is migrated once per service and session."""

    admin_dsn: str
    _session: str = field(default_factory=lambda: secrets.token_hex(4))
    _templates: dict[str, str] = field(default_factory=dict)
    _made: list[str] = field(default_factory=list)

    def dsn(self, database: str) -> str:
        """The address of a database."""
        return urlsplit(self.admin_dsn)._replace(path=f"/{database}").geturl()

    async def fresh(self, service: str | None = None) -> str:
        """The address of a new database: migrated to the newest schema of ``service``, or empty."""
        name = f"test_{self._session}_{len(self._made)}"
        template = await self._template(service) if service else "template1"
        await self._run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        self._made.append(name)
        return self.dsn(name)

    async def drop(self, address: str) -> None:
        """Remove a database; whoever is still connected is cut off."""
        name = urlsplit(address).path.lstrip("/")
        await self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    async def drop_all(self) -> None:
        """Remove every database that this session made."""
        for name in [*self._made, *self._templates.values()]:
            await self.drop(self.dsn(name))

    async def _template(self, service: str) -> str:
        from shared.persistence.migrate import migrate  # only tests that want a schema pay for Alembic

        if service not in self._templates:
            name = f"template_{self._session}_{service}"
            await self._run(f"CREATE DATABASE {name}")
            self._templates[service] = name
            await asyncio.to_thread(migrate, service, self.dsn(name))
        return self._templates[service]

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(self.admin_dsn)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextlib.contextmanager
def real_nats() -> Iterator[RealNats]:
    """The session's NATS server."""
    if given := os.environ.get("LOEFT_TEST_NATS_URL"):
        yield RealNats(given, os.environ.get("LOEFT_TEST_NATS_MONITOR_URL", "http://127.0.0.1:8222"))
    elif docker_has(NATS_IMAGE):
        with _nats_container() as server:
            yield server
    else:
        with machine_directory() as directory, running(NatsServer(directory)) as server:
            yield RealNats(server.url, server.monitor_url)


@contextlib.contextmanager
def real_postgres() -> Iterator[RealPostgres]:
    """The session's PostgreSQL server; the databases that tests made are removed at the end."""
    if given := os.environ.get("LOEFT_TEST_POSTGRES_DSN"):
        postgres = RealPostgres(given)
        yield postgres
        asyncio.run(postgres.drop_all())
    elif docker_has(POSTGRES_IMAGE):
        with _postgres_container() as postgres:
            yield postgres
    else:
        with machine_directory() as directory, running(PostgresServer(directory)) as server:
            yield RealPostgres(server.admin_dsn)


@contextlib.contextmanager
def running(server: Server) -> Iterator[Server]:
    """The embedded server, started, and stopped at the end."""
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def machine_directory() -> Iterator[Path]:
    """A directory with a short path (sockets have at most 107 bytes) that goes at the end."""
    directory = Path(tempfile.mkdtemp(prefix="loeft-test-", dir=_room()))
    directory.chmod(0o711)  # root's PostgreSQL runs under another account, which must pass through
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)
        directory.with_name(f"{directory.name}.log").unlink(missing_ok=True)  # of a stack (tests/faults/stack.py)


def _room() -> str:
    """Memory where there is plenty, else the disk: there every new database waits until its files are synced.

    The servers sync all the same, and a process that is killed finds everything again: only a power cut would not.
    """
    if os.path.isdir(MEMORY) and shutil.disk_usage(MEMORY).free > PLENTY and psutil.virtual_memory().available > PLENTY:
        return MEMORY
    return "/tmp"


def docker_has(image: str) -> bool:
    """Whether a Docker engine answers at once and holds the image. Nothing is pulled."""
    import docker
    from docker.errors import DockerException

    try:
        engine = docker.from_env(timeout=DOCKER_ANSWERS_WITHIN_S)
        try:
            return bool(engine.images.get(image))
        finally:
            engine.close()
    except (DockerException, OSError):
        return False


@contextlib.contextmanager
def _nats_container() -> Iterator[RealNats]:
    _without_reaper()
    from testcontainers.community.nats import NatsContainer

    write = f"printf '%s' '{CONTAINER_CONFIGURATION}' > /tmp/nats.conf && exec nats-server --config /tmp/nats.conf"
    container = NatsContainer(NATS_IMAGE, jetstream=False).with_exposed_ports(4222, 8222)
    # NatsContainer's own jetstream=True gives no monitoring port and no sync_interval
    with container.with_command(["sh", "-c", write]) as server:
        host = server.get_container_host_ip()
        yield RealNats(
            f"nats://{host}:{server.get_exposed_port(4222)}", f"http://{host}:{server.get_exposed_port(8222)}"
        )


@contextlib.contextmanager
def _postgres_container() -> Iterator[RealPostgres]:
    _without_reaper()
    from testcontainers.community.postgres import PostgresContainer

    container = PostgresContainer(POSTGRES_IMAGE, driver=None).with_command("postgres -c max_connections=200")
    with container as server:
        yield RealPostgres(server.get_connection_url())


def _without_reaper() -> None:
    """The reaper is an image that would have to be pulled; our fixtures end what they start."""
    os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")
