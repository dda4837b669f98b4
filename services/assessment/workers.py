"""What runs beside the HTTP app of assessment, each for itself."""

import asyncio

from services.assessment.expiry import Expiry
from services.assessment.rescoring import Rescoring
from shared.messaging.bus import Bus
from shared.persistence import Database
from shared.settings import Settings
from shared.telemetry.metrics import Metrics


class Workers:
    """Ends tests whose time is up, and computes results anew."""

    def __init__(self, database: Database, bus: Bus, settings: Settings) -> None:
        self._workers = (Expiry(database, bus, settings), Rescoring(database, bus, settings))

    async def run(self) -> None:
        """Work until cancelled."""
        async with asyncio.TaskGroup() as group:
            for worker in self._workers:
                group.create_task(worker.run())

    def checks(self) -> dict[str, str]:
        """The readiness checks of all."""
        return {name: wrong for worker in self._workers for name, wrong in worker.checks().items()}

    def measure(self, metrics: Metrics) -> None:
        """The figures of all."""
        for worker in self._workers:
            worker.measure(metrics)
