"""Composition root of the desk: in the embedded process it is mounted at ``/``, in its container it runs alone.

``create_app(settings, bus)`` takes an open bus; what mounts the app enters ``running(app)``, because the lifespan of a
mounted app does not run. Alone: ``uvicorn --factory services.desk.app:alone --timeout-graceful-shutdown 3``.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from services.desk import following, live, pages, render
from services.desk.access_log.pages import api as access_log
from services.desk.changes import Changes
from services.desk.citizens.routes import api as citizens
from services.desk.citizens.story import Stories
from services.desk.cohorts.routes import api as cohorts
from services.desk.companies.routes import api as companies
from services.desk.door import sign_in
from services.desk.door.access import to_sign_in
from services.desk.door.doorman import Doorman
from services.desk.efforts.routes import api as efforts
from services.desk.frame import Frame, frame_of, nobodys_frame
from services.desk.hub import Hub
from services.desk.operations.pages import api as operations
from services.desk.recounted import tell_of_recounts
from services.desk.services import Services
from services.desk.source import NatsProjections
from services.desk.termination import on_termination
from services.desk.workshops.routes import api as workshops
from shared.messaging.bus import Bus
from shared.problems import NotFound, Problem
from shared.settings import Settings
from shared.tasks import end
from shared.telemetry.logging import configure
from shared.web import design, problems
from shared.web.headers import SecurityHeaders, guard

PARTS = (efforts, citizens, cohorts, workshops, companies, access_log, operations)
STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings, bus: Bus) -> FastAPI:
    """The desk on a bus that is open by the time it runs."""
    app = FastAPI(title="Løft: desk", lifespan=running, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.hub = Hub(NatsProjections(bus, settings.bucket))
    app.state.changes = Changes(bus, settings.stream)
    app.state.doorman = Doorman(settings, bus)
    app.state.services = Services(settings.services_url)
    app.state.stories = Stories(bus, settings.stream)
    problems.install(app)
    app.add_exception_handler(Problem, _refused)
    app.add_exception_handler(RequestValidationError, _no_such_page)
    app.add_exception_handler(HTTPException, _no_such_page)
    app.add_exception_handler(Exception, _unforeseen)
    app.add_route("/livez", _livez)
    app.add_route("/readyz", _readyz)
    app.include_router(sign_in.api)
    app.include_router(pages.api)
    app.include_router(live.api)
    app.include_router(following.api)
    for part in PARTS:
        app.include_router(part)
    design.serve(app, STATIC)
    app.add_middleware(SecurityHeaders)
    return app


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[None]:
    """Follow the projections and the events, and be ready to call the services, while the block runs."""
    hub: Hub = app.state.hub
    services: Services = app.state.services
    changes: Changes = app.state.changes
    render.compile_templates()
    await services.open()
    await hub.start()
    following = asyncio.create_task(changes.run())
    recounts = asyncio.create_task(tell_of_recounts(hub, changes))
    try:
        yield
    finally:
        end_streams(app)
        await end(following, recounts)
        await hub.stop()
        await services.close()


def end_streams(app: FastAPI) -> None:
    """Let every open stream of pages finish; a page that still wants to know comes again."""
    app.state.hub.end_subscribers()
    app.state.changes.end_pages()


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
                with on_termination(lambda: end_streams(app)):
                    yield
        finally:
            await bus.close()

    app = create_app(settings, bus)
    app.router.lifespan_context = connected
    return app


async def _refused(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    way_in = to_sign_in(request) if problem.code == "session-missing" else None
    return way_in or HTMLResponse(render.refused(problem, _frame(request), _part(request)), problem.status)


async def _no_such_page(request: Request, failure: Exception) -> Response:
    """An address that is none, or one that names what cannot be (an id that is no id)."""
    status = failure.status_code if isinstance(failure, HTTPException) else 404
    problem = NotFound("page-unknown", "There is no such page")
    return HTMLResponse(render.refused(problem, _frame(request)), status)


async def _unforeseen(request: Request, failure: Exception) -> Response:
    """What nobody foresaw is logged, and told on a page like any other refusal."""
    logged = await problems.answer_to(request, failure)
    page = render.refused(Problem("service-failed", "The page could not be made"), _frame(request))
    response = HTMLResponse(page, logged.status_code)
    guard(response.headers)  # no middleware comes after this
    return response


def _part(request: Request) -> str:
    """The package of the page that was asked for, whose words are said; empty for none."""
    endpoint = getattr(request.scope.get("route"), "endpoint", None)
    return endpoint.__module__.split(".")[2] if endpoint is not None else ""


def _frame(request: Request) -> Frame:
    caller = getattr(request.state, "caller", None)
    return frame_of(request, caller) if caller else nobodys_frame(request)


async def _livez(_: Request) -> Response:
    return JSONResponse({"status": "alive"})


async def _readyz(request: Request) -> Response:
    hub: Hub = request.app.state.hub
    ready = hub.standing.connected
    checks = {"projections": "ok" if ready else "the projections on the broker cannot be followed"}
    return JSONResponse({"ready": ready, "checks": checks}, 200 if ready else 503)
