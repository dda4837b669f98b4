"""The doorman: turns a request into its caller, and keeps who has signed in.

A browser comes with a cookie that finds its session; a program comes with ``Authorization: Bearer``. Whatever is known
of a session's token is verified at each request, so a role that was taken away is gone when the token is.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.requests import Request

from services.desk import labels
from services.desk.door.issuer import Issuer
from services.desk.door.local_users import LocalUser
from services.desk.door.session import Secret, Session, Tokens
from services.desk.door.sessions import Sessions
from shared.messaging.bus import Bus
from shared.problems import Unauthenticated
from shared.settings import Settings
from shared.web import Principal
from shared.web.tokens import LocalIssuer, verifier_of

COOKIE = "loeft"
STAY_S = 10 * 3600
"""A working day: after it everybody signs in again."""
RENEW_BEFORE_S = 60.0


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, and by which session; a program that brings its own token has none."""

    principal: Principal
    access_token: str
    secret: Secret | None = None


class Doorman:
    """Lets people and programs in."""

    def __init__(self, settings: Settings, bus: Bus) -> None:
        self._verifier = verifier_of(settings)
        self.sessions = Sessions(bus, settings.sessions_bucket)
        local = settings.profile == "embedded" and settings.page_sign_in
        self.local = self._verifier if local and isinstance(self._verifier, LocalIssuer) else None
        """The issuer of the invented people of one machine; None where people sign in elsewhere."""
        self.issuer = None if isinstance(self._verifier, LocalIssuer) else Issuer(settings)
        self._page_url = settings.page_url.rstrip("/")
        self._renewing: dict[str, asyncio.Lock] = {}

    def address(self, request: Request) -> str:
        """The desk's address as browsers know it, without a slash at its end."""
        return self._page_url or str(request.base_url).rstrip("/")

    async def admit(self, request: Request) -> Caller:
        """The caller; raises Unauthenticated, or Unavailable when nobody can say who it is."""
        scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
        if bearer and scheme.lower() == "bearer":
            return Caller(await self._verifier.verify(bearer), bearer)
        secret = secret_of(request)
        session = await self.sessions.find(secret) if secret else None
        if secret is None or session is None:
            raise Unauthenticated("session-missing", "You are not signed in", "Sign in at /login.")
        tokens = await self._fresh(secret, session)
        return Caller(await self._verifier.verify(tokens.access), tokens.access, secret)

    async def still_in(self, caller: Caller) -> bool:
        """Whether the session of an open stream goes on; a broker that is away ends nobody's."""
        if caller.secret is None:
            return True
        return await self.sessions.find(caller.secret) is not None

    async def let_in(self, tokens: Tokens) -> Secret:
        """A session for what an issuer gave, if it is a token of ours. Raises Unauthenticated."""
        await self._verifier.verify(tokens.access)
        return await self.sessions.begin(Session(tokens, time.time() + STAY_S))

    async def let_in_local(self, user: LocalUser, municipality: str) -> Secret:
        """A session for one of the invented people of one machine, who works in one municipality."""
        assert self.local is not None
        every = [municipality, *(code for code in labels.MUNICIPALITIES if code != municipality)]
        token = self.local.issue(f"local-{user.key}", [user.role], every, unit=user.unit, minutes=STAY_S // 60)
        return await self.let_in(Tokens(token, time.time() + STAY_S))

    async def _fresh(self, secret: Secret, session: Session) -> Tokens:
        if self.issuer is None or session.tokens.refresh is None or not _runs_out(session.tokens):
            return session.tokens
        async with self._one_at_a_time(secret):
            session = await self.sessions.find(secret) or session
            if not _runs_out(session.tokens):
                return session.tokens
            try:
                tokens = await self.issuer.renewed(session.tokens)
            except Unauthenticated:
                await self.sessions.end(secret)
                raise
            await self.sessions.keep(secret, Session(tokens, session.ends))
            return tokens

    @asynccontextmanager
    async def _one_at_a_time(self, secret: Secret) -> AsyncIterator[None]:
        """An issuer may take a refresh token once."""
        lock = self._renewing.setdefault(secret.key, asyncio.Lock())
        try:
            async with lock:
                yield
        finally:
            if not lock.locked():
                self._renewing.pop(secret.key, None)


def secret_of(request: Request) -> Secret | None:
    """The secret in the request's cookie."""
    text = request.cookies.get(COOKIE, "")
    return Secret(text) if text else None


def _runs_out(tokens: Tokens) -> bool:
    return tokens.expires - time.time() < RENEW_BEFORE_S
