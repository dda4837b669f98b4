"""The CPR vault: the one place in Løft that holds a CPR number, and never in clear.

A row is found by a keyed hash of municipality and number (there are so few possible numbers that a hash without a key
is as good as the number itself), and holds the number sealed with AES-256-GCM. The citizen's id is authenticated with
it, so a sealed number moved to another citizen's row does not open.

**Why these writes are here and not in state.py:** tables are otherwise written only when an event is applied, so that
the event log alone gives them back. No event carries a CPR number, so no event can give this table back: it is written
by the command, in the transaction that also stores ``citizen-registered``, and is backed up like the log itself.
"""

import hmac
import os
import re
from functools import cache
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.intake.rules.cpr import CprNumber
from shared.persistence import Transaction
from shared.problems import Unavailable
from shared.settings import Settings

NONCE_BYTES = 12
KEY_BYTES = 32
HEXADECIMAL = re.compile(f"[0-9A-Fa-f]{{{2 * KEY_BYTES}}}")


class Vault:
    """Seals, finds and opens CPR numbers with keys derived from one secret of 32 bytes."""

    def __init__(self, secret: bytes):
        if len(secret) != KEY_BYTES:
            raise ValueError(f"the vault's secret has {len(secret)} bytes instead of {KEY_BYTES}")
        self._lookup_key = _derived(secret, b"loeft cpr lookup")
        self._seal = AESGCM(_derived(secret, b"loeft cpr seal"))

    async def find(self, tx: Transaction, municipality: str, number: CprNumber) -> UUID | None:
        """The id under which this municipality knows the person, or None."""
        found: UUID | None = await tx.fetchval(
            "SELECT citizen_id FROM cpr_vault WHERE lookup = $1", self.lookup(municipality, number)
        )
        return found

    async def keep(self, tx: Transaction, municipality: str, number: CprNumber, citizen_id: UUID) -> UUID:
        """Keep the number under this id; the id that stands, which is another when the person is known already.

        Of two registrations at once the second waits here until the first has committed, and gets its id.
        """
        kept = await tx.fetchval(
            "INSERT INTO cpr_vault (lookup, citizen_id, sealed) VALUES ($1, $2, $3)"
            " ON CONFLICT (lookup) DO NOTHING RETURNING citizen_id",
            self.lookup(municipality, number),
            citizen_id,
            self.seal(number, citizen_id),
        )
        standing = kept or await self.find(tx, municipality, number)
        assert standing is not None, "a lookup that conflicts exists"
        return standing

    def lookup(self, municipality: str, number: CprNumber) -> bytes:
        """The keyed hash that finds the person in this municipality, and in no other."""
        return hmac.digest(self._lookup_key, f"{municipality}/{number.digits}".encode(), "sha256")

    def seal(self, number: CprNumber, citizen_id: UUID) -> bytes:
        """Nonce and sealed number; different each time."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._seal.encrypt(nonce, number.digits.encode(), citizen_id.bytes)

    def open(self, sealed: bytes, citizen_id: UUID) -> str:
        """The ten digits. Raises cryptography's InvalidTag for another citizen's row, another key or a changed byte."""
        return self._seal.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], citizen_id.bytes).decode()


def _derived(secret: bytes, purpose: bytes) -> bytes:
    """A key of its own for each purpose, so that neither use can weaken the other."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(secret)


@cache
def configured() -> Vault:
    """The vault with the secret from the settings, read once a process. Raises Unavailable without a usable one."""
    secret = Settings().cpr_key
    if secret is None or not HEXADECIMAL.fullmatch(secret):
        raise Unavailable(
            "cpr-key-missing",
            "The CPR vault has no key, so no citizen can be registered or looked up",
            "Operations: set LOEFT_CPR_KEY to 64 hexadecimal digits (openssl rand -hex 32) and keep a copy of it.",
        )
    return Vault(bytes.fromhex(secret))


async def vault() -> Vault:
    """The vault, for a route; async, so that no thread is taken for it."""
    return configured()
