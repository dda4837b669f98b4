"""Composition root of the desk: in the embedded process it is mounted at ``/``, in its container it runs alone.

``create_app(settings, bus)`` takes an open bus; what mounts the app enters ``running(app)``, because the lifespan of a
mounted app does not run. Alone: ``uvicorn --factory services.desk.app:alone --timeout-graceful-shutdown 3``.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from services.desk import live, pages, render
from services.desk.door import sign_in
from services.desk.door.access import to_sign_in
from services.desk.door.doorman import Doorman
from services.desk.hub import Hub
from services.desk.source import NatsProjections
from services.desk.termination import on_termination
from shared.messaging.bus import Bus
from shared.problems import Forbidden, Problem, Unauthenticated, Unavailable
from shared.settings import Settings
from shared.telemetry.logging import configure
from shared.web import design, problems
from shared.web.headers import SecurityHeaders

STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings, bus: Bus) -> FastAPI:
    """The desk on a bus that is open by the time it runs."""
    app = FastAPI(title="Løft: desk", lifespan=running, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.hub = Hub(NatsProjections(bus, settings.bucket))
    app.state.doorman = Doorman(settings, bus)
    problems.install(app)
    app.add_exception_handler(Unauthenticated, _refused)
    app.add_exception_handler(Forbidden, _refused)
    app.add_exception_handler(Unavailable, _refused)
    app.add_route("/livez", _livez)
    app.add_route("/readyz", _readyz)
    app.include_router(sign_in.api)
    app.include_router(pages.api)
    app.include_router(live.api)
    design.serve(app, STATIC)
    app.add_middleware(SecurityHeaders)
    return app


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[None]:
    """Follow the projections while the block runs.."""
    hub: Hub = app.state.hub
    await hub.start()
    try:
        yield
    finally:
        await hub.stop()


def alone() -> FastAPI:
    """The desk in a process of its own, with a connection of its own."""
    settings = Settings()
    configure(settings.log_level)
    bus = Bus(settings.nats_url, monitor_url=settings.nats_monitor_url, name="desk")

    @asynccontextmanager
    async def connected(app: FastAPI) -> AsyncIterator[None]:
        await bus.open(allow_unsafe=settings.allow_unsafe_durability)
        try:
            async with running(app):
                with on_termination(app.state.hub.end_subscribers):
                    yield
        finally:
            await bus.close()

    app = create_app(settings, bus)
    app.router.lifespan_context = connected
    return app


async def _refused(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    way_in = to_sign_in(request) if problem.code == "session-missing" else None
    frame = render.Frame(request.scope.get("root_path", ""))
    return way_in or HTMLResponse(render.refused(problem, frame), problem.status)


async def _livez(_: Request) -> Response:
    return JSONResponse({"status": "alive"})


async def _readyz(request: Request) -> Response:
    hub: Hub = request.app.state.hub
    ready = hub.standing.connected
    checks = {"projections": "ok" if ready else "the projections on the broker cannot be followed"}
    return JSONResponse({"ready": ready, "checks": checks}, 200 if ready else 503)
