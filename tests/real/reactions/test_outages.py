"""A lost durable, a damaged stream, an older copy of the database, a database that is away: nothing is lost."""

import asyncio
from uuid import UUID

import pytest

from deploy.embedded import NatsServer, PostgresServer
from shared.ids import new_id
from shared.messaging import durables
from shared.messaging.bus import Bus
from shared.messaging.cloudevents import encode
from shared.persistence import Database
from tests.real.delivery import connected, reacting, sequences
from tests.real.reactions.effects import Flaky, done, effects, lot, placed, publish, reaction, states
from tests.real_machines import RealPostgres
from tests.waiting import eventually

pytestmark = pytest.mark.anyio


async def test_a_durable_that_is_deleted_under_it_is_made_again(
    database: Database, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durables, "WATCH_S", 0.1)
    before, after = placed(), placed()
    async with reacting(database, bus, reaction()):
        await publish(bus, before)
        await done(database, before)
        await bus.ask("CONSUMER.DELETE.EVENTS.courses-test")
        await publish(bus, after)
        await done(database, before, after)


async def test_a_durable_that_stands_ahead_of_a_damaged_stream_begins_again(
    database: Database, own_nats: NatsServer
) -> None:
    """The broker gives sequence numbers out again, and its own note of the progress says that they were done."""
    async with connected(own_nats.url) as bus, reacting(database, bus, reaction()):
        before = [placed() for _ in range(40)]
        await publish(bus, *before)
        await done(database, *before)
        generation = bus.generation
        await asyncio.to_thread(own_nats.kill)
        (file,) = own_nats.directory.rglob("EVENTS/msgs/*.blk")
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        await asyncio.to_thread(own_nats.start)
        await eventually(lambda: bus.connected and bus.generation > generation)
        messages, last = await sequences(bus)
        assert 0 < messages == last < 40, "half of the numbers will be given out a second time"
        after = [placed() for _ in range(10)]
        await publish(bus, *after)
        await done(database, *before, *after)


async def test_a_database_from_an_older_copy_gets_its_effects_again(database: Database, bus: Bus) -> None:
    causes = [placed() for _ in range(10)]
    async with reacting(database, bus, reaction()):
        await publish(bus, *causes)
        await done(database, *causes)
    await database.pool.execute("ALTER TABLE event_log DISABLE TRIGGER append_only")
    await database.pool.execute("DELETE FROM event_log WHERE id > 4")
    await database.pool.execute("DELETE FROM handled WHERE event_id <> ALL($1)", [cause.id for cause in causes[:4]])
    await database.pool.execute("UPDATE reading SET sequence = 4")
    async with reacting(database, bus, reaction()):
        await done(database, *causes)


async def test_a_message_of_another_subject_is_left_to_whom_it_concerns(database: Database, bus: Bus) -> None:
    """A damaged broker repeats what it finds under the number of a message that waits for its acknowledgement."""
    other = placed()
    async with reacting(database, bus, reaction()) as running:
        await running.react(running.reactions[0], encode(other), "evt.0101.courses.participation-started.x")
    assert await effects(database) == []
    assert await lot(database) == []


async def test_a_database_that_is_away_makes_events_come_again(bus: Bus, own_postgres: PostgresServer) -> None:
    database = Database(await RealPostgres(own_postgres.admin_dsn).fresh("courses"))
    await database.open()
    citizen = new_id()
    waiting, before, during, after = placed(), placed(citizen), placed(citizen, 2), placed(citizen, 3)
    flaky = Flaky(RuntimeError("no"), times=1, only=UUID(waiting.data["placement_id"]))
    async with reacting(database, bus, reaction(flaky), delay_s=10):
        await publish(bus, waiting)
        await states(database, "retrying")
        await publish(bus, before)
        await done(database, before)
        await asyncio.to_thread(own_postgres.kill)
        await publish(bus, during, after)
        await eventually(lambda: _info(bus, "num_ack_pending"), what="one is in our hands, and cannot be done")
        await asyncio.to_thread(own_postgres.start)
        await done(database, waiting, before, during, after)
        await states(database)
    of_the_citizen = [e.causationid for e in await effects(database) if e.subject == f"citizen/{citizen}"]
    assert of_the_citizen == [str(cause.id) for cause in (before, during, after)]
    await database.close()


async def _info(bus: Bus, figure: str) -> int:
    info = await bus.ask("CONSUMER.INFO.EVENTS.courses-test")
    return int(info[figure])
