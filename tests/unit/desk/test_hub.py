"""The hub on a source that the test plays: what it keeps, what it tells, and when it calls itself stale."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from services.desk import hub as hub_module
from services.desk.documents import Effort
from services.desk.hub import Hub
from services.desk.signals import QUEUE_LENGTH, Changed, Cut, Gone, Signal, Standing, Subscriber
from services.desk.source import ALIVE, CAUGHT_UP, Alive, CaughtUp, Entry, SourceLost
from tests.unit.desk import examples
from tests.waiting import eventually

pytestmark = pytest.mark.anyio

Update = Entry | CaughtUp | Alive | SourceLost


class Script:
    """A source that says what the test puts; a SourceLost ends the watch and the next one goes on from there."""

    def __init__(self) -> None:
        self.updates: asyncio.Queue[Update] = asyncio.Queue()
        self.watches = 0

    def say(self, *updates: Update) -> None:
        """Let the watch tell these."""
        for update in updates:
            self.updates.put_nowait(update)

    async def watch(self) -> AsyncIterator[Entry | CaughtUp | Alive]:
        """See ProjectionsSource."""
        self.watches += 1
        while True:
            update = await self.updates.get()
            if isinstance(update, SourceLost):
                raise update
            yield update


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "PAUSE_S", 0.001)


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
async def hub(script: Script) -> AsyncIterator[Hub]:
    """A hub that follows the script."""
    hub = Hub(script)
    await hub.start()
    yield hub
    await hub.stop()


def naestved(revision: int, job: int = 3) -> Entry:
    """The Næstved document at a revision."""
    return Entry(examples.NAESTVED, revision, json.dumps(examples.naestved(job=job)).encode())


def azure(revision: int) -> Entry:
    """The Azure document at a revision."""
    return Entry(examples.AZURE, revision, json.dumps(examples.azure()).encode())


def told(signals: list[Signal]) -> list[Any]:
    """What a subscriber heard, apart from how fresh it is."""
    said: list[Any] = []
    for signal in signals:
        if isinstance(signal, Changed):
            said.append((signal.projection.key, signal.projection.revision))
        elif isinstance(signal, Gone):
            said.append(signal.key)
    return said


async def hear(subscriber: Subscriber, into: list[Signal]) -> None:
    """Collect signals until the subscriber ends."""
    async for signal in subscriber:
        into += [signal]


async def connected(hub: Hub) -> None:
    """Wait until the hub follows its source."""
    await eventually(lambda: hub.standing.connected)


async def test_nothing_is_fresh_before_every_key_was_told(hub: Hub, script: Script) -> None:
    script.say(naestved(1))
    await eventually(script.updates.empty)
    assert hub.standing == Standing()
    assert hub.projections() == []
    script.say(CAUGHT_UP)
    await connected(hub)
    assert [p.revision for p in hub.projections()] == [1]
    assert hub.standing.heard is not None


async def test_a_change_is_told_once_and_an_unchanged_document_is_not(hub: Hub, script: Script) -> None:
    script.say(naestved(1), CAUGHT_UP)
    await connected(hub)
    heard: list[Signal] = []
    with hub.subscribed() as subscriber:
        listening = asyncio.create_task(hear(subscriber, heard))
        script.say(naestved(2), naestved(3, job=4), ALIVE)
        await eventually(lambda: told(heard) == [(examples.NAESTVED, 3)])
        subscriber.end()
        await listening
    (kept,) = hub.projections()
    assert isinstance(kept.document, Effort)
    assert next(r.so_far for r in kept.document.rows if r.indicator == "mikrosprint_job") == 4


async def test_a_page_resumes_after_the_revision_it_saw(hub: Hub, script: Script) -> None:
    script.say(naestved(4), azure(7), CAUGHT_UP)
    await connected(hub)
    after_naestved = hub.position(hub.projections()[0])
    assert [p.revision for p in hub.projections(Cut.read(str(after_naestved)))] == [7]
    assert hub.projections(hub.cut) == []
    assert [p.revision for p in hub.projections(Cut.read("other-7"))] == [4, 7]
    for nonsense in (None, "", "7", "x-", "-7", "x-seven"):
        assert Cut.read(nonsense) is None


async def test_a_lost_source_makes_everyone_stale_until_a_new_watch_caught_up(hub: Hub, script: Script) -> None:
    script.say(naestved(1), CAUGHT_UP)
    await connected(hub)
    heard: list[Signal] = []
    with hub.subscribed() as subscriber:
        listening = asyncio.create_task(hear(subscriber, heard))
        script.say(SourceLost("broker away"))
        await eventually(lambda: [s.connected for s in heard if isinstance(s, Standing)] == [False])
        assert len(hub.projections()) == 1  # the last known figures stay on the page
        script.say(naestved(1), azure(2))
        script.say(CAUGHT_UP)
        await eventually(lambda: [s.connected for s in heard if isinstance(s, Standing)] == [False, True])
        assert told(heard) == [(examples.AZURE, 2)]
        subscriber.end()
        await listening
    assert script.watches == 2


async def test_keys_that_vanished_while_away_are_gone(hub: Hub, script: Script) -> None:
    script.say(naestved(1), azure(2), CAUGHT_UP)
    await connected(hub)
    heard: list[Signal] = []
    with hub.subscribed() as subscriber:
        listening = asyncio.create_task(hear(subscriber, heard))
        script.say(SourceLost("bucket made again"), naestved(1), CAUGHT_UP)
        await eventually(lambda: told(heard) == [examples.AZURE])
        script.say(Entry(examples.NAESTVED, 3, None), ALIVE)
        await eventually(lambda: told(heard) == [examples.AZURE, examples.NAESTVED])
        subscriber.end()
        await listening
    assert hub.projections() == []


async def test_a_bucket_that_went_back_in_time_cannot_be_resumed_from(hub: Hub, script: Script) -> None:
    script.say(naestved(9), azure(10), CAUGHT_UP)
    await connected(hub)
    before = hub.cut
    script.say(SourceLost("restored from a copy"), naestved(3), azure(4), CAUGHT_UP)
    await eventually(lambda: hub.cut != before)
    await connected(hub)
    assert [p.revision for p in hub.projections(before)] == [3, 4]


async def test_a_slow_page_is_dropped_and_the_others_go_on(hub: Hub, script: Script) -> None:
    script.say(naestved(1), CAUGHT_UP)
    await connected(hub)
    heard: list[Signal] = []
    with hub.subscribed() as slow, hub.subscribed() as quick:
        listening = asyncio.create_task(hear(quick, heard))
        for revision in range(2, QUEUE_LENGTH + 10):
            script.say(naestved(revision, job=revision))
            await eventually(lambda wanted=revision: told(heard)[-1:] == [(examples.NAESTVED, wanted)])
        assert [signal async for signal in slow] == []
        quick.end()
        await listening
    assert len(told(heard)) == QUEUE_LENGTH + 8


async def test_every_stream_ends_when_the_process_does(hub: Hub, script: Script) -> None:
    with hub.subscribed() as one, hub.subscribed() as other:
        await hub.stop()
        assert [signal async for signal in one] == []
        assert [signal async for signal in other] == []


async def test_the_beat_tells_how_fresh_the_figures_are(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "BEAT_S", 0.001)
    hub = Hub(script)
    script.say(Entry("watermark", 1, b'{"sequence": 5, "time": "2026-11-21T08:00:00Z"}'), CAUGHT_UP)
    await hub.start()
    heard: list[Signal] = []
    with hub.subscribed() as subscriber:
        listening = asyncio.create_task(hear(subscriber, heard))
        await eventually(lambda: any(isinstance(s, Standing) and s.watermark and s.connected for s in heard))
        await hub.stop()
        await listening
