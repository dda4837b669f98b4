"""The relay on real PostgreSQL and NATS: everything that was committed is on the bus, once, in order."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.embedded import NatsServer
from shared.ids import new_id
from shared.messaging import relay as relaying_module
from shared.messaging.bus import Bus
from shared.messaging.provision import provision
from shared.messaging.publisher import Acknowledged, Publisher
from shared.messaging.relay import LOCK, Relay
from shared.messaging.topology import LARGEST_EVENT, events
from shared.persistence import Database
from shared.persistence.event_log import LogReader, Row
from shared.problems import Invalid
from tests.conftest import NewDatabase
from tests.real.delivery import connected, relayed, relaying, sequences, stored
from tests.real.log_writers import TRACE, append, entity_and_version, held_open, registered
from tests.real_machines import RealNats
from tests.waiting import eventually

pytestmark = pytest.mark.anyio

FOR_EVER_S = 3600.0


@pytest.fixture
async def database(new_database: NewDatabase) -> AsyncIterator[Database]:
    database = Database(await new_database("intake"))
    await database.open()
    yield database
    await database.close()


@pytest.fixture
async def bus(empty_bus: RealNats) -> AsyncIterator[Bus]:
    async with connected(empty_bus.url) as bus:
        yield bus


async def logged(database: Database) -> list[str]:
    """Ids of the events in the log, in its order."""
    async with database.pool.acquire() as connection:
        return [str(row.event_id) async for rows in LogReader().rest(connection) for row in rows]


async def on_the_bus(bus: Bus) -> list[str]:
    """Ids of the events in the stream, in its order."""
    return [str(message.event.id) for message in await stored(bus)]


class Gate:
    """Holds the next publications of a relay back until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.opened = asyncio.Event(), asyncio.Event()
        through = Publisher.publish

        async def publish(publisher: Publisher, rows: list[Row]) -> Acknowledged:
            self.reached.set()
            await self.opened.wait()
            return await through(publisher, rows)

        monkeypatch.setattr(Publisher, "publish", publish)


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


async def test_nothing_is_noted_that_was_not_acknowledged(database: Database, own_nats: NatsServer) -> None:
    async with connected(own_nats.url) as bus, relaying(database, bus) as relay:
        await append(database, registered())
        await relayed(database)
        own_nats.kill()
        await eventually(lambda: not bus.connected)
        for _ in range(40):
            await append(database, registered())
        await eventually(lambda: relay.behind_s > 0.2)
        assert await database.pool.fetchval("SELECT cursor FROM relay") == 1
        own_nats.start()
        await relayed(database)
        await eventually(lambda: relay.behind_s == 0)
        assert await on_the_bus(bus) == await logged(database)


async def test_a_killed_broker_gets_what_was_in_flight_once_and_in_order(
    database: Database, own_nats: NatsServer
) -> None:
    async with connected(own_nats.url) as bus, relaying(database, bus):
        enough = asyncio.Event()
        writing = asyncio.create_task(_write(database, enough))
        for _ in range(3):
            reached, generation = (await sequences(bus))[0], bus.generation
            await eventually(lambda reached=reached: _more_than(bus, reached + 20))  # type: ignore[misc]
            await asyncio.to_thread(own_nats.kill)
            await asyncio.to_thread(own_nats.start)
            await eventually(lambda before=generation: bus.connected and bus.generation > before)  # type: ignore[misc]
        enough.set()
        await writing
        await relayed(database)
        found = await stored(bus)
    assert sorted(str(m.event.id) for m in found) == sorted(await logged(database))
    versions: dict[str, list[int]] = {}
    for message in found:
        entity, version = entity_and_version(message.body.decode())
        versions.setdefault(entity, []).append(version)
    assert all(numbers == sorted(numbers) for numbers in versions.values())


async def _write(database: Database, enough: asyncio.Event) -> None:
    """Write on until it is enough: how fast a database is must not decide what a broker's death meets."""
    citizens = [new_id() for _ in range(7)]
    turn = 0
    while not enough.is_set():
        await append(database, registered(citizens[turn % 7]), registered(citizens[(turn + 1) % 7]))
        turn += 1


async def _more_than(bus: Bus, number: int) -> bool:
    return (await sequences(bus))[0] > number


async def test_one_relay_works_and_another_waits_until_it_is_gone(
    database: Database, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relaying_module, "POLL_S", 0.05)
    async with relaying(database, bus) as second_in_line:
        async with relaying(database, bus) as other:
            await eventually(lambda: second_in_line.leading or other.leading)
            await append(database, registered())
            await relayed(database)
            assert [second_in_line.leading, other.leading].count(True) == 1
            holder = await database.pool.fetchval(
                "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND granted", LOCK
            )
            assert holder
        await eventually(lambda: second_in_line.leading)
        await append(database, registered())
        await relayed(database)
    assert await on_the_bus(bus) == await logged(database)


