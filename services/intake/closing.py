"""Forgets who waited, when the day is over: openings and check-ins are kept for their day and no longer."""

import asyncio
import time

import structlog

from shared.clock import danish_day, now
from shared.messaging.bus import Bus
from shared.persistence import Database
from shared.persistence.database import CONNECTION_LOST
from shared.problems import Unavailable
from shared.settings import Settings
from shared.telemetry.metrics import Metrics

log = structlog.get_logger(__name__)

LOOK_S = 60.0
LATE_S = 600.0


class Closing:
    """Looks once a minute whether a day is over."""

    def __init__(self, database: Database, _bus: Bus, _settings: Settings) -> None:
        self._database = database
        self._looked = time.monotonic()
        self.forgotten = 0

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            try:
                await self.close_past()
                self._looked = time.monotonic()
            except (*CONNECTION_LOST, Unavailable) as failure:
                log.warning("closing-waits", error=type(failure).__name__)
            await asyncio.sleep(LOOK_S)

    async def close_past(self) -> int:
        """Delete the check-ins of days that are over; how many that were."""
        today = danish_day(now())
        gone: int = await self._database.pool.fetchval(
            """
            WITH over AS (DELETE FROM opening WHERE day < $1 RETURNING opening_id),
                gone AS (DELETE FROM check_in WHERE opening_id IN (SELECT opening_id FROM over) RETURNING 1)
            SELECT count(*) FROM gone
            """,
            today,
        )
        self.forgotten += gone
        return gone

    def checks(self) -> dict[str, str]:
        """Whether it still looks."""
        ago = time.monotonic() - self._looked
        return {"closing": f"has not looked for past check-ins for {ago:.0f} s" if ago > LATE_S else ""}

    def measure(self, metrics: Metrics) -> None:
        """How many check-ins this process has forgotten."""
        metrics.gauge("loeft_check_ins_forgotten", "Check-ins of past days that were deleted.", lambda: self.forgotten)
