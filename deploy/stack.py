"""The embedded stack: broker, database, four services and the desk, in one process on one event loop.

The same services and the same desk run one a container under docker-compose; here they share a connection to the
broker and one HTTP server, each under its own path.
"""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI

from deploy.embedded import EmbeddedMachines
from deploy.embedded.watch import keep_running
from deploy.embedded_settings import embedded_settings
from deploy.local_tokens import local_tokens
from deploy.services import SERVICES, service_of
from services.desk.app import create_app, end_streams, running
from shared.messaging.bus import Bus
from shared.persistence.migrate import migrate
from shared.settings import Settings
from shared.tasks import end
from shared.web import problems

LEAVE_WITHIN_S = 2
KEEP_ALIVE_S = 75
"""An idle connection is kept for longer than clients keep theirs: one that is closed while it is asked is an error."""


class EmbeddedStack:
    """Everything of one data directory, running. Use ``async with EmbeddedStack.on(settings) as stack``."""

    def __init__(self, settings: Settings, bus: Bus, app: FastAPI, desk: FastAPI):
        self.settings, self.bus, self.app, self._desk = settings, bus, app, desk
        self.services = {name: service_of(name) for name in SERVICES}

    @property
    def page(self) -> str:
        """Address of the desk."""
        return f"http://{self.settings.host}:{self.settings.port}/"

    @classmethod
    @asynccontextmanager
    async def on(
        cls,
        settings: Settings,
        said: Callable[[str], None] = lambda _: None,
        fill: Callable[[Settings], Awaitable[None]] | None = None,
    ) -> "AsyncIterator[EmbeddedStack]":
        """Start everything on ``settings.data_directory``; stop it when the block ends. Raises StackError.

        ``fill`` puts something into the databases before the services open: nothing reads along then, so it is quick.
        """
        said("starting NATS and PostgreSQL")
        async with EmbeddedMachines(settings.data_directory) as machines, _watched(machines, settings):
            port = machines.directory.port("http", settings.port)
            settings = embedded_settings(settings.model_copy(update={"port": port}), machines)
            said("bringing the databases up to date")
            for name in SERVICES:
                await asyncio.to_thread(migrate, name, settings.database(name))
            if fill is not None:
                await fill(settings)
            bus = Bus(settings.nats_url, monitor_url=settings.nats_monitor_url)
            await bus.open(allow_unsafe=settings.allow_unsafe_durability)
            try:
                desk = create_app(settings, bus)
                stack = cls(settings, bus, _joined(settings, desk), desk)
                said("starting the services")
                async with contextlib.AsyncExitStack() as open_services:
                    for service in stack.services.values():
                        await open_services.enter_async_context(service.running(settings, bus))
                    await open_services.enter_async_context(running(desk))
                    yield stack
            finally:
                await bus.close()

    async def serve(self, ready: Callable[[], None] = lambda: None) -> None:
        """Answer HTTP until a signal comes."""
        config = uvicorn.Config(
            self.app,
            host=self.settings.host,
            port=self.settings.port,
            log_config=None,
            access_log=False,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=LEAVE_WITHIN_S,  # open streams would hold the server for ever
            lifespan="off",
        )
        server = _Server(config)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._leave, server)
        serving = asyncio.create_task(server.serve())
        while not server.started and not serving.done():  # noqa: ASYNC110 - see below
            await asyncio.sleep(0.01)  # uvicorn tells nobody that it has started
        if server.started:
            ready()
        await serving

    def _leave(self, server: uvicorn.Server) -> None:
        server.should_exit = True
        end_streams(self._desk)


@asynccontextmanager
async def _watched(machines: EmbeddedMachines, settings: Settings) -> AsyncIterator[None]:
    watching = (
        [
            asyncio.create_task(keep_running("nats", machines.nats)),
            asyncio.create_task(keep_running("postgresql", machines.postgres)),
        ]
        if settings.restart_servers
        else []
    )
    try:
        yield
    finally:
        await end(*watching)


class _Server(uvicorn.Server):
    """uvicorn, without its own signal handling: it would raise the signal again when it is done."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the stack."""
        yield


def _joined(settings: Settings, desk: FastAPI) -> FastAPI:
    """One app with every service under its name, and the desk at the root."""
    joined = FastAPI(title="Løft", docs_url=None, redoc_url=None, openapi_url=None)
    problems.install(joined)
    for name in SERVICES:
        joined.mount(f"/{name}", service_of(name).app)
    joined.include_router(local_tokens(settings))
    joined.mount("/", desk)
    return joined
