"""The municipality's login service, by OpenID Connect: where people are sent, and what is brought back from there.

Authorization code flow with PKCE (RFC 7636), state and nonce. What the issuer gives is an access token for the
services; they verify it as the desk does.
"""

import secrets
import time
from dataclasses import dataclass
from typing import Any

import jwt
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from httpx2 import HTTPError

from services.desk.door.session import Tokens
from shared.problems import Unauthenticated, Unavailable
from shared.settings import Settings

DISCOVERY = "/.well-known/openid-configuration"
PATIENCE_S = 5.0
SHORTEST_S = 60.0
DOCUMENT_FRESH_S = 600.0


@dataclass(frozen=True, slots=True)
class Journey:
    """What the desk remembers of somebody while she is at the issuer's: it must come back with her."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Journey":
        """One that nobody can guess."""
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))


class Issuer:
    """One OIDC issuer as the desk's client sees it."""

    def __init__(self, settings: Settings) -> None:
        self._address = settings.issuer.rstrip("/")
        self._client_id, self._client_secret = settings.client_id, settings.client_secret
        self._scope = settings.client_scope
        self._document: dict[str, Any] = {}
        self._fetched = 0.0

    async def way_in(self, journey: Journey, back: str) -> str:
        """The issuer's address to send her to; ``back`` is where she comes back."""
        document = await self._discovered()
        async with self._client(back) as client:
            address, _ = client.create_authorization_url(
                document["authorization_endpoint"],
                state=journey.state,
                nonce=journey.nonce,
                code_verifier=journey.verifier,
            )
        return str(address)

    async def arrived(self, journey: Journey, code: str, back: str) -> Tokens:
        """What the issuer gives for the code that she came back with. Raises Unauthenticated when it gives nothing."""
        given = await self._asked("authorization_code", back, code=code, code_verifier=journey.verifier)
        identity = given.identity or ""
        try:  # came straight from the issuer by TLS, so its signature says nothing more (OpenID Connect Core 3.1.3.7)
            nonce = jwt.decode(identity, options={"verify_signature": False}).get("nonce")
        except jwt.InvalidTokenError as invalid:
            raise _refused("it sent no id token") from invalid
        if nonce != journey.nonce:
            raise _refused("its answer belongs to another sign-in")
        return given

    async def renewed(self, tokens: Tokens) -> Tokens:
        """New tokens for old ones. Raises Unauthenticated when the issuer says that her stay is over."""
        given = await self._asked("refresh_token", None, refresh_token=tokens.refresh)
        return Tokens(given.access, given.expires, given.refresh or tokens.refresh, given.identity or tokens.identity)

    async def way_out(self, tokens: Tokens, back: str) -> str | None:
        """Where to send her so that she is signed out there, too; None when the issuer has no such place."""
        document = await self._discovered()
        address = document.get("end_session_endpoint")
        if not address:
            return None
        client = AsyncOAuth2Client(client_id=self._client_id)
        told = {"id_token_hint": tokens.identity or "", "post_logout_redirect_uri": back, "client_id": self._client_id}
        return str(client.build_request("GET", address, params={k: v for k, v in told.items() if v}).url)

    async def _asked(self, grant: str, back: str | None, **told: Any) -> Tokens:
        document = await self._discovered()
        try:
            async with self._client(back) as client:
                given = await client.fetch_token(document["token_endpoint"], grant_type=grant, **told)
        except OAuthError as refused:
            raise _refused(f"it answered {refused.error}") from refused
        except (HTTPError, ValueError) as failure:
            raise _unavailable() from failure
        expires = time.time() + max(float(given.get("expires_in") or 0), SHORTEST_S)
        return Tokens(given["access_token"], expires, given.get("refresh_token"), given.get("id_token"))

    async def _discovered(self) -> dict[str, Any]:
        if time.monotonic() - self._fetched > DOCUMENT_FRESH_S or not self._document:
            try:
                async with self._client(None) as client:
                    answer = await client.request("GET", self._address + DISCOVERY, withhold_token=True)
                    answer.raise_for_status()
                    self._document, self._fetched = answer.json(), time.monotonic()
            except (HTTPError, ValueError) as failure:
                if not self._document:
                    raise _unavailable() from failure
        return self._document

    def _client(self, back: str | None) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            client_id=self._client_id,
            client_secret=self._client_secret,
            token_endpoint_auth_method="client_secret_basic" if self._client_secret else "none",
            scope=self._scope,
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=PATIENCE_S,
        )


def _refused(why: str) -> Unauthenticated:
    return Unauthenticated("sign-in-refused", "The login service did not let you in", f"{why.capitalize()}. Try again.")


def _unavailable() -> Unavailable:
    return Unavailable(
        "issuer-unavailable", "The login service does not answer, so nobody can be let in", "Try again in a moment."
    )
