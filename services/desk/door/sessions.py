"""Who is signed in: sessions in a KV bucket, so that they outlive the process and every process of the desk knows them.

What was read is believed for ``FRESH_S``, and for as long as the broker is away: a page that is open goes on meanwhile,
and its stream ends within a minute after she signed out anywhere.
"""

import time
from dataclasses import dataclass

from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError
from nats.js.kv import KeyValue

from services.desk.door.session import Secret, Session
from shared.messaging.bus import Bus, BusError
from shared.messaging.provision import provision_stream
from shared.messaging.topology import sessions as bucket_of_sessions
from shared.problems import Unavailable

FRESH_S = 20.0
MOST = 5_000
"""Sessions that are kept in memory at most; the one read longest ago goes."""
AWAY = (NatsError, BusError, OSError, TimeoutError)


@dataclass(slots=True)
class Read:
    """A session as it was when it was read, or that there was none."""

    session: Session | None
    revision: int
    at: float


class Sessions:
    """The sessions of everybody, each found by the secret in her cookie."""

    def __init__(self, bus: Bus, bucket: str) -> None:
        self._bus, self._bucket = bus, bucket
        self._read: dict[str, Read] = {}

    async def begin(self, session: Session) -> Secret:
        """Keep a new session; the secret that finds it. Raises Unavailable while the broker is away."""
        secret = Secret.new()
        try:
            await provision_stream(self._bus, bucket_of_sessions(self._bucket))
            revision = await (await self._store()).put(secret.key, secret.seal(session))
        except AWAY as failure:
            raise _away() from failure
        self._note(secret, session, revision)
        return secret

    async def find(self, secret: Secret) -> Session | None:
        """The session of a secret, if it has not ended. Raises Unavailable when nobody can say."""
        read = self._read.get(secret.key)
        if read is None or time.monotonic() - read.at > FRESH_S:
            try:
                read = await self._look(secret)
            except AWAY as failure:
                if read is None:
                    raise _away() from failure
        if read.session is None or read.session.ends <= time.time():
            return None
        return read.session

    async def keep(self, secret: Secret, session: Session) -> None:
        """Put a session in the place of an older one; if another process did so first, that one holds."""
        read = self._read.get(secret.key)
        try:
            revision = await (await self._store()).update(
                secret.key, secret.seal(session), read.revision if read else 0
            )
        except AWAY:
            self._read.pop(secret.key, None)
            return
        self._note(secret, session, revision)

    async def end(self, secret: Secret) -> None:
        """Forget a session. Raises Unavailable while the broker is away: she would stay signed in elsewhere."""
        try:
            await (await self._store()).purge(secret.key)
        except AWAY as failure:
            raise _away() from failure
        self._note(secret, None, 0)

    async def _look(self, secret: Secret) -> Read:
        try:
            kept = await (await self._store()).get(secret.key)
        except NotFoundError:  # no such key, or the broker has lost the bucket
            return self._note(secret, None, 0)
        return self._note(secret, secret.unseal(kept.value or b""), kept.revision or 0)

    def _note(self, secret: Secret, session: Session | None, revision: int) -> Read:
        self._read.pop(secret.key, None)
        self._read[secret.key] = read = Read(session, revision, time.monotonic())
        if len(self._read) > MOST:
            del self._read[next(iter(self._read))]
        return read

    async def _store(self) -> KeyValue:
        return await self._bus.jetstream(timeout=2).key_value(self._bucket)


def _away() -> Unavailable:
    return Unavailable(
        "sessions-unavailable", "Nobody can be let in at the moment", "The event bus does not answer. Try again soon."
    )
