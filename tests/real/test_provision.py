"""Provisioning on a real broker: what is missing is made, what differs is changed; and no start without durability."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest
import structlog

from deploy.embedded import NatsServer, PostgresServer
from shared.contracts.outcomes import PlacementStarted
from shared.durability import Unsafe
from shared.messaging import bus as bus_module
from shared.messaging.bus import Bus, BusError
from shared.messaging.provision import provision
from shared.messaging.topology import Durable, Stream, events, inbound, projections, subject_filter
from shared.persistence import Database
from shared.persistence import database as database_module
from tests.conftest import NewDatabase
from tests.real.delivery import reacting
from tests.real.reactions.effects import reaction
from tests.real_machines import RealNats, running

pytestmark = pytest.mark.anyio

DURABLE = Durable("courses-test", subject_filter(PlacementStarted))
OFF_HERE = """
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$
"""
STREAMS = [events(), inbound(), projections()]


@pytest.fixture(autouse=True)
def uncached_loggers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A logger that another test has used keeps what it was configured with, and nothing of it is captured."""
    for module in (bus_module, database_module):
        monkeypatch.setattr(module, "log", structlog.get_logger())


@pytest.fixture
async def bus(empty_bus: RealNats) -> AsyncIterator[Bus]:
    bus = Bus(empty_bus.url)
    await bus.open()
    yield bus
    await bus.close()


async def test_makes_what_is_missing_and_then_has_nothing_to_do(bus: Bus) -> None:
    assert await provision(bus, STREAMS, [DURABLE]) == [
        "created stream EVENTS",
        "created stream INBOUND",
        "created stream KV_projections",
        "created durable courses-test",
    ]
    assert await provision(bus, STREAMS, [DURABLE]) == []


async def test_the_broker_holds_the_settings_of_the_topology(bus: Bus) -> None:
    await provision(bus, STREAMS, [DURABLE])
    stream = (await bus.ask("STREAM.INFO.EVENTS"))["config"]
    assert stream["subjects"] == ["evt.>"]
    assert (stream["storage"], stream["retention"], stream["discard"]) == ("file", "limits", "new")
    assert stream["deny_delete"]
    assert stream["allow_atomic"]
    assert stream["duplicate_window"] == 24 * 3600 * 10**9
    assert "max_age" not in stream or stream["max_age"] == 0, "no event grows old"
    durable = (await bus.ask("CONSUMER.INFO.EVENTS.courses-test"))["config"]
    assert durable["ack_policy"] == "explicit"
    assert durable["max_ack_pending"] == 1, "one at a time keeps the order"
    assert durable["max_deliver"] == -1, "the broker gives nothing up: we park"


async def test_changed_settings_of_a_stream_are_put_right(bus: Bus) -> None:
    changed = Stream("EVENTS", events().settings | {"duplicate_window": 60, "max_msg_size": 1000})
    await provision(bus, [changed], [])
    assert await provision(bus, [events()], []) == [
        "updated stream EVENTS: max_msg_size 1000 -> 262144, duplicate_window 60000000000 -> 86400000000000"
    ]
    assert await provision(bus, [events()], []) == []


async def test_changed_settings_of_a_durable_are_put_right_and_its_progress_stays(bus: Bus) -> None:
    await provision(bus, [events()], [])
    wanted = {"durable_name": DURABLE.name, "filter_subject": DURABLE.filter_subject, "ack_policy": "explicit"}
    config = wanted | {"max_ack_pending": 100, "max_deliver": 5}
    await bus.ask("CONSUMER.DURABLE.CREATE.EVENTS.courses-test", {"stream_name": "EVENTS", "config": config})
    for _ in range(3):
        await bus.jetstream().publish("evt.0101.outcomes.placement-started.x", b"")
    subscription = await bus.jetstream().pull_subscribe_bind("courses-test", "EVENTS")
    for message in await subscription.fetch(2):
        await message.ack_sync()
    (done,) = await provision(bus, [events()], [DURABLE])
    assert done.startswith("updated durable courses-test: ")
    assert "max_ack_pending 100 -> 1" in done
    assert "max_deliver 5 -> -1" in done
    info = await bus.ask("CONSUMER.INFO.EVENTS.courses-test")
    assert info["config"]["max_ack_pending"] == 1
    assert info["ack_floor"]["stream_seq"] == 2
    assert info["num_pending"] == 1


async def test_what_cannot_be_changed_in_place_is_an_error_for_a_person(bus: Bus) -> None:
    await provision(bus, [replace(events(), settings=events().settings | {"storage": "memory"})], [])
    with pytest.raises(BusError, match=r"STREAM\.UPDATE\.EVENTS: .*storage"):
        await provision(bus, [events()], [])


async def test_the_framework_changes_nothing_of_it(bus: Bus, new_database: NewDatabase) -> None:
    """A subscriber that may declare its stream would rewrite the stream's settings."""
    database = Database(await new_database("courses"))
    await database.open()
    async with reacting(database, bus, reaction()):
        assert await provision(bus, [events()], [DURABLE]) == []
    assert await provision(bus, [events()], [DURABLE]) == []
    await database.close()


async def test_refuses_a_broker_that_does_not_sync_unless_told_so(own_directory: Path) -> None:
    with running(NatsServer(own_directory / "nats", sync_always=False)) as server:
        bus = Bus(server.url, monitor_url=server.monitor_url)
        with pytest.raises(Unsafe, match=r"sync_interval is not `always`.*LOEFT_ALLOW_UNSAFE_DURABILITY"):
            await bus.open()
        with structlog.testing.capture_logs() as said:
            await bus.open(allow_unsafe=True)
        assert [line["event"] for line in said] == ["durability-unsafe"]
        await bus.close()


async def test_refuses_a_broker_that_it_cannot_ask(nats: RealNats) -> None:
    with pytest.raises(Unsafe, match="nobody knows whether it syncs"):
        await Bus(nats.url, monitor_url="http://127.0.0.1:9").open()


async def test_a_broker_that_syncs_is_taken_without_a_word(own_nats: NatsServer) -> None:
    bus = Bus(own_nats.url, monitor_url=own_nats.monitor_url)
    with structlog.testing.capture_logs() as said:
        await bus.open()
    assert said == []
    await bus.close()


@pytest.mark.parametrize("setting", ["synchronous_commit", "fsync"])
async def test_refuses_a_database_that_answers_before_it_is_on_disk_unless_told_so(
    own_directory: Path, new_database: NewDatabase, setting: str
) -> None:
    if setting == "synchronous_commit":  # also where only this database has it off
        address = await new_database()
        await _run(
            address,
            OFF_HERE,
        )
        await _refused_and_allowed(address, "synchronous_commit = off")
        return
    with running(PostgresServer(own_directory / "postgres", durable=False)) as server:
        await _refused_and_allowed(server.admin_dsn, "fsync = off")


async def _run(address: str, statement: str) -> None:
    connection = await asyncpg.connect(address)
    await connection.execute(statement)
    await connection.close()


async def _refused_and_allowed(address: str, reason: str) -> None:
    database = Database(address)
    with pytest.raises(Unsafe, match=f"{reason}.*LOEFT_ALLOW_UNSAFE_DURABILITY"):
        await database.open()
    with structlog.testing.capture_logs() as said:
        await database.open(allow_unsafe=True)
    assert [line["event"] for line in said] == ["durability-unsafe"]
    await database.close()
