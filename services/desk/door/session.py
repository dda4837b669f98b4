"""A session: what the desk remembers of somebody who has signed in, sealed so that only her browser can open it.

The cookie holds a secret and nothing else. The store keeps the session under one digest of it, encrypted with another:
whoever reads the store, or a backup of it, has no token of anybody.
"""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class Tokens(msgspec.Struct, frozen=True):
    """What an issuer gave at sign-in. ``expires`` is when the access token does, in seconds since 1970."""

    access: str
    expires: float
    refresh: str | None = None
    identity: str | None = None
    """The id token: the issuer wants to see it again when she signs out."""


class Session(msgspec.Struct, frozen=True):
    """Somebody's stay. ``ends`` is the moment after which she must sign in again, in seconds since 1970."""

    tokens: Tokens
    ends: float


@dataclass(frozen=True, slots=True)
class Secret:
    """What the cookie holds, and what follows from it."""

    text: str

    @classmethod
    def new(cls) -> "Secret":
        """A secret that nobody can guess."""
        return cls(secrets.token_urlsafe(32))

    @property
    def key(self) -> str:
        """The name under which the session is kept."""
        return self._digest(b"name").hex()

    @property
    def form_token(self) -> str:
        """What a form of this session must carry: another site can send a form, but cannot know this."""
        return self._digest(b"form").hex()[:32]

    def seal(self, session: Session) -> bytes:
        """The session as it is kept."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._digest(b"seal")).encrypt(nonce, msgspec.msgpack.encode(session), None)

    def unseal(self, kept: bytes) -> Session | None:
        """The session that was kept; None when it was not sealed with this secret."""
        try:
            opened = AESGCM(self._digest(b"seal")).decrypt(kept[:NONCE_BYTES], kept[NONCE_BYTES:], None)
        except (InvalidTag, ValueError):
            return None
        return msgspec.msgpack.decode(opened, type=Session)

    def _digest(self, use: bytes) -> bytes:
        return hmac.digest(self.text.encode(), b"loeft session " + use, sha256)
