"""Finished tests are computed anew without the items that were found faulty: in batches, each of which is whole.

Gaps to job profiles that rested on a result that comes out otherwise are found anew with it.

What is left to do stands in the database, so it goes on after a crash, happens once however many copies of the service
run, and happens although nobody looks.
"""

import asyncio
from datetime import datetime
from uuid import UUID, uuid4

import structlog

from services.assessment import gap_finding, session_log
from services.assessment.frozen_banks import frozen_test
from services.assessment.rules import sitting
from services.assessment.rules.session import session_of
from shared.contracts.assessment import ResultRescored
from shared.messaging.bus import Bus
from shared.persistence import Database, Origin, Transaction
from shared.persistence.database import CONNECTION_LOST
from shared.problems import Unavailable
from shared.settings import Settings
from shared.telemetry.metrics import Metrics

log = structlog.get_logger(__name__)

LOOK_S = 1.0
BATCH = 50
"""Tests in one transaction: about half a second's work, for which their citizens' results stand still."""

# Sessions are locked first, as when a citizen is erased, and citizens in one order: so nobody waits in a circle.
NEXT = """
SELECT r.item, r.test_id, n.reason FROM rescoring AS r
JOIN neutralised_item AS n USING (item) JOIN test_session AS s USING (test_id)
WHERE r.done_at IS NULL ORDER BY s.citizen_id, r.test_id, n.at LIMIT $1 FOR UPDATE OF s, r SKIP LOCKED
"""


async def rescore_next(database: Database, most: int = BATCH) -> int:
    """Compute the next tests anew, and publish the results that come out otherwise; how many tests that were."""
    async with database.transaction(Origin(f"rescoring-{uuid4()}")) as tx:
        rows = await tx.fetch(NEXT, most)
        for row in rows:
            told = await _rescored(tx, row["test_id"], row["item"], row["reason"])
            await _done(tx, row["item"], row["test_id"], told, tx.now)
    return len(rows)


async def rescore_all(database: Database) -> None:
    """Until nothing is left that nobody else is at work on."""
    while await rescore_next(database):
        pass


async def _rescored(tx: Transaction, test_id: UUID, item: str, reason: str) -> ResultRescored | None:
    session = session_of(test_id, await session_log.entries(tx, test_id))
    test = await frozen_test(tx, session.must_have_begun())
    step = sitting.neutralise(session, test, item, reason, tx.now)
    await session_log.keep(tx, session, step)
    if step.event is None:
        return None
    assert isinstance(step.event, ResultRescored)
    await gap_finding.find_anew(tx, step.event.citizen_id, step.event.municipality)
    return step.event


async def _done(tx: Transaction, item: str, test_id: UUID, told: ResultRescored | None, at: datetime) -> None:
    moved = 0
    if told is not None:
        before = {area.area: area.level for area in told.before}
        moved = sum(area.level != before[area.area] for area in told.areas)
    await tx.execute(
        "UPDATE rescoring SET done_at = $3, rescored = $4, moved = $5 WHERE item = $1 AND test_id = $2",
        item,
        test_id,
        at,
        told is not None,
        moved,
    )


class Rescoring:
    """Looks once a second whether there is work."""

    def __init__(self, database: Database, _bus: Bus, _settings: Settings) -> None:
        self._database = database
        self.done = 0

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            try:
                while done := await rescore_next(self._database):
                    self.done += done
                    log.info("tests-computed-anew", tests=done)
            except (*CONNECTION_LOST, Unavailable) as failure:
                log.warning("rescoring-waits", error=type(failure).__name__)
            await asyncio.sleep(LOOK_S)

    def checks(self) -> dict[str, str]:
        """Nothing that would keep requests away: the service is ready while it works."""
        return {}

    def measure(self, metrics: Metrics) -> None:
        """How many tests this process has computed anew."""
        metrics.gauge("loeft_tests_rescored", "Tests that this process has computed anew.", lambda: self.done)
