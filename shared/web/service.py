"""One running service: its HTTP app, database, relay and reactions, composed from what ``services/<name>`` declares.

The same service runs alone in a container (its app's lifespan opens it) or with the others in the embedded process
(``deploy/embedded`` opens each with one shared connection to the broker).
"""

import asyncio
import contextlib
import hmac
from collections.abc import AsyncIterator, Sequence

import structlog
from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared.memory import calm_collector
from shared.messaging.bus import Bus
from shared.messaging.log_answers import LogAnswers
from shared.messaging.parked import ParkingLot
from shared.messaging.provision import provision
from shared.messaging.reactions import Reaction, Reactions
from shared.messaging.relay import Relay
from shared.messaging.topology import events, inbound, projections
from shared.persistence.access_log import Mergers
from shared.persistence.change import Appliers
from shared.persistence.database import Database
from shared.problems import Unauthenticated
from shared.settings import Settings
from shared.tasks import end
from shared.telemetry.logging import configure
from shared.telemetry.metrics import Metrics
from shared.web import access_log, documentation, parked, problems
from shared.web.links import PREFIX, Links, links_of
from shared.web.principal import Principal
from shared.web.tokens import Verifier, verifier_of
from shared.web.worker import MakeWorker, Worker, keep_working

log = structlog.get_logger(__name__)

BEHIND_LIMIT_S = 10.0
LAG_LIMIT = 10_000


