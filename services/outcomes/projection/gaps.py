"""Gaps: an entity's events are numbered 1, 2, 3 …, so one that is missing is known to be missing.

An entity whose next event is not the next number is checked a moment later (an event that overtook another closes its
gap by itself), and all of them once at the start, because what a killed projector had touched was never looked at. A
gap that is still there is an alarm, and the owner's log is asked for what is missing, again and again while it is. What
the owner does not have either stays in the ``gap`` table, among the metrics and in ``loeft doctor`` until someone
explains it. What the owner has and nobody can count is not missing: it is parked. A citizen who was erased has none.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterable

import structlog
from nats.errors import Error as NatsError

from services.outcomes.effect.fact import Fact, fact_from_json
from services.outcomes.projection import gap_table
from shared.messaging.bus import Bus
from shared.messaging.log_answers import ask_owner
from shared.persistence.database import Database

log = structlog.get_logger(__name__)

SETTLE_S = 0.5
ASK_AGAIN_S = 10.0
AT_ONCE = 5000
KNOWN_AT_ONCE = 200_000

Fold = Callable[[list[bytes]], Awaitable[None]]
Place = tuple[str, str, int]
"""(entity, owning service, sequence)."""


class GapWatch:
    """Checks touched entities for gaps, and has what is missing folded in."""

    def __init__(self, database: Database, bus: Bus, fold: Fold):
        self._database, self._bus, self._fold = database, bus, fold
        self._touched: set[str] = set()
        self._standing: dict[tuple[str, str], int] = {}
        """How far the events of an entity and service are known to be whole."""
        self._wake = asyncio.Event()
        self._told: set[Place] = set()
        self.open = 0

    def touched(self, facts: Iterable[Fact]) -> None:
        """Facts of a committed batch. An entity that goes on where it stood need not be looked at."""
        standing = self._standing
        for fact in facts:
            place = fact.subject, fact.service
            before = standing.get(place, 0)
            if fact.sequence == before + 1:
                standing[place] = fact.sequence
            elif fact.sequence > before:
                self._touched.add(fact.subject)
        if len(standing) > KNOWN_AT_ONCE:
            standing.clear()
        if self._touched:
            self._wake.set()

    async def run(self) -> None:
        """Check until cancelled."""
        self._standing.clear()
        everything, ask_again_at = True, time.monotonic() + ASK_AGAIN_S
        while True:
            try:
                if everything:
                    await self._check(None)
                    everything = False
                elif time.monotonic() >= ask_again_at:
                    ask_again_at = time.monotonic() + ASK_AGAIN_S
                    self._touched |= set(await gap_table.gap_entities(self._database.pool))
                    self.open = await gap_table.gap_count(self._database.pool)  # an erased citizen's are gone
                if self._touched:
                    await self._check_some()
            except Exception as failure:  # the database or the broker is away: nothing is forgotten
                log.warning("gap-check-failed", error=f"{type(failure).__name__}: {failure}")
                await asyncio.sleep(SETTLE_S)
            if not self._touched:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(
                        max(0.0, ask_again_at - time.monotonic())
                    ):  # wait_for may swallow a cancellation that comes with the event
                        await self._wake.wait()
            await asyncio.sleep(SETTLE_S)
            self._wake.clear()

    async def _check_some(self) -> None:
        batch = [self._touched.pop() for _ in range(min(AT_ONCE, len(self._touched)))]
        try:
            await self._check(batch)
        except BaseException:
            self._touched.update(batch)
            raise

    async def _check(self, entities: list[str] | None) -> None:
        """Look at these entities, or at all; heal what can be healed, and note what cannot."""
        pool = self._database.pool
        # of one moment: what comes between the two questions must not count as looked at
        async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read"):
            gaps = await gap_table.gaps_of(connection, entities)
            if entities is not None:
                self._standing |= await gap_table.standing_of(connection, set(entities) - {gap.entity for gap in gaps})
        for gap in gaps:
            self._alarm(gap)
        had = await self._ask_owners(gaps)
        async with pool.acquire() as connection:
            still = await gap_table.gaps_of(connection, [gap.entity for gap in gaps])
            lost = [place for gap in still for place in gap.places() if place not in had]
            await gap_table.replace_gaps(connection, entities, lost)
            self.open = await gap_table.gap_count(connection)
        if {place for gap in gaps for place in gap.places()} - {place for gap in still for place in gap.places()}:
            self._touched |= {entity for entity, _, _ in lost}  # something came: there may be more to ask for

    async def _ask_owners(self, gaps: list[gap_table.Gap]) -> set[Place]:
        """Fold in what the owners have of it; the places that they had."""
        had: set[Place] = set()
        for gap in gaps:
            try:
                bodies = await ask_owner(self._bus, gap.service, gap.entity, gap.missing)
            except (NatsError, OSError) as failure:
                log.warning("gap-owner-silent", owner=gap.service, error=repr(failure))
                continue
            if bodies:
                await self._fold(bodies)
                facts = [fact_from_json(body) for body in bodies]
                had |= {(fact.subject, fact.service, fact.sequence) for fact in facts}
                log.info("gap-healed", entity=gap.entity, owner=gap.service, events=len(bodies))
        return had

    def _alarm(self, gap: gap_table.Gap) -> None:
        """Say it loudly, once for each event."""
        places = set(gap.places())
        if places - self._told:
            self._told |= places
            log.error("gap-found", entity=gap.entity, owner=gap.service, missing=gap.missing[:20])
