"""Pages that ask for figures hear when these were counted anew."""

import asyncio

import pytest

from services.desk.changes import Changes
from services.desk.hub import Hub
from services.desk.recounted import tell_of_recounts
from services.desk.source import CAUGHT_UP, Entry
from shared.messaging.bus import Bus
from shared.tasks import end
from tests.unit.desk import examples
from tests.unit.desk.test_hub import Script
from tests.waiting import eventually

pytestmark = pytest.mark.anyio


async def test_a_page_looks_again_when_its_figures_were_counted_anew() -> None:
    script, changes = Script(), Changes(Bus("nats://nowhere"), "EVENTS")
    hub = Hub(script)
    await hub.start()
    following = asyncio.create_task(tell_of_recounts(hub, changes))
    await eventually(lambda: len(hub._subscribers) == 1)
    course = examples.NAESTVED.rpartition(".")[2]
    with (
        changes.open(["0370"], [course], 0) as effort,
        changes.open(["0370"], ["figures"], 0) as goals,
        changes.open(["0101"], [course, "figures"], 0) as elsewhere,
    ):
        script.say(CAUGHT_UP, Entry(examples.NAESTVED, 1, examples.bytes_of(examples.naestved())))
        await asyncio.wait_for(effort.changed.wait(), 60)
        assert not goals.changed.is_set()
        town = examples.municipality("0370", [examples.row("agreements", 1)])
        script.say(Entry("municipality.0370", 2, examples.bytes_of(town)))
        await asyncio.wait_for(goals.changed.wait(), 60)
        assert not elsewhere.changed.is_set()
    await end(following)
    await hub.stop()
