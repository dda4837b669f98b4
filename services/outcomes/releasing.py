"""Makes the releases of a quarter when it is over, so that whoever asks finds them.

A release is made once however many copies of the service run, and not before the projector has caught up. What cannot
be made now is tried again at the next look; who asks in between makes the one she asks for.
"""

import asyncio
from datetime import date, datetime
from uuid import uuid4

import asyncpg
import structlog
from nats.errors import Error as NatsError

from services.outcomes import releases
from services.outcomes.effect.groups import PUBLISHED
from services.outcomes.effect.quarters import last_finished
from shared.clock import danish_day, now
from shared.messaging.bus import Bus, BusError
from shared.persistence import Database, Origin
from shared.persistence.database import CONNECTION_LOST
from shared.problems import Unavailable
from shared.settings import Settings
from shared.telemetry.metrics import Metrics

log = structlog.get_logger(__name__)

LOOK_S = 600.0
MUNICIPALITIES = "SELECT DISTINCT municipality FROM cell WHERE municipality IS NOT NULL ORDER BY municipality"


class Releasing:
    """Looks every ten minutes whether releases are missing."""

    def __init__(self, database: Database, bus: Bus, settings: Settings) -> None:
        self._database, self._bus, self._settings = database, bus, settings

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            await asyncio.sleep(LOOK_S)
            try:
                if await self._caught_up():
                    k, today = self._settings.smallest_group, danish_day(now())
                    await make_all(self._database, last_finished(today), k=k, now=now())
            except (*CONNECTION_LOST, asyncpg.PostgresError, BusError, NatsError, Unavailable) as failure:
                log.warning("releases-wait", error=type(failure).__name__)

    async def _caught_up(self) -> bool:
        """Whether the projection, in whatever process, has all that the stream has."""
        state = (await self._bus.ask(f"STREAM.INFO.{self._settings.stream}"))["state"]
        reached = await self._database.pool.fetchval("SELECT sequence FROM projector")
        return reached is not None and int(reached) >= int(state["last_seq"])

    def checks(self) -> dict[str, str]:
        """Nothing that would keep requests away: who asks for a release has it made."""
        return {}

    def measure(self, metrics: Metrics) -> None:
        """Nothing."""


async def make_all(
    database: Database, day: date, *, k: int, now: datetime, municipality: str | None = None
) -> list[tuple[str, str]]:
    """Make every release as of a day, of one municipality or all: the municipality and indicator of each that is there.

    Each is a transaction of its own. Raises Refused where there is a later one.
    """
    async with database.pool.acquire() as connection:
        found = [row["municipality"] for row in await connection.fetch(MUNICIPALITIES)]
    there = []
    for place in found if municipality is None else [municipality]:
        for indicator in PUBLISHED:
            async with database.transaction(Origin(f"release-{uuid4()}")) as tx:
                if await releases.make(tx.connection, place, indicator, day, k=k, now=now):
                    there.append((place, indicator))
    return there
