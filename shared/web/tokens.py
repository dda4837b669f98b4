"""Access tokens: who issued them, whether they hold, and whom they stand for.

Production takes any OIDC issuer by its address (discovery, JWKS). The embedded stack has its own small issuer whose
name is ``local``; a production process refuses to start with it.
"""

import asyncio
import math
import os
import re
import time
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import httpx
import jwt
import structlog
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.problems import Unauthenticated, Unavailable
from shared.settings import Settings
from shared.web.principal import Principal, Role

ALGORITHMS = ["EdDSA", "ES256", "RS256"]
LEEWAY_S = 60
KEYS_FRESH_S = 600
ASK_AGAIN_S = 10
ASK_AGAIN_WITHOUT_KEYS_S = 1
LOCAL = "local"
MUNICIPALITY = re.compile(r"[0-9]{4}")
LONGEST_UNIT = 60

log = structlog.get_logger(__name__)


class Claims(NamedTuple):
    """What an issuer calls the claims that we read."""

    roles: str = "roles"
    municipality: str = "municipality"
    unit: str = "unit"


CLAIMS = Claims()
"""As the local issuer calls them."""


class Verifier(Protocol):
    """Turns a token into a principal, or raises Unauthenticated."""

    async def verify(self, token: str) -> Principal:
        """The principal that a valid token stands for."""


class LocalIssuer:
    """Issues and verifies tokens with a key of its own, made at first start. For one machine, demos and tests."""

    def __init__(self, key_file: Path, audience: str):
        self._audience = audience
        self._key = _key_in(key_file)

    def issue(
        self,
        subject: str,
        roles: list[Role],
        municipalities: list[str],
        *,
        unit: str | None = None,
        minutes: int = 15,
    ) -> str:
        """A token for a subject; the issuer is plainly `local`."""
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": LOCAL,
            "aud": self._audience,
            "sub": subject,
            "iat": now,
            "nbf": now,
            "exp": now + minutes * 60,
            "roles": [role.value for role in roles],
            "municipality": municipalities,
        } | ({"unit": unit} if unit else {})
        return jwt.encode(claims, self._key, algorithm="EdDSA")

    async def verify(self, token: str) -> Principal:
        """The principal of a token of ours."""
        claims = _decoded(token, self._key.public_key(), LOCAL, self._audience, ["EdDSA"])
        return _principal(claims, CLAIMS)


class OidcIssuer:
    """Verifies tokens of an OIDC issuer by its published keys."""

    def __init__(self, issuer: str, audience: str, claims: Claims):
        self._issuer, self._audience, self._claims = issuer, audience, claims
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched = self._asked = -math.inf
        self._fetching = asyncio.Lock()

    async def verify(self, token: str) -> Principal:
        """The principal of a token that this issuer signed."""
        try:
            key_id = jwt.get_unverified_header(token).get("kid", "")
        except jwt.InvalidTokenError as invalid:
            raise _refused(str(invalid)) from invalid
        key = await self._key(key_id)
        return _principal(_decoded(token, key.key, self._issuer, self._audience, [key.algorithm_name]), self._claims)

    async def _key(self, key_id: str) -> jwt.PyJWK:
        async with self._fetching:
            now = time.monotonic()
            wanting = now - self._fetched > KEYS_FRESH_S or key_id not in self._keys
            # neither an issuer that is down nor tokens with invented keys make us ask it again and again
            if wanting and now - self._asked > (ASK_AGAIN_S if self._keys else ASK_AGAIN_WITHOUT_KEYS_S):
                await self._fetch()
                self._asked = time.monotonic()
        if not self._keys:
            raise Unavailable(
                "issuer-unavailable",
                "The login service does not answer, so nobody can be let in",
                "Try again in a moment.",
            )
        key = self._keys.get(key_id)
        if key is None or key.algorithm_name not in ALGORITHMS:
            raise _refused("it is signed with a key that the issuer does not publish")
        return key

    async def _fetch(self) -> None:
        """Get the issuer's keys; when that fails, the ones we have are still the best we know."""
        try:
            async with httpx.AsyncClient(timeout=5) as client:
                discovery = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
                found = (await client.get(discovery)).raise_for_status().json()
                if found["issuer"] != self._issuer:
                    raise ValueError(f"{discovery} speaks for {found['issuer']}, LOEFT_ISSUER names {self._issuer}")
                keys = (await client.get(found["jwks_uri"])).raise_for_status().json()
            self._keys = {key.key_id or "": key for key in jwt.PyJWKSet.from_dict(keys).keys}
        except (httpx.HTTPError, httpx.InvalidURL, jwt.PyJWTError, LookupError, TypeError, ValueError) as failure:
            log.warning("issuer-unavailable", issuer=self._issuer, error=f"{type(failure).__name__}: {failure}")
            return
        self._fetched = time.monotonic()


def verifier_of(settings: Settings) -> LocalIssuer | OidcIssuer:
    """The verifier that the settings name; raises ValueError when production names the local issuer."""
    if settings.issuer != LOCAL:
        claims = Claims(settings.roles_claim, settings.municipality_claim, settings.unit_claim)
        return OidcIssuer(settings.issuer, settings.audience, claims)
    if settings.profile == "production":
        raise ValueError("production takes no local tokens: set LOEFT_ISSUER to the address of your OIDC issuer")
    return LocalIssuer(settings.local_issuer_key or settings.data_directory / "local-issuer.pem", settings.audience)


def _key_in(file: Path) -> Ed25519PrivateKey:
    if file.exists():
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
        assert isinstance(key, Ed25519PrivateKey), f"{file} holds no Ed25519 key"
        return key
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(pem)
    return key


def _decoded(token: str, key: Any, issuer: str, audience: str, algorithms: list[str]) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=algorithms,
            issuer=issuer,
            audience=audience,
            leeway=LEEWAY_S,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )
    except jwt.InvalidTokenError as invalid:
        raise _refused(str(invalid)) from invalid
    return claims


def _principal(claims: dict[str, Any], named: Claims) -> Principal:
    municipalities = tuple(code for code in _texts(claims.get(named.municipality)) if MUNICIPALITY.fullmatch(code))
    if not municipalities:
        raise _refused("it names no municipality")
    known = {role.value for role in Role}
    roles = frozenset(Role(role) for role in _texts(claims.get(named.roles)) if role in known)
    units = [unit.strip() for unit in _texts(claims.get(named.unit)) if len(unit.strip()) <= LONGEST_UNIT]
    return Principal(str(claims["sub"]), roles, municipalities, unit=next(filter(None, units), None))


def _texts(claim: object) -> list[str]:
    """A claim that is one text or a list of them."""
    if isinstance(claim, str):
        return [claim]
    return [text for text in claim if isinstance(text, str)] if isinstance(claim, list) else []


def _refused(why: str) -> Unauthenticated:
    return Unauthenticated(
        "token-invalid",
        "The access token does not hold",
        f"{why[:1].upper()}{why[1:]}. Sign in again to get a new one.",
    )
