"""The page itself."""

from fastapi import Request
from starlette.responses import HTMLResponse, Response

from services.desk import render
from services.desk.access import Doorman, Reader, router
from services.desk.hub import Hub
from shared.web import Role

ROLES = {Role.MANAGER: "leder", Role.ANALYST: "analytiker", Role.CASEWORKER: "jobkonsulent", Role.EMENTOR: "eMentor"}

api = router()


@api.get("/", response_class=HTMLResponse)
async def page(request: Request, caller: Reader) -> Response:
    """The figures of the municipalities that the caller's token names."""
    hub: Hub = request.app.state.hub
    doorman: Doorman = request.app.state.doorman
    root = request.scope.get("root_path", "")
    role = next(word for role, word in ROLES.items() if role in caller.roles)
    html = render.page(
        hub,
        _shown(hub, caller.municipalities),
        static=f"{root}/static",
        live_url=f"{root}/live?after={hub.cut}",
        signed_in=f"Lokal demo – logget ind som {role}" if doorman.signs_in else f"Logget ind som {role}",
    )
    return HTMLResponse(html, headers={"Cache-Control": "no-store"})


def _shown(hub: Hub, municipalities: tuple[str, ...]) -> tuple[str, ...]:
    """The caller's municipalities that have figures, or the first when none has."""
    known = {projection.municipality for projection in hub.projections()}
    return tuple(code for code in municipalities if code in known) or municipalities[:1]
