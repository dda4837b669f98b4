"""Signing in and out.

Where the municipality has a login service, people are sent there and come back with a code. On a machine of one's own
the page shows invented people to choose from.
"""

import contextlib
import hmac
from typing import Annotated
from urllib.parse import quote, unquote

import msgspec
from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from services.desk import labels, render
from services.desk.door.access import must_be_ours
from services.desk.door.doorman import COOKIE, STAY_S, Doorman, secret_of
from services.desk.door.issuer import Issuer, Journey
from services.desk.door.local_users import BY_KEY, LOCAL_USERS
from services.desk.door.session import Secret
from services.desk.frame import nobodys_frame
from shared.problems import Forbidden, Invalid, Unauthenticated, Unavailable

JOURNEY = "loeft-journey"
JOURNEY_S = 600
HOME = "/"

api = APIRouter()


class Travelling(msgspec.Struct):
    """The cookie of somebody who is at the login service's: her journey, and the page that she wanted."""

    state: str
    nonce: str
    verifier: str
    wanted: str


@api.get("/login")
async def sign_in(request: Request, wanted: Annotated[str, Query(alias="next")] = HOME) -> Response:
    """The choice of invented people, or the way to the login service."""
    doorman = _doorman(request)
    wanted = _inside(wanted)
    if doorman.issuer is None:
        users = LOCAL_USERS if doorman.local else ()
        return HTMLResponse(
            render.sign_in(users, wanted, nobodys_frame(request)), headers={"Cache-Control": "no-store"}
        )
    journey = Journey.new()
    answer = RedirectResponse(await doorman.issuer.way_in(journey, _back(request)), 303)
    cookie = msgspec.json.encode(Travelling(journey.state, journey.nonce, journey.verifier, wanted))
    _keep(answer, request, JOURNEY, quote(cookie), path="/login", seconds=JOURNEY_S)
    return answer


@api.post("/login")
async def choose(
    request: Request,
    user: Annotated[str, Form()],
    wanted: Annotated[str, Form(alias="next")] = HOME,
    municipality: Annotated[str, Form()] = next(iter(labels.MUNICIPALITIES)),
) -> Response:
    """One of the invented people signs in. She works in one municipality, and sees the figures of all."""
    doorman = _doorman(request)
    if doorman.local is None:
        raise Forbidden("sign-in-elsewhere", "People sign in at the login service here")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("form-foreign", "The form came from another site")
    if user not in BY_KEY or municipality not in labels.MUNICIPALITIES:
        raise Invalid("user-unknown", "There is no such person", "Choose one of the list.")
    return _welcome(request, await doorman.let_in_local(BY_KEY[user], municipality), _inside(wanted))


@api.get("/login/callback")
async def arrive(request: Request, state: str = "", code: str = "", error: str = "") -> Response:
    """Somebody comes back from the login service."""
    doorman = _doorman(request)
    issuer = _issuer(doorman)
    travelling = _travelling(request)
    if travelling is None or not hmac.compare_digest(state.encode(), travelling.state.encode()):
        raise Unauthenticated("sign-in-lost", "The sign-in took too long or was begun elsewhere", "Sign in again.")
    if error or not code:
        raise Unauthenticated("sign-in-refused", "The login service did not let you in", "Try again.")
    journey = Journey(travelling.state, travelling.nonce, travelling.verifier)
    tokens = await issuer.arrived(journey, code, _back(request))
    answer = _welcome(request, await doorman.let_in(tokens), _inside(travelling.wanted))
    answer.delete_cookie(JOURNEY, path=f"{_root(request)}/login")
    return answer


@api.post("/logout")
async def sign_out(request: Request) -> Response:
    """The session ends, in every tab; then the one at the login service."""
    doorman = _doorman(request)
    secret = secret_of(request)
    session = await doorman.sessions.find(secret) if secret else None
    way_out = f"{_root(request)}/login"
    if secret is not None and session is not None:
        await must_be_ours(request, secret)
        await doorman.sessions.end(secret)
        if doorman.issuer is not None:
            with contextlib.suppress(Unavailable):  # she is signed out here whatever becomes of the login service
                way_out = await doorman.issuer.way_out(session.tokens, doorman.address(request)) or way_out
    answer = RedirectResponse(way_out, 303)
    answer.delete_cookie(COOKIE, path=f"{_root(request)}{HOME}")
    return answer


def _welcome(request: Request, secret: Secret, wanted: str) -> RedirectResponse:
    answer = RedirectResponse(f"{_root(request)}{wanted}", 303)
    _keep(answer, request, COOKIE, secret.text, path=HOME, seconds=STAY_S)
    return answer


def _keep(answer: Response, request: Request, name: str, value: str, *, path: str, seconds: int) -> None:
    """Set a cookie. Lax, because the way back from the login service begins there; forms carry a token of their own."""
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path=f"{_root(request)}{path}",
        secure=_doorman(request).address(request).startswith("https:"),
        httponly=True,
        samesite="lax",
    )


def _inside(wanted: str) -> str:
    """A path of this desk, or home: a link must not lead people to another site after they signed in."""
    return wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable() else HOME


def _travelling(request: Request) -> Travelling | None:
    try:
        return msgspec.json.decode(unquote(request.cookies.get(JOURNEY, "")), type=Travelling)
    except msgspec.DecodeError:
        return None


def _issuer(doorman: Doorman) -> Issuer:
    if doorman.issuer is None:
        raise Forbidden("sign-in-elsewhere", "There is no login service here")
    return doorman.issuer


def _back(request: Request) -> str:
    return f"{_doorman(request).address(request)}/login/callback"


def _root(request: Request) -> str:
    root: str = request.scope.get("root_path", "")
    return root


def _doorman(request: Request) -> Doorman:
    doorman: Doorman = request.app.state.doorman
    return doorman
