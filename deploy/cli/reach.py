"""How a command reaches the machines: the running stack's, its own for the time of the command, or production's."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer

from deploy.embedded import EmbeddedMachines
from deploy.embedded_settings import embedded_settings
from deploy.services import SERVICES, service_of
from shared.messaging.bus import Bus
from shared.persistence.database import Database
from shared.settings import Settings

Data = Annotated[
    Path | None,
    typer.Option("--data", help="Data directory of an embedded stack, running or not (default: the setting)."),
]


@asynccontextmanager
async def machines(data: Path | None = None) -> AsyncIterator[Settings]:
    """Settings under which broker and database answer.

    Production: as they are set. Embedded: a running stack's; of a stopped one the machines run until the block ends.
    """
    settings = Settings()
    if settings.profile == "production":
        yield settings
        return
    directory = data or settings.data_directory
    embedded = EmbeddedMachines(directory)
    if embedded.directory.running_pid() is not None:
        yield embedded_settings(settings, embedded)
        return
    if data is not None and not embedded.directory.root.is_dir():
        raise FileNotFoundError(2, "There is no data directory at", str(data))
    async with embedded:
        yield embedded_settings(settings, embedded)


@asynccontextmanager
async def databases(
    settings: Settings, names: tuple[str, ...] = SERVICES, *, writing: bool = False
) -> AsyncIterator[dict[str, Database]]:
    """The services' databases, open; ``writing`` events takes what the services do with them, which loads them all."""
    async with AsyncExitStack() as opened:
        found = {}
        for name in names:
            appliers = service_of(name).appliers if writing else None
            database = Database(settings.database(name), appliers, password=settings.password(name), size=4)
            await database.open(allow_unsafe=settings.allow_unsafe_durability)
            opened.push_async_callback(database.close)
            found[name] = database
        yield found


@asynccontextmanager
async def bus(settings: Settings, *, allow_unsafe: bool = True) -> AsyncIterator[Bus]:
    """The broker, connected. A command that only looks or fills need not refuse one that does not sync."""
    connection = Bus(settings.nats_url, monitor_url=settings.nats_monitor_url, name="loeft-cli")
    await connection.open(allow_unsafe=allow_unsafe)
    try:
        yield connection
    finally:
        await connection.close()
