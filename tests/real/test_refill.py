"""Filling a damaged stream again from the logs: nothing is lost, nothing is twice, and the projections are equal."""

import asyncio
import shutil
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.embedded import NatsServer
from shared.contracts.envelope import Envelope
from shared.messaging.bus import Bus
from shared.messaging.refill import Refilled, has_event, is_whole, refill
from shared.persistence import Database
from tests.conftest import NewDatabase
from tests.real.delivery import connected, relayed, relaying, sequences, stored
from tests.real.log_writers import ORIGIN, append, held_open, registered
from tests.real.projecting import Stage
from tests.real.story import story
from tests.real_machines import RealNats
from tests.waiting import eventually

pytestmark = pytest.mark.anyio

MANY = 5000  # more than two block files of an encrypted stream


@dataclass
class Damage:
    """What happens to JetStream's directory while the broker is down. ``copy`` was taken in the middle of the story."""

    store: Path
    copy: Path

    def deleted(self) -> None:
        shutil.rmtree(self.store)

    def rolled_back(self) -> None:
        shutil.rmtree(self.store)
        shutil.copytree(self.copy, self.store)

    def first_file_cut_short(self) -> None:
        file = self.blocks()[0]
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    def middle_file_gone(self) -> None:
        self.blocks()[1].unlink()

    def one_bit_flipped(self) -> None:
        file = self.blocks()[1]
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(bytes(content))

    def blocks(self) -> list[Path]:
        files = sorted(self.store.rglob("EVENTS/msgs/*.blk"), key=lambda file: int(file.stem))
        assert len(files) > 1, "the damage shall hit one file of several"
        return files


async def refilled(database: Database, bus: Bus, service: str = "intake") -> Refilled:
    async with database.pool.acquire() as connection:
        return await refill(service, connection, bus, "EVENTS")


async def ids(database: Database) -> list[str]:
    return [str(row["event_id"]) for row in await database.pool.fetch("SELECT event_id FROM event_log ORDER BY id")]


