"""Pseudonyms: ids that are the same in every extract of one project, and different in any two projects.

HMAC-SHA256 under a key of the project. The key is never stored: it is made of a secret that only who makes extracts has
(``LOEFT_RESEARCH_KEY``) and of the project's salt in the database. Without either, nobody can make it again; when a
project's salt is deleted, its extracts can be linked to nobody any more, not even by us.
"""

import hmac
from dataclasses import dataclass
from hashlib import sha256

LENGTH = 32
"""Hexadecimal digits of a pseudonym: 128 bits."""
LEAST_SECRET = 32
"""Bytes of the secret: fewer could be tried."""


def project_key(secret: bytes, salt: bytes, project: str) -> bytes:
    """The key of a project. Raises ``ValueError`` for a secret that is too short."""
    if len(secret) < LEAST_SECRET:
        raise ValueError(f"the secret of research extracts has {len(secret)} bytes; it takes {LEAST_SECRET}")
    return hmac.digest(secret, b"loeft research project\0" + salt + b"\0" + project.encode(), sha256)


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """The pseudonyms of one project."""

    key: bytes

    def of(self, kind: str, identity: str) -> str:
        """The pseudonym of a citizen or a course (``kind``), whose id is ``identity``."""
        return hmac.digest(self.key, f"{kind}\0{identity}".encode(), sha256).hex()[:LENGTH]
