"""The feed on a real broker: everything from a sequence on, in order, at once, and a loud end when that cannot hold."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from nats.aio.msg import Msg

from deploy.embedded import NatsServer
from shared.ids import new_id
from shared.messaging import feed as feed_module
from shared.messaging.bus import Bus
from shared.messaging.feed import Feed, FeedLost, Position, position_of
from shared.messaging.provision import provision
from shared.messaging.publisher import Publisher
from shared.messaging.topology import events
from shared.persistence.event_log import Row
from tests.real.delivery import connected
from tests.waiting import eventually

pytestmark = pytest.mark.anyio


def numbered(first: int, last: int, service: str = "intake") -> list[Row]:
    """Rows whose bodies are their numbers."""
    subject = f"evt.0101.{service}.citizen-registered.x"
    return [Row(number, new_id(), subject, str(number)) for number in range(first, last + 1)]


async def put(bus: Bus, rows: list[Row]) -> None:
    await Publisher(bus, "EVENTS").publish(rows)


@asynccontextmanager
async def reading(bus: Bus, start: int = 1, subjects: tuple[str, ...] = ()) -> AsyncIterator[Feed]:
    feed = Feed(bus, "EVENTS", start=start, subjects=subjects)
    await feed.open()
    try:
        yield feed
    finally:
        await feed.close()


def numbers(messages: list[Msg]) -> list[int]:
    return [int(message.data) for message in messages]


async def read(feed: Feed, count: int) -> list[int]:
    found: list[int] = []
    while len(found) < count:
        messages = await feed.batch(wait_s=10)
        assert messages, f"{len(found)} of {count} came"
        found += numbers(messages)
    return found


async def test_reads_a_backlog_in_order_and_then_what_comes(bus: Bus) -> None:
    await put(bus, numbered(1, 20_000))
    async with reading(bus) as feed:
        assert await read(feed, 20_000) == list(range(1, 20_001))
        for number in range(20_001, 20_011):
            await put(bus, numbered(number, number))
            (message,) = await feed.batch(wait_s=10)
            assert numbers([message]) == [number]
            assert position_of(message).sequence == number
            assert position_of(message).pending == 0


async def test_starts_where_it_is_told_and_says_how_many_wait(bus: Bus) -> None:
    await put(bus, numbered(1, 100))
    feed = Feed(bus, "EVENTS", start=91)
    assert await feed.open() == 10
    assert await read(feed, 10) == list(range(91, 101))
    await feed.close()


async def test_reads_only_the_subjects_asked_for(bus: Bus) -> None:
    await put(bus, numbered(1, 10, "courses"))
    await put(bus, numbered(11, 20, "intake"))
    async with reading(bus, subjects=("evt.*.intake.>",)) as feed:
        assert await read(feed, 10) == list(range(11, 21))


async def test_does_not_wait_for_a_batch_to_fill(bus: Bus) -> None:
    async with reading(bus) as feed:
        waiting = asyncio.create_task(feed.batch())
        await put(bus, numbered(1, 1))
        assert numbers(await asyncio.wait_for(waiting, 60)) == [1]
        started = time.monotonic()
        assert await feed.batch(wait_s=0.05) == []
        assert 0.04 < time.monotonic() - started < feed_module.SILENCE_S


async def test_gives_no_more_at_once_than_the_limit_and_leaves_nothing_out(bus: Bus) -> None:
    await put(bus, numbered(1, 40_000))  # more than two pull requests bring
    feed = Feed(bus, "EVENTS", limit=1000)
    await feed.open()
    found: list[int] = []
    while len(found) < 40_000:
        messages = await feed.batch(wait_s=10)
        assert 0 < len(messages) <= 1000
        found += numbers(messages)
    assert found == list(range(1, 40_001))
    assert await feed.batch(wait_s=0.05) == []
    await feed.close()


def test_a_batch_has_at_least_one_message() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Feed(Bus("nats://127.0.0.1:1"), "EVENTS", limit=0)


async def test_asks_again_when_its_requests_run_out(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_module, "EXPIRES_S", 1)
    monkeypatch.setattr(feed_module, "HEARTBEAT_S", 0.2)
    monkeypatch.setattr(feed_module, "SILENCE_S", 2.0)
    async with reading(bus) as feed:
        assert await feed.batch(wait_s=2.5) == []  # heartbeats say that the consumer lives; two requests ran out
        await put(bus, numbered(1, 50))
        assert await read(feed, 50) == list(range(1, 51))


async def test_a_missing_delivery_is_an_end_and_not_a_gap(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(bus) as feed:
        await put(bus, numbered(1, 1))
        assert await read(feed, 1) == [1]
        through, dropped = feed._receive, []

        async def lossy(message: Msg) -> None:
            if message.data == b"3":
                dropped.append(message)
            else:
                await through(message)

        assert feed._subscription is not None
        monkeypatch.setattr(feed._subscription, "_cb", lossy)
        await put(bus, numbered(2, 5))
        await eventually(lambda: dropped)
        with pytest.raises(FeedLost, match="are not whole"):
            await read(feed, 4)


async def test_a_deleted_consumer_is_noticed(bus: Bus) -> None:
    async with reading(bus) as feed:
        (name,) = (await bus.ask("CONSUMER.NAMES.EVENTS"))["consumers"]
        await bus.ask(f"CONSUMER.DELETE.EVENTS.{name}")
        with pytest.raises(FeedLost):
            await feed.batch(wait_s=10)


async def test_a_deleted_stream_is_noticed(bus: Bus) -> None:
    async with reading(bus) as feed:
        await bus.ask("STREAM.DELETE.EVENTS")
        with pytest.raises(FeedLost):
            await feed.batch(wait_s=10)
    await provision(bus, [events()], [])


async def test_silence_is_noticed(own_nats: NatsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broker is killed and comes back: the library reconnects, but the consumer is gone and nothing says so."""
    monkeypatch.setattr(feed_module, "SILENCE_S", 1.0)
    async with connected(own_nats.url) as bus, reading(bus) as feed:
        waiting = asyncio.create_task(feed.batch())
        await asyncio.to_thread(own_nats.kill)
        await asyncio.to_thread(own_nats.start)
        with pytest.raises(FeedLost, match="no message and no heartbeat"):
            await asyncio.wait_for(waiting, 60)


