"""What runs beside the HTTP app of a service for as long as it is open: a projector, whoever ends tests in time."""

import asyncio
from collections.abc import Callable
from typing import Protocol

import structlog

from shared.messaging.bus import Bus
from shared.persistence.database import Database
from shared.settings import Settings
from shared.telemetry.metrics import Metrics

log = structlog.get_logger(__name__)

AGAIN_S = 5.0


class Worker(Protocol):
    """One of them."""

    async def run(self) -> None:
        """Work until cancelled."""

    def checks(self) -> dict[str, str]:
        """Name of each readiness check, and what is wrong ('' when nothing is)."""

    def measure(self, metrics: Metrics) -> None:
        """Offer figures to Prometheus."""


MakeWorker = Callable[[Database, Bus, Settings], Worker]


async def keep_working(worker: Worker) -> None:
    """Let it work until cancelled. What it did not foresee is logged; it begins again, and the others go on."""
    while True:
        try:
            await worker.run()
        except Exception:
            log.exception("worker-failed", worker=type(worker).__name__)
        await asyncio.sleep(AGAIN_S)
