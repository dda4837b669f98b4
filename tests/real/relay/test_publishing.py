"""The relay publishes what was committed: once, in order, plainly or in batches."""

import pytest

from shared.ids import new_id
from shared.messaging import relay as relaying_module
from shared.messaging.bus import Bus
from shared.messaging.publisher import Publisher
from shared.messaging.topology import LARGEST_EVENT
from shared.persistence import Database
from shared.persistence.event_log import LogReader
from shared.problems import Invalid
from tests.real.delivery import relayed, relaying, stored
from tests.real.log_writers import TRACE, append, held_open, registered
from tests.real.relay.log_and_bus import logged, on_the_bus
from tests.waiting import eventually

pytestmark = pytest.mark.anyio

FOR_EVER_S = 3600.0


async def test_publishes_what_was_committed_with_trace_and_two_headers(database: Database, bus: Bus) -> None:
    citizen = new_id()
    async with relaying(database, bus):
        await append(database, registered(citizen), registered(citizen))
        await relayed(database)
    first, second = await stored(bus)
    assert first.subject == f"evt.0101.intake.citizen-registered.{citizen}"
    assert first.headers == {"Content-Type": "application/cloudevents+json", "Nats-Msg-Id": str(first.event.id)}
    assert (first.event.sequence, second.event.sequence) == (1, 2)
    assert first.event.traceparent == TRACE
    assert first.event.correlationid == "the-request"
    assert first.body.decode() == await database.pool.fetchval("SELECT body FROM event_log WHERE id = 1")


async def test_is_woken_by_the_commit_and_not_by_the_poll(
    database: Database, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relaying_module, "POLL_S", FOR_EVER_S)
    async with relaying(database, bus) as relay:
        await eventually(lambda: relay.leading and relay.behind_s == 0)
        for _ in range(3):
            await append(database, registered())
            await relayed(database)


async def test_the_poll_finds_what_another_process_committed(
    database: Database, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relaying_module, "POLL_S", 0.05)
    other = Database(database.address)
    await other.open()
    async with relaying(database, bus) as relay:
        await eventually(lambda: relay.leading and relay.behind_s == 0)
        await append(other, registered())
        await relayed(database)
    await other.close()


async def test_few_go_plainly_and_many_in_atomic_batches(database: Database, bus: Bus) -> None:
    async with relaying(database, bus):
        await append(database, *[registered() for _ in range(19)])
        await relayed(database)
        await append(database, *[registered() for _ in range(1001)])
        await relayed(database)
    found = await stored(bus)
    assert [m.headers.get("Nats-Batch-Sequence") for m in found[:19]] == [None] * 19
    assert [m.headers["Nats-Batch-Sequence"] for m in found[19:1019]] == [str(n) for n in range(1, 1001)]
    assert len({m.headers["Nats-Batch-Id"] for m in found[19:1019]}) == 1
    assert "Nats-Batch-Id" not in found[1019].headers, "the one that is left over goes plainly"
    assert [str(m.event.id) for m in found] == await logged(database)


async def test_a_batch_with_a_known_id_is_told_apart_one_by_one(database: Database, bus: Bus) -> None:
    await append(database, *[registered() for _ in range(40)])
    async with database.pool.acquire() as connection:
        rows = await LogReader().read(connection)
    await Publisher(bus, "EVENTS").publish(rows[7:9])
    async with relaying(database, bus) as relay:
        await relayed(database)
        assert relay.published == 38
    assert sorted(await on_the_bus(bus)) == sorted(await logged(database))


async def test_a_crash_between_publishing_and_noting_it_publishes_nothing_twice(database: Database, bus: Bus) -> None:
    await append(database, *[registered() for _ in range(50)])
    async with relaying(database, bus):
        await relayed(database)
    await database.pool.execute("UPDATE relay SET cursor = 20, mark_event = NULL, mark_sequence = NULL")
    await append(database, registered())
    async with relaying(database, bus):
        await relayed(database)
    assert await on_the_bus(bus) == await logged(database)


async def test_an_open_transaction_holds_later_events_back_and_readiness_shows_it(database: Database, bus: Bus) -> None:
    async with relaying(database, bus) as relay, held_open(database.address) as slow:
        await eventually(lambda: relay.leading and relay.behind_s == 0)
        await slow.append(registered())
        await append(database, registered())
        await eventually(lambda: relay.behind_s > 0)
        assert await on_the_bus(bus) == []
        await slow.commit()
        await relayed(database)
        await eventually(lambda: relay.behind_s == 0)
    assert await on_the_bus(bus) == await logged(database)


async def test_publishing_leaves_nothing_behind_in_the_client(database: Database, bus: Bus) -> None:
    async with relaying(database, bus):
        await append(database, registered())
        await relayed(database)
        before = len(bus.client._subs)
        for _ in range(10):
            await append(database, registered())
            await relayed(database)
        assert len(bus.client._subs) == before
        assert bus.publishing.publish_async_pending() == 0


async def test_an_event_that_the_bus_could_not_carry_is_refused_at_the_append(database: Database, bus: Bus) -> None:
    """In the log it would stand in the relay's way for ever."""
    event = registered()
    too_long = event.model_copy(update={"target_group": "x" * LARGEST_EVENT})
    with pytest.raises(Invalid, match="event-too-large"):
        await append(database, too_long)
    nearly = event.model_copy(update={"target_group": "x" * (LARGEST_EVENT - 1200)})
    async with relaying(database, bus):
        await append(database, nearly)
        await relayed(database)
    assert len(await stored(bus)) == 1