async def down(server: NatsServer, damage: Callable[[], None], bus: Bus) -> None:
    """Stop the broker, do the damage, and start it again."""
    generation = bus.generation
    await asyncio.to_thread(server.stop)
    damage()
    await asyncio.to_thread(server.start)
    await eventually(lambda: bus.connected and bus.generation > generation)


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    "damage", ["deleted", "rolled_back", "first_file_cut_short", "middle_file_gone", "one_bit_flipped"]
)
@pytest.mark.parametrize("by", ["command", "relay"])
async def test_a_damaged_stream_is_whole_again(
    database: Database, own_nats: NatsServer, own_directory: Path, damage: str, by: str
) -> None:
    """By ``loeft bus refill``; and by the relay itself when the broker comes back, where the broker says less is there.

    Of a flipped bit the broker says nothing: it counts the message that it cannot read.
    """
    wreck = Damage(own_nats.directory / "store", own_directory / "copy")
    async with connected(own_nats.url) as bus, AsyncExitStack() as relays:
        await relays.enter_async_context(relaying(database, bus))
        await append(database, *[registered() for _ in range(MANY // 2)])
        await relayed(database)
        await down(own_nats, lambda: shutil.copytree(wreck.store, wreck.copy), bus)
        await append(database, *[registered() for _ in range(MANY // 2)])
        await relayed(database)
        expected = await ids(database)
        if by == "command":
            await relays.aclose()
        await down(own_nats, getattr(wreck, damage), bus)
        if by == "command":
            done = await refilled(database, bus)
            assert done.present + done.published == MANY
            assert done.published > 0
            assert done.refused == 0
            assert (await refilled(database, bus)).published == 0, "a second time there is nothing to do"
        elif damage != "one_bit_flipped":
            await eventually(lambda: _has(bus, MANY), 60)
        found = [str(message.event.id) for message in await stored(bus)]
        assert len(found) == len(set(found)), "nothing is twice"
        if (by, damage) == ("relay", "one_bit_flipped"):
            assert set(expected) - set(found), "only the command reads every message to find this one"
        else:
            assert set(found) == set(expected)


async def _has(bus: Bus, number: int) -> bool:
    messages, _ = await sequences(bus)
    assert messages == number
    return True


@pytest.mark.timeout(180)
@pytest.mark.parametrize("damage", ["deleted", "rolled_back"])
async def test_projections_are_equal_after_it(
    own_nats: NatsServer, own_directory: Path, new_database: NewDatabase, damage: str
) -> None:
    """All services' logs, a projector that goes on, and events that came while the broker was down."""
    told = story("azure-2021.jsonl")
    wreck = Damage(own_nats.directory / "store", own_directory / "copy")
    async with Stage.on(own_nats.url, await new_database("outcomes")) as stage, AsyncExitStack() as relays:
        for service in sorted({envelope.service for envelope in told}):
            await stage.log_of(service, new_database, _of(service, told[:500]))
            await relays.enter_async_context(relaying(stage.owners[service], stage.bus, service))
        await relays.enter_async_context(stage.projecting())
        await _all_projected(stage)
        await down(own_nats, lambda: shutil.copytree(wreck.store, wreck.copy), stage.bus)
        await _tell(stage, told[500:700])
        await _all_projected(stage)
        before = await stage.cells()
        epoch = await stage.database.pool.fetchval("SELECT epoch FROM projector")
        await down(own_nats, getattr(wreck, damage), stage.bus)
        await eventually(lambda: _epoch_after(stage, epoch), what="the projector knows that this is another stream")
        await _all_projected(stage)
        assert await stage.cells() == before
        await _tell(stage, told[700:])
        await _all_projected(stage)
        assert await stage.facts() == len(told)
        rebuilt = await stage.rebuilt()
        assert (rebuilt.events, rebuilt.differences) == (len(told), 0)


async def _epoch_after(stage: Stage, epoch: object) -> bool:
    return bool(await stage.database.pool.fetchval("SELECT epoch FROM projector") != epoch)


def _of(service: str, told: list[Envelope]) -> list[Envelope]:
    return [envelope for envelope in told if envelope.service == service]


async def _tell(stage: Stage, told: list[Envelope]) -> None:
    for service, log in stage.owners.items():
        await _append_stored(log, _of(service, told))


async def _append_stored(log: Database, told: list[Envelope]) -> None:
    """Events with their own ids, as an import stores them."""
    async with log.transaction(ORIGIN) as tx:
        for envelope in told:
            await tx.store(envelope)


async def _all_projected(stage: Stage) -> None:
    """Until every event of the logs is in the stream, and the projector has read the stream."""

    async def all_there() -> bool:
        logged = [await log.pool.fetchval("SELECT count(*) FROM event_log") for log in stage.owners.values()]
        messages, last = await sequences(stage.bus)
        assert messages >= sum(logged), (messages, logged)
        reached = await stage.database.pool.fetchval("SELECT sequence FROM projector")
        assert reached == last, (reached, last)
        assert await stage.facts() == sum(logged)
        return True

    await eventually(all_there, 60)


async def test_messages_that_are_none_of_ours_stop_no_refill(database: Database, empty_bus: RealNats) -> None:
    async with connected(empty_bus.url) as bus:
        async with relaying(database, bus):
            await append(database, *[registered() for _ in range(5)])
            await relayed(database)
        await bus.ask("STREAM.PURGE.EVENTS")
        await bus.jetstream().publish("evt.0101.intake.citizen-registered.x", b"no id")
        await bus.jetstream().publish("evt.0101.intake.x", b"a strange id", headers={"Nats-Msg-Id": "strange"})
        done = await refilled(database, bus)
        assert (done.present, done.published, done.refused) == (0, 0, 5), "the broker still knows the ids it purged"
        assert done.mark_event is None, "what it refused is no mark"


async def test_only_what_the_relay_has_published_is_filled_in(database: Database, empty_bus: RealNats) -> None:
    """What is behind the cursor is the relay's to publish, in its order."""
    async with connected(empty_bus.url) as bus:
        await append(database, *[registered() for _ in range(5)])
        await database.pool.execute("UPDATE relay SET cursor = 3")
        done = await refilled(database, bus)
        assert done.published == 3
        assert [str(m.event.id) for m in await stored(bus)] == (await ids(database))[:3]


async def test_gaps_of_rolled_back_ids_do_not_end_a_refill(database: Database, empty_bus: RealNats) -> None:
    async with connected(empty_bus.url) as bus:
        await append(database, registered())
        async with held_open(database.address) as given_up:
            await given_up.append(registered())
            await given_up.rollback()
        await append(database, registered())
        await database.pool.execute("UPDATE relay SET cursor = 3")
        assert (await refilled(database, bus)).published == 2


async def test_knows_an_event_by_its_sequence_and_id(database: Database, empty_bus: RealNats) -> None:
    async with connected(empty_bus.url) as bus:
        async with relaying(database, bus):
            await append(database, registered(), registered())
            await relayed(database)
        first, second = await stored(bus)
        assert await has_event(bus, "EVENTS", 1, first.event.id)
        assert not await has_event(bus, "EVENTS", 1, second.event.id)
        assert not await has_event(bus, "EVENTS", 3, second.event.id)
        assert not await has_event(bus, "NO_SUCH", 1, first.event.id)
        async with database.pool.acquire() as connection:
            assert await is_whole("intake", connection, bus, "EVENTS")
            await bus.ask("STREAM.PURGE.EVENTS", {"seq": 2})
            assert not await is_whole("intake", connection, bus, "EVENTS")
            assert await is_whole("intake", connection, bus, "EVENTS", but=1)