async def test_can_be_told_to_end(bus: Bus) -> None:
    async with reading(bus) as feed:
        waiting = asyncio.create_task(feed.batch())
        feed.abandon("somebody knows better")
        with pytest.raises(FeedLost, match="somebody knows better"):
            await waiting


async def test_a_reader_of_bodies_gets_the_same_without_headers(bus: Bus) -> None:
    """Guards a private hook of nats-py: status lines must still come through, or requests that ran out stay unasked."""
    await put(bus, numbered(1, 100))
    bodies = Bus(bus.url, bodies_only=True)
    await bodies.open()
    async with reading(bodies) as feed:
        messages = await feed.batch(wait_s=10)
        found = numbers(messages)
        assert all(message.headers is None for message in messages)
        found += await read(feed, 100 - len(found))
        assert found == list(range(1, 101))
        (name,) = (await bus.ask("CONSUMER.NAMES.EVENTS"))["consumers"]
        await bus.ask(f"CONSUMER.DELETE.EVENTS.{name}")
        with pytest.raises(FeedLost, match="409"):
            await feed.batch(wait_s=10)
    await bodies.close()


@pytest.mark.parametrize(
    "reply",
    [
        "$JS.ACK.EVENTS.feed.1.17.4.1700000000000000001.6",
        "$JS.ACK.hub.ACCOUNT.EVENTS.feed.1.17.4.1700000000000000001.6.random",
    ],
)
def test_reads_positions_in_both_forms_that_servers_use(reply: str) -> None:
    message = Msg(_client=None, reply=reply)  # type: ignore[arg-type]
    assert position_of(message) == Position(sequence=17, delivered=4, stored=1700000000000000001, pending=6)
