"""Publishes the second documents (``outcomes_document.py``), beside the first and never before them.

One document at a time, each at most once a second. After a document that was expensive to compute the whole publication
rests for nine times what it cost (forty times while the projector is behind), ten seconds at most, so they take a tenth
of the time: nobody waits a second for a figure that took months to ripen, but somebody may wait for the first
documents. They are no part of a ``watermark``: each says itself how far it counts.
"""

import asyncio
import contextlib
import time
from collections.abc import Iterable
from uuid import UUID

import structlog

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.references import References
from services.outcomes.projection.at_hand import AtHand
from services.outcomes.projection.document import Key, kv_key
from services.outcomes.projection.outcomes_document import changed_documents, outcomes_document
from services.outcomes.projection.pace import CHEAP_S, MOST_BYTES, MOST_CHANGES, REST_WHEN_BEHIND
from shared.clock import danish_day, now
from shared.messaging.bus import Bus
from shared.messaging.publisher import publishing
from shared.persistence.database import Database

log = structlog.get_logger(__name__)

EVERY_S = 1.0
REST = 9
LONGEST_REST_S = 10.0
RETRY_S = 1.0


class OutcomesPublication:
    """Which second documents are dirty, and the loop that publishes them."""

    def __init__(self, database: Database, bus: Bus, bucket: str, references: References):
        self._database, self._bus, self._bucket, self._references = database, bus, bucket, references
        self.at_hand = AtHand(most_bytes=MOST_BYTES, most_changes=MOST_CHANGES)
        self._dirty: dict[Key, None] = {}
        """In the order in which they became dirty."""
        self._at_work = 0
        self._not_before: dict[Key, float] = {}
        self._wake = asyncio.Event()
        self.position = (UUID(int=0), 0)
        self.published = 0
        self.behind = False

    @property
    def waiting(self) -> int:
        """Documents that are not put yet as the figures are now."""
        return len(self._dirty) + self._at_work

    def changed(self, cells: Iterable[Cell], position: tuple[UUID, int]) -> None:
        """Note what a committed batch changed, and up to where."""
        self.position = position
        self.add(changed_documents(cells, self._references))

    def add(self, keys: Iterable[Key]) -> None:
        """Note documents as dirty."""
        self._dirty.update(dict.fromkeys(keys))
        self._wake.set()

    async def run(self) -> None:
        """Publish what is dirty until cancelled; what fails stays dirty."""
        while True:
            key = await self._next()
            try:
                self._at_work = 1
                cost = await self._publish(key)
            except Exception as failure:  # the figures are safe in the tables: try again
                log.warning("outcomes-publication-failed", error=f"{type(failure).__name__}: {failure}")
                self._dirty.setdefault(key)
                await asyncio.sleep(RETRY_S)
                continue
            finally:
                self._at_work = 0
            self._not_before[key] = time.monotonic() + EVERY_S
            if self.behind or cost > CHEAP_S:
                await asyncio.sleep(min(cost * (REST_WHEN_BEHIND if self.behind else REST), LONGEST_REST_S))

    async def _next(self) -> Key:
        """Wait for a document that is dirty and may be published again; take the one that has waited longest."""
        while True:
            self._wake.clear()
            clock = time.monotonic()
            for key in self._dirty:
                if self._not_before.get(key, 0) <= clock:
                    del self._dirty[key]
                    return key
            soonest = min((self._not_before[key] for key in self._dirty), default=None)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None if soonest is None else max(0.005, soonest - clock)):
                    await self._wake.wait()

    async def _publish(self, key: Key) -> float:
        """Count a document and put it; what counting it cost, in seconds."""
        position = self.position
        async with self._database.connection() as connection:
            counted = await outcomes_document(
                connection, self.at_hand, self._references, key, danish_day(now()), position
            )
        async with publishing(self._bus) as put:
            await put(f"$KV.{self._bucket}.{kv_key(key)}", counted.body)
        self.published += 1
        return counted.cost_s
