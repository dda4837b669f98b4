"""Gaps: an entity's events are numbered 1, 2, 3 …, so one that is missing is known to be missing.

Entities touched by a batch are checked a moment later (an event that overtook another closes its gap by itself). A
gap that is still there is an alarm, and the owner's log is asked for what is missing; what it does not have either
stays in the ``gap`` table, in readiness and in ``loeft doctor`` until someone explains it.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from nats.errors import Error as NatsError

from services.outcomes.projection import store
from shared.messaging.bus import Bus
from shared.messaging.log_answers import ask_owner
from shared.persistence.database import Database

log = structlog.get_logger(__name__)

SETTLE_S = 0.5
ASK_AGAIN_S = 60.0
AT_ONCE = 5000

Fold = Callable[[list[bytes]], Awaitable[None]]


class GapWatch:
    """Checks touched entities for gaps, and has what is missing folded in."""

    def __init__(self, database: Database, bus: Bus, fold: Fold):
        self._database, self._bus, self._fold = database, bus, fold
        self._touched: set[str] = set()
        self._wake = asyncio.Event()
        self.open = 0

    def touched(self, entities: set[str]) -> None:
        """Entities that got events in a committed batch."""
        self._touched |= entities
        self._wake.set()

    async def run(self) -> None:
        """Check until cancelled."""
        while True:
            try:
                await asyncio.wait_for(self._wake.wait(), ASK_AGAIN_S)
            except TimeoutError:
                self._touched |= set(await store.gap_entities(self._database.pool))
            await asyncio.sleep(SETTLE_S)
            self._wake.clear()
            batch = [self._touched.pop() for _ in range(min(AT_ONCE, len(self._touched)))]
            if self._touched:
                self._wake.set()
            try:
                await self._check(batch)
            except Exception as failure:  # the entities are checked again with the next look
                self._touched.update(batch)
                log.warning("gap-check-failed", error=f"{type(failure).__name__}: {failure}")
                await asyncio.sleep(SETTLE_S)

    async def _check(self, entities: list[str]) -> None:
        async with self._database.pool.acquire() as connection:
            gaps = await store.gaps_of(connection, entities)
            if self.open:
                for entity in entities:  # a gap that an event closed is one no more
                    await connection.execute("DELETE FROM gap WHERE entity = $1", entity)
            for entity, service, missing in gaps:
                log.error("gap-found", entity=entity, owner=service, missing=missing[:20])
                await store.note_gaps(connection, entity, service, missing)
        found: list[bytes] = []
        for entity, service, missing in gaps:
            try:
                found += await ask_owner(self._bus, service, entity, missing)
            except NatsError as failure:
                log.warning("gap-owner-silent", owner=service, error=repr(failure))
        if found:
            await self._fold(found)
            log.info("gap-healed", events=len(found))
            await self._recheck([entity for entity, _, _ in gaps])
        async with self._database.pool.acquire() as connection:
            self.open = await store.gap_count(connection)

    async def _recheck(self, entities: list[str]) -> None:
        async with self._database.pool.acquire() as connection:
            still = {(e, s): m for e, s, m in await store.gaps_of(connection, entities)}
            for entity in entities:
                await connection.execute("DELETE FROM gap WHERE entity = $1", entity)
            for (entity, service), missing in still.items():
                await store.note_gaps(connection, entity, service, missing)
