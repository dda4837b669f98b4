"""Ends the tests whose time is up: a test after its 24 hours, an offer that was not taken up.

What is due stands in the database, so it happens however often the service was stopped meanwhile, and once only however
many copies of it run. It happens although nobody looks.
"""

import asyncio
import time
from uuid import uuid4

import structlog

from services.assessment import session_log
from services.assessment.rules import sitting
from shared.clock import now
from shared.messaging.bus import Bus
from shared.persistence import Database, Origin
from shared.persistence.database import CONNECTION_LOST
from shared.problems import Unavailable
from shared.settings import Settings
from shared.telemetry.metrics import Metrics

log = structlog.get_logger(__name__)

LOOK_S = 1.0
AT_ONCE = 100
LATE_S = 60.0


class Expiry:
    """Looks once a second what is due: one look-up in an index."""

    def __init__(self, database: Database, _bus: Bus, _settings: Settings) -> None:
        self._database = database
        self._looked = time.monotonic()
        self.expired = 0

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            try:
                while await self.expire_due() == AT_ONCE:
                    pass
                self._looked = time.monotonic()
            except (*CONNECTION_LOST, Unavailable) as failure:
                log.warning("expiry-waits", error=type(failure).__name__)
            await asyncio.sleep(LOOK_S)

    async def expire_due(self) -> int:
        """End what is due now; how many sessions that were."""
        due = await session_log.overdue(self._database, now(), AT_ONCE)
        for test_id in due:
            async with self._database.transaction(Origin(f"expiry-{uuid4()}")) as tx:
                session = await session_log.locked_overdue(tx, test_id)
                if session is not None:
                    await session_log.keep(tx, session, sitting.expire(session, tx.now))
                    self.expired += 1
                    log.info("test-over-time", status=session.status, began=session.begun is not None)
        return len(due)

    def checks(self) -> dict[str, str]:
        """Whether it still looks."""
        ago = time.monotonic() - self._looked
        return {"expiry": f"has not looked for tests over their time for {ago:.0f} s" if ago > LATE_S else ""}

    def measure(self, metrics: Metrics) -> None:
        """How many sessions this process has ended."""
        metrics.gauge("loeft_tests_expired", "Test sessions whose time this process ended.", lambda: self.expired)