class Service:
    """A service as the process that runs it sees it."""

    def __init__(
        self,
        name: str,
        *,
        description: str,
        api: APIRouter,
        apply: Appliers,
        reactions: list[Reaction],
        mergers: Mergers,
        workers: Sequence[MakeWorker] = (),
    ):
        self.name, self.appliers, self.reactions = name, apply, reactions
        self.mergers = mergers
        self._make_workers = workers
        self._verifier: Verifier | None = None
        self._database: Database | None = None
        self._digest_key = b""
        self.links = Links()
        self.relay: Relay | None = None
        self.reacting: Reactions | None = None
        self.workers: list[Worker] = []
        self.bus: Bus | None = None
        self.lot: ParkingLot | None = None
        self.metrics = Metrics(name)
        self.app = FastAPI(
            title=f"Løft: {name}",
            description=description,
            version="1",
            lifespan=self._alone,
            docs_url=None,  # the library's page loads scripts from elsewhere
            redoc_url=None,
            openapi_url=None,
            responses=problems.RESPONSES,
        )
        self.app.state.service = self
        problems.install(self.app)
        for routes in (api, access_log.api, parked.api):
            self.app.include_router(routes)
        documentation.install(self.app)
        self._install_probes()

    @property
    def database(self) -> Database:
        """The open database."""
        assert self._database is not None, f"{self.name} is not running"
        return self._database

    def digest(self, text: bytes) -> bytes:
        """What a request is known again by. Keyed: it may hold a CPR number, and those can be tried one by one."""
        return hmac.digest(self._digest_key, text, "sha256")

    async def authenticate(self, request: Request) -> Principal:
        """Who calls; raises Unauthenticated."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated(
                "token-missing", "No access token came with the request", "Send it as `Authorization: Bearer …`."
            )
        if token.startswith(PREFIX):
            return self.holder_of(token)
        assert self._verifier is not None
        return await self._verifier.verify(token)

    def holder_of(self, link: str) -> Principal:
        """Whoever has a link: nobody in particular, without a role; raises Unauthenticated."""
        read = self.links.read(link)
        return Principal(f"link/{read.kind}/{read.id}", frozenset(), (read.municipality,), read)

    @contextlib.asynccontextmanager
    async def running(self, settings: Settings, bus: Bus) -> AsyncIterator[None]:
        """Open the service; close it when the block ends."""
        self._verifier = verifier_of(settings)
        self.links = links_of(settings)
        self._digest_key = hmac.digest((settings.cpr_key or "").encode(), b"idempotency", "sha256")
        self.bus = bus
        self._database = Database(settings.database(self.name), self.appliers, password=settings.password(self.name))
        await self._database.open(allow_unsafe=settings.allow_unsafe_durability)
        await provision(bus, [events(settings.stream), inbound(), projections(settings.bucket)], [])
        self.lot = ParkingLot(self._database, attempts=settings.reaction_attempts, delay_s=settings.reaction_delay_s)
        self.relay = Relay(self.name, self._database, bus, settings.stream)
        self.reacting = Reactions(self.name, self.reactions, self._database, bus, settings.stream, self.lot)
        self.workers = [make(self._database, bus, settings) for make in self._make_workers]
        tasks = [asyncio.create_task(self.relay.run(), name=f"{self.name}-relay")]
        tasks += [asyncio.create_task(keep_working(worker), name=f"{self.name}-worker") for worker in self.workers]
        self._measure()
        answers = LogAnswers(self.name, self._database, bus)
        try:
            await answers.start()
            await self.reacting.start()
            log.info("service-started", service=self.name)
            yield
        finally:
            await end(*tasks)
            await self.reacting.stop()
            await answers.stop()
            await self._database.close()
            log.info("service-stopped", service=self.name)

    @contextlib.asynccontextmanager
    async def _alone(self, _: FastAPI) -> AsyncIterator[None]:
        """The lifespan of a service that runs in a process of its own."""
        settings = Settings()
        configure(settings.log_level)
        calm_collector()
        bus = Bus(settings.nats_url, monitor_url=settings.nats_monitor_url, name=self.name)
        await bus.open(allow_unsafe=settings.allow_unsafe_durability)
        try:
            async with self.running(settings, bus):
                yield
        finally:
            await bus.close()

    async def readiness(self) -> dict[str, str]:
        """Each check with what is wrong ('' when nothing is): not merely an open socket."""
        checks: dict[str, str] = {"database": "", "broker": "", "relay": "", "reactions": ""}
        try:
            async with asyncio.timeout(2):
                await self.database.pool.fetchval("SELECT 1")
        except Exception as failure:  # whatever it is, we are not ready
            checks["database"] = f"does not answer: {type(failure).__name__}"
        if self.bus is None or not self.bus.connected:
            checks["broker"] = "not connected"
        if self.relay is not None and self.relay.behind_s > BEHIND_LIMIT_S:
            checks["relay"] = f"committed events have waited {self.relay.behind_s:.0f} s for the bus"
        if self.reacting is not None:
            lagging = {name: lag for name, lag in self.reacting.lag.items() if lag > LAG_LIMIT}
            if lagging:
                checks["reactions"] = ", ".join(f"{name} is {lag} events behind" for name, lag in lagging.items())
        for worker in self.workers:
            checks |= worker.checks()
        return checks

    def _measure(self) -> None:
        self.metrics = Metrics(self.name)
        relay, reacting = self.relay, self.reacting
        assert relay is not None
        assert reacting is not None
        self.metrics.gauge(
            "loeft_relay_behind_seconds", "Age of the oldest committed event not on the bus.", lambda: relay.behind_s
        )
        self.metrics.gauge("loeft_relay_published", "Events this relay has published.", lambda: relay.published)
        self.metrics.gauge(
            "loeft_reaction_lag", "Events that wait for reactions.", lambda: float(sum(reacting.lag.values()))
        )
        self.metrics.gauge("loeft_parked", "Events that wait for a person.", lambda: reacting.parked)
        for worker in self.workers:
            worker.measure(self.metrics)

    def _install_probes(self) -> None:
        async def livez(_: Request) -> Response:
            return JSONResponse({"status": "alive"})

        async def readyz(_: Request) -> Response:
            checks = await self.readiness()
            ready = not any(checks.values())
            return JSONResponse(
                {"ready": ready, "checks": {k: v or "ok" for k, v in checks.items()}}, 200 if ready else 503
            )

        async def metrics(_: Request) -> Response:
            return Response(self.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

        for path, probe in (("/livez", livez), ("/readyz", readyz), ("/metrics", metrics)):
            self.app.add_route(path, probe, methods=["GET"], include_in_schema=False)
