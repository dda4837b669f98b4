"""Where the projections come from: the KV bucket, read so that a silent watch is noticed.

A KV watch of nats-py goes blind for up to twenty seconds after the broker restarts, and for good when the bucket is
deleted and made again; neither raises. So a watch here ends, loudly, when the broker went away, came back or stopped
answering, or when the bucket is another one than before. Its reader starts a new one, which begins with every key.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final, Protocol

from nats.errors import TimeoutError as Quiet
from nats.js.kv import KeyValue

from shared.messaging.bus import Bus

PATIENCE_S = 1.0
PROBE_EVERY = 5  # quiet seconds between two questions to the broker whether the bucket is still the same
ANSWER_WITHIN_S = 2.0


class SourceLost(Exception):
    """The watch is over: what it said so far may be out of date, and nothing more will come of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One key's newest value. ``value`` is None when the key was deleted; ``revision`` rises with every write."""

    key: str
    revision: int
    value: bytes | None


class CaughtUp:
    """Every key that existed when the watch began has been told."""


class Alive:
    """Nothing changed, and the broker is there."""


CAUGHT_UP: Final = CaughtUp()
ALIVE: Final = Alive()


class ProjectionsSource(Protocol):
    """Anything that can tell the projections and their changes."""

    def watch(self) -> AsyncIterator[Entry | CaughtUp | Alive]:
        """Every key in the order of revisions, CAUGHT_UP, then changes, and ALIVE at least every two seconds.

        Raises SourceLost when the watch can no longer be trusted.
        """
        ...


class NatsProjections:
    """The KV bucket ``bucket`` on an open bus."""

    def __init__(self, bus: Bus, bucket: str = "projections") -> None:
        self._bus, self._bucket = bus, bucket
        self._watcher: KeyValue.KeyWatcher | None = None
        bus.on_reconnected(self._stop_blind_watch)

    async def _stop_blind_watch(self) -> None:
        if self._watcher is not None:
            await self._watcher.stop()  # type: ignore[no-untyped-call]

    async def watch(self) -> AsyncIterator[Entry | CaughtUp | Alive]:
        """See ProjectionsSource."""
        if not self._bus.connected:
            raise SourceLost("the broker is away")
        bucket = await self._bus.jetstream(timeout=ANSWER_WITHIN_S).key_value(self._bucket)
        made = await _made(bucket)
        self._watcher = watcher = await bucket.watchall()
        try:
            quiet = 0
            while True:
                try:
                    update = await watcher.updates(timeout=PATIENCE_S)  # type: ignore[no-untyped-call]
                except Quiet:
                    quiet += 1
                    await self._prove(bucket, made, thoroughly=quiet % PROBE_EVERY == 0)
                    yield ALIVE
                    continue
                if update is KeyValue.KeyWatcher.STOP_ITER:
                    raise SourceLost("the broker came back and the watch is blind")
                yield CAUGHT_UP if update is None else _entry(update)
        finally:
            self._watcher = None
            if self._bus.connected:
                await watcher.stop()  # type: ignore[no-untyped-call]

    async def _prove(self, bucket: KeyValue, made: str, *, thoroughly: bool) -> None:
        if not self._bus.connected:
            raise SourceLost("the broker is away")
        if thoroughly and await _made(bucket) != made:
            raise SourceLost("the bucket was made again")


async def _made(bucket: KeyValue) -> str:
    """When the bucket was made, which tells it from another of the same name."""
    return str((await bucket.status()).stream_info.created)


def _entry(update: KeyValue.Entry) -> Entry:
    gone = update.operation is not None
    return Entry(update.key, update.revision or 0, None if gone else update.value)
