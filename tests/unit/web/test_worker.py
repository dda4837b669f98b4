"""A worker that fails begins again."""

import asyncio

import pytest

from shared.tasks import end
from shared.telemetry.metrics import Metrics
from shared.web import worker

pytestmark = pytest.mark.anyio


class Clumsy:
    """Fails at its first run; the second goes on."""

    def __init__(self) -> None:
        self.runs = 0
        self.again = asyncio.Event()

    async def run(self) -> None:
        """Once in vain."""
        self.runs += 1
        if self.runs == 1:
            raise ValueError("nobody foresaw this")
        self.again.set()
        await asyncio.Event().wait()

    def checks(self) -> dict[str, str]:
        """None."""
        return {}

    def measure(self, metrics: Metrics) -> None:
        """None."""


async def test_it_begins_again_after_what_it_did_not_foresee(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "AGAIN_S", 0.0)
    clumsy = Clumsy()
    working = asyncio.create_task(worker.keep_working(clumsy))
    await asyncio.wait_for(clumsy.again.wait(), 60)
    await end(working)
    assert clumsy.runs == 2
    assert working.cancelled()
