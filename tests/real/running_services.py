"""All four services in this process on real PostgreSQL and NATS, for as long as a test module wants them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx
import pytest

from deploy.services import SERVICES, service_of
from services.intake.vault import configured
from shared.messaging.bus import Bus
from shared.settings import Settings
from shared.web import Role
from shared.web.tokens import LocalIssuer
from tests.real.running_service import CPR_KEY, LINK_KEY, RunningService
from tests.real_machines import RealNats, RealPostgres


@dataclass(frozen=True, slots=True)
class RunningServices:
    """The started services by name."""

    of: dict[str, RunningService]
    settings: Settings
    bus: Bus

    def caller(
        self, service: str, roles: Sequence[Role] = tuple(Role), municipality: str = "0101", **headers: str
    ) -> httpx.AsyncClient:
        """A caller of a service, with every role unless fewer are given."""
        return self.of[service].caller(*roles, municipality=municipality, **headers)

    def client(self, service: str, municipality: str) -> httpx.AsyncClient:
        """A caller of a municipality with every role."""
        return self.caller(service, municipality=municipality)


@asynccontextmanager
async def running_services(
    postgres: RealPostgres, nats: RealNats, directory: Path, **given: object
) -> AsyncIterator[RunningServices]:
    """Start them on fresh databases and an empty broker; stop them when the block ends."""
    await nats.empty()
    settings = Settings(
        nats_url=nats.url,
        nats_monitor_url=nats.monitor_url,
        data_directory=directory,
        cpr_key=CPR_KEY,
        link_key=LINK_KEY,
    ).model_copy(update=given)
    bus = Bus(settings.nats_url, monitor_url=settings.nats_monitor_url)
    async with AsyncExitStack() as open_:
        environment = open_.enter_context(pytest.MonkeyPatch.context())
        environment.setenv("LOEFT_CPR_KEY", CPR_KEY)
        configured.cache_clear()
        open_.callback(configured.cache_clear)
        await bus.open()
        open_.push_async_callback(bus.close)
        services = {}
        for name in SERVICES:
            address = await postgres.fresh(name)
            open_.push_async_callback(postgres.drop, address)
            own = settings.model_copy(update={"database_url": address})
            services[name] = await open_.enter_async_context(one_service(name, own, bus))
        yield RunningServices(services, settings, bus)


@asynccontextmanager
async def one_service(name: str, settings: Settings, bus: Bus) -> AsyncIterator[RunningService]:
    """One service on ``settings.database_url`` and an open bus, for as long as the block runs."""
    service = service_of(name)
    async with service.running(settings, bus):
        database = await asyncpg.connect(settings.database_url)
        try:
            issuer = LocalIssuer(settings.data_directory / "local-issuer.pem", settings.audience)
            yield RunningService(service.app, database, settings.database_url, issuer)
        finally:
            database.terminate()  # its server may be gone
