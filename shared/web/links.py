"""Signed links: a credential that opens one thing and nothing else, for whoever has no login: a citizen, a calendar.

``link.<kind>.<id>.<the rest>``: the kind and id of what it opens stand in clear (ids are random), the rest is the
municipality, a serial, the moment it runs out, and an HMAC-SHA256 over all of it. No name, no CPR number, no role: who
has only a link passes a route only if that route says that it takes links of this kind (``allow``), and only where the
route's ``{<kind>_id}`` is the id that the link opens.

A link is made with the first key and read with all of them, so a key can be changed without closing the links that are
out.
"""

import base64
import hmac
import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from shared.clock import now
from shared.problems import Forbidden, Unauthenticated, Unavailable
from shared.settings import Settings

PREFIX = "link."
FORM = re.compile(r"link\.([a-z]{1,20})\.([0-9a-f]{32})\.([A-Za-z0-9_-]{54})")
CLAIMS = struct.Struct(">HHI")
"""Municipality code, serial, and the second at which it runs out (until the year 2106)."""
KEY = re.compile("[0-9A-Fa-f]{64}")
PURPOSE = b"loeft link v1"


@dataclass(frozen=True, slots=True)
class Link:
    """What a link opens, for whom it acts and until when. ``serial`` lets the owner of the thing take links back."""

    kind: str
    id: UUID
    municipality: str
    serial: int
    expires: datetime

    def must_open(self, kind: str | None, named: object) -> None:
        """Raise Forbidden unless a route takes links of this kind and names, in its address, what this one opens."""
        if self.kind == kind and isinstance(named, str) and _same(named, self.id):
            return
        raise Forbidden(
            "link-elsewhere",
            "Your link does not open this",
            f"It opens one {self.kind} and nothing else: the one whose id stands in the link.",
        )


class Links:
    """Makes links with the first of its secret keys, and reads them with each."""

    def __init__(self, *keys: bytes):
        self._keys = [hmac.digest(key, PURPOSE, "sha256") for key in keys]

    def make(self, link: Link) -> str:
        """The link as text. Raises Unavailable without a key."""
        if not self._keys:
            raise Unavailable(
                "link-key-missing",
                "No links can be made: the service has no key for them",
                "Operations: set LOEFT_LINK_KEY to 64 hexadecimal digits (openssl rand -hex 32).",
            )
        claims = CLAIMS.pack(int(link.municipality), link.serial, int(link.expires.timestamp()))
        head = f"{PREFIX}{link.kind}.{link.id.hex}"
        return f"{head}.{_text(claims + _seal(self._keys[0], head, claims))}"

    def read(self, text: str) -> Link:
        """What a link opens. Raises Unauthenticated for one that was not made here, was changed, or has run out."""
        form = FORM.fullmatch(text)
        raw = base64.urlsafe_b64decode(f"{form[3]}==") if form else b""
        head, claims, seal = text.rpartition(".")[0], raw[: CLAIMS.size], raw[CLAIMS.size :]
        # decoding forgives bits that no byte needs: only the text that we would write is a link
        whole = form is not None and _text(raw) == form[3]
        if form is None or not whole or not any(hmac.compare_digest(_seal(k, head, claims), seal) for k in self._keys):
            raise Unauthenticated(
                "link-invalid",
                "This link does not hold",
                "It is not whole, or was changed on the way. Open it exactly as you got it, or ask for a new one.",
            )
        municipality, serial, seconds = CLAIMS.unpack(claims)
        link = Link(form[1], UUID(hex=form[2]), f"{municipality:04}", serial, datetime.fromtimestamp(seconds, UTC))
        if link.expires <= now():
            raise Unauthenticated(
                "link-expired", "This link has run out", "A link holds for a short time only. Ask for a new one."
            )
        return link


def links_of(settings: Settings) -> Links:
    """Links with the keys of the settings; ValueError for a key that is none."""
    keys = (settings.link_key or "").split()
    if not all(KEY.fullmatch(key) for key in keys):
        raise ValueError(
            "LOEFT_LINK_KEY is 64 hexadecimal digits (openssl rand -hex 32), or several of these with spaces"
        )
    return Links(*map(bytes.fromhex, keys))


def _seal(key: bytes, head: str, claims: bytes) -> bytes:
    return hmac.digest(key, head.encode() + claims, "sha256")


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _same(text: str, opened: UUID) -> bool:
    try:
        return UUID(text) == opened
    except ValueError:
        return False