async def test_a_stale_relay_is_fenced(database: Database, bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was paused with rows in its hand; another one took over, published them and more, and then it woke up."""
    async with relaying(database, bus) as stale:
        await eventually(lambda: stale.leading and stale.behind_s == 0)
        with monkeypatch.context() as patch:
            gate = Gate(patch)
            await append(database, registered())
            await gate.reached.wait()
        await append(database, registered())
        rows = await _rows(database)
        successor = Relay("intake", database, bus, "EVENTS")
        async with database.pool.acquire() as connection:
            successor._owner = await connection.fetchval("UPDATE relay SET owner = owner + 1 RETURNING owner")
            successor._trusted = bus.generation
            await successor._save(connection, rows[-1], await Publisher(bus, "EVENTS").publish(rows))
        owner = await database.pool.fetchval("SELECT owner FROM relay")
        gate.opened.set()
        await eventually(lambda: _owner_after(database, owner))
        assert await database.pool.fetchval("SELECT cursor FROM relay") == 2, "the stale one must not turn it back to 1"
        await append(database, registered())
        await relayed(database)
    assert await on_the_bus(bus) == await logged(database)


async def _rows(database: Database) -> list[Row]:
    async with database.pool.acquire() as connection:
        return await LogReader().read(connection)


async def _owner_after(database: Database, owner: int) -> bool:
    return int(await database.pool.fetchval("SELECT owner FROM relay")) > owner


async def test_survives_the_loss_of_its_connection_to_the_database(database: Database, bus: Bus) -> None:
    async with relaying(database, bus) as relay:
        await eventually(lambda: relay.leading and relay.behind_s == 0)
        cut = await database.pool.fetchval(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = $1", LOCK
        )
        assert cut
        await append(database, registered())
        await relayed(database)
    assert await on_the_bus(bus) == await logged(database)


async def test_a_broker_from_an_older_copy_is_filled_before_it_is_believed(
    database: Database, own_nats: NatsServer, own_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows are on their way when the broker comes back from an older copy: it takes them, and lacks the ones before."""
    store, copy = own_nats.directory / "store", own_directory / "copy"
    async with connected(own_nats.url) as bus, relaying(database, bus):
        await append(database, *[registered() for _ in range(10)])
        await relayed(database)
        await asyncio.to_thread(own_nats.stop)
        shutil.copytree(store, copy)
        await asyncio.to_thread(own_nats.start)
        await eventually(lambda: bus.connected)
        await append(database, *[registered() for _ in range(10)])
        await relayed(database)
        with monkeypatch.context() as patch:
            gate = Gate(patch)
            await append(database, *[registered() for _ in range(30)])
            await gate.reached.wait()
        generation = bus.generation
        await asyncio.to_thread(own_nats.kill)
        shutil.rmtree(store)
        shutil.copytree(copy, store)
        await asyncio.to_thread(own_nats.start)
        await eventually(lambda: bus.connected and bus.generation > generation)
        gate.opened.set()
        await relayed(database)
        await eventually(lambda: _holds(bus, 50))
        assert sorted(await on_the_bus(bus)) == sorted(await logged(database))


async def _holds(bus: Bus, number: int) -> bool:
    messages, _ = await sequences(bus)
    assert messages == number
    return True


async def test_a_stream_made_anew_behind_its_back_is_noticed_by_the_next_event(database: Database, bus: Bus) -> None:
    async with relaying(database, bus):
        await append(database, *[registered() for _ in range(10)])
        await relayed(database)
        await bus.ask("STREAM.DELETE.EVENTS")
        await provision(bus, [events()], [])
        await append(database, registered())
        await eventually(lambda: _holds(bus, 11))
        await relayed(database)
        assert sorted(await on_the_bus(bus)) == sorted(await logged(database))


async def test_a_stream_made_anew_behind_its_back_is_noticed_while_nothing_happens(
    database: Database, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relaying_module, "POLL_S", 0.05)
    monkeypatch.setattr(relaying_module, "VERIFY_S", 0.1)
    async with relaying(database, bus):
        await append(database, *[registered() for _ in range(10)])
        await relayed(database)
        await bus.ask("STREAM.DELETE.EVENTS")
        await provision(bus, [events()], [])
        await eventually(lambda: _holds(bus, 10))
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
