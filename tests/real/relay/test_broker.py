"""A broker that dies, comes back from an older copy, or lost its stream: it gets everything, once."""

import asyncio
import shutil
from pathlib import Path

import pytest

from deploy.embedded import NatsServer
from shared.ids import new_id
from shared.messaging import relay as relaying_module
from shared.messaging.bus import Bus
from shared.messaging.provision import provision
from shared.messaging.topology import events
from shared.persistence import Database
from tests.real.delivery import connected, relayed, relaying, sequences, stored
from tests.real.log_writers import append, entity_and_version, registered
from tests.real.relay.log_and_bus import Gate, holds, logged, on_the_bus
from tests.waiting import eventually

pytestmark = pytest.mark.anyio


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
            (reached, _), generation = await eventually(lambda: sequences(bus)), bus.generation
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
        await eventually(lambda: holds(bus, 50))
        assert sorted(await on_the_bus(bus)) == sorted(await logged(database))


async def test_a_stream_made_anew_behind_its_back_is_noticed_by_the_next_event(database: Database, bus: Bus) -> None:
    async with relaying(database, bus):
        await append(database, *[registered() for _ in range(10)])
        await relayed(database)
        await bus.ask("STREAM.DELETE.EVENTS")
        await provision(bus, [events()], [])
        await append(database, registered())
        await eventually(lambda: holds(bus, 11))
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
        await eventually(lambda: holds(bus, 10))
    assert await on_the_bus(bus) == await logged(database)
