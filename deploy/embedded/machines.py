"""Both machines of the embedded stack, started together and stopped together."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from deploy.embedded.data_directory import DataDirectory
from deploy.embedded.nats_server import NatsServer
from deploy.embedded.postgres_server import PostgresServer

DATABASES = ("intake", "assessment", "courses", "outcomes")


class EmbeddedMachines:
    """NATS and PostgreSQL on one data directory, with one database and role a service.

    An async context manager. On entering: StackError when the directory is in use or a server cannot start; servers
    that a killed stack left behind are ended first. On leaving, both servers are stopped: stop who uses them first.
    """

    def __init__(
        self, directory: Path, *, nats_port: int = 0, nats_monitor_port: int = 0, databases: Sequence[str] = DATABASES
    ) -> None:
        self.directory = DataDirectory(directory)
        self.nats = NatsServer(self.directory.nats, port=nats_port, monitor_port=nats_monitor_port)
        self.postgres = PostgresServer(self.directory.postgres)
        self._databases = databases

    def addresses(self) -> dict[str, str]:
        """The settings (``shared.settings.Settings``) with which services find these machines."""
        return {
            "nats_url": self.nats.url,
            "nats_monitor_url": self.nats.monitor_url,
            "database_url": self.postgres.dsn("{service}"),
        }

    async def __aenter__(self) -> "EmbeddedMachines":
        self.directory.open()
        starting = asyncio.gather(
            asyncio.to_thread(self._start_nats), asyncio.to_thread(self._start_postgres), return_exceptions=True
        )
        try:
            for outcome in await asyncio.shield(starting):
                if outcome:
                    raise outcome
            for name in self._databases:
                await self.postgres.create_database(name)
        except BaseException:
            await starting  # a thread cannot be cancelled: what it still starts must be stopped too
            await self._stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stop()

    def _start_nats(self) -> None:
        self.nats.end_orphan()
        self.nats.start()

    def _start_postgres(self) -> None:
        self.postgres.end_orphan()
        self.postgres.start()

    async def _stop(self) -> None:
        try:
            await asyncio.gather(asyncio.to_thread(self.nats.stop), asyncio.to_thread(self.postgres.stop))
        finally:
            self.directory.close()
