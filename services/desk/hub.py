"""The newest projections in memory, and everyone who wants to hear when one changes.

One watch a process, whatever the number of open pages. A page has a bounded queue; one that does not keep up is
dropped and resumes by itself from the last revision that it got.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace

import structlog

from services.desk.documents import Projection, read_projection, read_watermark
from services.desk.signals import Changed, Cut, Gone, Signal, Standing, Subscriber
from services.desk.source import CAUGHT_UP, Entry, ProjectionsSource
from shared import clock
from shared.tasks import end

log = structlog.get_logger(__name__)

WATERMARK = "watermark"
BEAT_S = 5.0
PAUSE_S = 0.2
LONGEST_PAUSE_S = 2.0


class Hub:
    """Keeps the projections of one source and tells subscribers what changes."""

    def __init__(self, source: ProjectionsSource) -> None:
        self._source = source
        self._projections: dict[str, Projection] = {}
        self._standing = Standing()
        self._subscribers: set[Subscriber] = set()
        self._generation = secrets.token_hex(4)
        self._tasks: list[asyncio.Task[None]] = []

    # ---- reading

    @property
    def standing(self) -> Standing:
        """Whether the projections are live, and as of when."""
        return self._standing

    @property
    def cut(self) -> Cut:
        """Everything up to here is in ``projections``."""
        return Cut(self._generation, max((p.revision for p in self._projections.values()), default=0))

    def position(self, projection: Projection) -> Cut:
        """The cut just after this projection was written."""
        return Cut(self._generation, projection.revision)

    def projections(self, since: Cut | None = None) -> list[Projection]:
        """By revision: all, or those written after ``since`` (all again when it is of another generation)."""
        known = since.revision if since is not None and since.generation == self._generation else -1
        newer = (p for p in self._projections.values() if p.revision > known)
        return sorted(newer, key=lambda projection: projection.revision)

    def shown(self, card: str) -> Projection | None:
        """The projection whose card has this key."""
        return self._projections.get(card)

    def beside(self, projection: Projection) -> Projection | None:
        """The second document on the card of a first one."""
        kind, _, rest = projection.key.partition(".")
        return self._projections.get(f"{kind}-outcomes.{rest}")

    @contextmanager
    def subscribed(self) -> Iterator[Subscriber]:
        """A subscriber that hears every signal from now on."""
        subscriber = Subscriber()
        self._subscribers.add(subscriber)
        try:
            yield subscriber
        finally:
            self._subscribers.discard(subscriber)

    # ---- running

    async def start(self) -> None:
        """Begin to follow the source; returns at once."""
        self._tasks = [asyncio.create_task(self._follow()), asyncio.create_task(self._beat())]

    async def stop(self) -> None:
        """End every subscriber and stop following."""
        self.end_subscribers()
        await end(*self._tasks)
        self._tasks = []

    def end_subscribers(self) -> None:
        """Let every open stream finish; a page that still wants figures comes again."""
        for subscriber in list(self._subscribers):
            subscriber.end()

    async def _follow(self) -> None:
        pause, said = PAUSE_S, ""
        while True:
            try:
                async for _ in self._watched_once():
                    pause, said = PAUSE_S, ""
            except Exception as failure:  # whatever ends a watch, the answer is the same: say so and watch anew
                reason = f"{type(failure).__name__}: {failure}"
                if reason != said:
                    log.warning("projections-lost", reason=reason)
                said = reason
            self._stand(replace(self._standing, connected=False))
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)

    async def _watched_once(self) -> AsyncIterator[None]:
        """Follow one watch to its end; yields after each update that proves the watch is alive."""
        first: dict[str, Entry] | None = {}
        async for update in self._source.watch():
            if isinstance(update, Entry):
                if first is not None:
                    first[update.key] = update
                    continue
                self._take(update)
            elif update is CAUGHT_UP and first is not None:
                self._begin(first)
                first = None
            if first is None:
                self._stand(replace(self._standing, connected=True, heard=clock.now()))
                yield

    def _begin(self, entries: dict[str, Entry]) -> None:
        """Take what a new watch began with: tell the differences, forget keys that are no longer there."""
        present = {key for key, entry in entries.items() if entry.value is not None}
        if any(self._is_older(entry) for entry in entries.values()):
            self._generation = secrets.token_hex(4)  # the bucket went back in time: no page can resume from a revision
        for key in [key for key in self._projections if key not in present]:
            self._drop(key)
        for entry in entries.values():
            self._take(entry)

    def _is_older(self, entry: Entry) -> bool:
        known = self._projections.get(entry.key)
        return known is not None and entry.revision < known.revision

    def _take(self, entry: Entry) -> None:
        if entry.value is None:
            self._drop(entry.key)
        elif entry.key == WATERMARK:
            self._standing = replace(self._standing, watermark=read_watermark(entry.value))
        elif (projection := read_projection(entry.key, entry.revision, entry.value)) is not None:
            known = self._projections.get(entry.key)
            self._projections[entry.key] = projection
            if known is None or known.document != projection.document:
                self._tell(Changed(projection))

    def _drop(self, key: str) -> None:
        if self._projections.pop(key, None) is not None:
            self._tell(Gone(key))

    def _stand(self, standing: Standing) -> None:
        before, self._standing = self._standing, standing
        if before.connected != standing.connected:
            log.info("projections-standing", connected=standing.connected)
            self._tell(standing)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            self._tell(self._standing)

    def _tell(self, signal: Signal) -> None:
        for subscriber in list(self._subscribers):
            if not subscriber.offer(signal):
                self._subscribers.discard(subscriber)
