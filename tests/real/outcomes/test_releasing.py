"""Releases are made by themselves when a quarter is over, and not of half a projection."""

import asyncio
from datetime import timedelta

import pytest

from services.outcomes import releasing
from services.outcomes.effect.quarters import last_finished
from services.outcomes.releasing import Releasing
from shared.clock import danish_day, now
from shared.tasks import end
from tests.real.outcomes.sprints import INDICATOR, Sprints
from tests.real.projecting import Stage
from tests.real.story import rows
from tests.waiting import eventually

MADE = "SELECT count(*) FROM release WHERE indicator = $1 AND day = $2"


async def test_a_release_waits_until_the_projector_has_everything(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0

    class Counted(Releasing):
        async def _caught_up(self) -> bool:
            nonlocal looks
            looks += 1
            return await super()._caught_up()

    async def made() -> int:
        return int(await stage.database.pool.fetchval(MADE, INDICATOR, quarter))

    quarter = last_finished(danish_day(now()))
    sprints = Sprints(1)
    sprints.live(quarter - timedelta(days=400), quarter - timedelta(days=250), 60)
    early, late = sprints.told[: len(sprints.told) // 2], sprints.told[len(sprints.told) // 2 :]
    async with stage.projecting():
        await stage.publish(rows(early))
        await stage.settled()
    await stage.publish(rows(late))
    monkeypatch.setattr(releasing, "LOOK_S", 0.01)
    working = asyncio.create_task(Counted(stage.database, stage.bus, stage.settings).run())
    try:
        await eventually(lambda: looks >= 5)
        assert await made() == 0, "half of them is no figure"
        async with stage.projecting():
            await eventually(made)
    finally:
        await end(working)
