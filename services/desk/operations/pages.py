"""``/drift``: how each service is, and the events that it could not handle."""

import asyncio
from typing import Annotated, Any, Literal

from fastapi import Path
from starlette.requests import Request
from starlette.responses import Response

from services.desk.door.access import router
from services.desk.door.callers import Operator
from services.desk.following import CLOCK
from services.desk.hub import Hub
from services.desk.labels import SERVICES
from services.desk.operations.health import Health, away, health, summary
from services.desk.operations.parked import parked
from services.desk.services import Services
from services.desk.sheet import Sheet, TheSheet
from shared.problems import Problem, Unavailable

HOME = "/drift"

api = router()
Name = Literal["intake", "assessment", "courses", "outcomes"]


@api.get(HOME)
async def operations(request: Request, sheet: TheSheet, operator: Operator) -> Response:
    """How everything is now; the page looks again by itself."""
    return await _page(request, sheet)


@api.post(HOME + "/{service}/{number}/proev-igen")
async def retry_event(
    request: Request, sheet: TheSheet, operator: Operator, service: Name, number: Annotated[int, Path(ge=1)]
) -> Response:
    """Let a service try a parked event again."""
    try:
        answer = await sheet.send(service, f"/parked/{number}/retry")
    except Problem as problem:
        return await _page(request, sheet, problem=problem)
    return sheet.done(HOME, "proevet-igen" if answer["waiting"] else "var-klaret")


async def _page(request: Request, sheet: Sheet, problem: Problem | None = None) -> Response:
    services: Services = request.app.state.services
    hub: Hub = request.app.state.hub
    healths, lots = await asyncio.gather(
        asyncio.gather(*(_health(services, name) for name in SERVICES)),
        asyncio.gather(*(_parked(sheet, name) for name in SERVICES)),
    )
    items = [(name, item) for name, lot in zip(SERVICES, lots, strict=True) for item in lot or ()]
    well, sentence = summary(healths, [item for _, item in items])
    return sheet.html(
        "operations/page.html",
        about=[CLOCK],
        problem=problem,
        well=well and hub.standing.connected,
        sentence=sentence if hub.standing.connected else "Siderne får ikke nye tal lige nu: bussen (NATS) svarer ikke.",
        services=healths,
        parked=[parked(name, item) for name, item in items],
        unknown=[SERVICES[name] for name, lot in zip(SERVICES, lots, strict=True) if lot is None],
    )


async def _health(services: Services, name: str) -> Health:
    try:
        ready, metrics = await asyncio.gather(services.probe(name, "/readyz"), services.probe(name, "/metrics"))
        return health(name, dict(ready.json()["checks"]), metrics.text)
    except (Unavailable, ValueError, KeyError, TypeError):
        return away(name)  # nothing answers, or something else does: a proxy whose service is away


async def _parked(sheet: Sheet, name: str) -> list[dict[str, Any]] | None:
    """None when the service does not answer."""
    try:
        found: list[dict[str, Any]] = await sheet.read(name, "/parked")
    except Unavailable:
        return None
    return found
