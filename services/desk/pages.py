"""The page itself."""

from fastapi import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from services.desk import render
from services.desk.door.access import Admitted, router
from services.desk.door.callers import OF_FIGURES, Anybody
from services.desk.frame import frame_of
from services.desk.hub import Hub

api = router()


@api.get("/", response_class=HTMLResponse)
async def page(request: Request, worker: Anybody, caller: Admitted) -> Response:
    """The figures of the municipalities that the caller's token names; who has none is led to her own work."""
    hub: Hub = request.app.state.hub
    frame = frame_of(request, caller)
    if not worker.roles & OF_FIGURES:
        return RedirectResponse(f"{frame.root}{frame.parts[0].path}", 303)
    html = render.page(hub, _shown(hub, worker.municipalities), frame, live_url=f"{frame.root}/live?after={hub.cut}")
    return HTMLResponse(html, headers={"Cache-Control": "no-store"})


def _shown(hub: Hub, municipalities: tuple[str, ...]) -> tuple[str, ...]:
    """The caller's municipalities that have figures, or the first when none has."""
    known = {projection.municipality for projection in hub.projections()}
    return tuple(code for code in municipalities if code in known) or municipalities[:1]
