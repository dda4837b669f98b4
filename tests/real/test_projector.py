"""The projector on real NATS and PostgreSQL: what it counts, and what no restart or lie of the broker may change."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import uuid4

import pytest

from services.outcomes.effect.figures import figures
from services.outcomes.effect.references import References
from services.outcomes.projection import cell_table, fact_table, projector_table
from services.outcomes.projection.histories import decoded
from services.outcomes.projection.projector import Projector
from shared.contracts.envelope import Envelope
from shared.messaging.bus import Bus
from shared.messaging.provision import provision
from shared.messaging.publisher import Publisher
from shared.messaging.topology import events, projections
from shared.persistence import Database
from shared.persistence.event_log import Row
from shared.settings import Settings
from shared.tasks import end
from tests.conftest import NewDatabase
from tests.real.story import changed, rows, story
from tests.real_machines import RealNats
from tests.waiting import eventually

pytestmark = pytest.mark.anyio

LATER = date(2022, 6, 1)


@dataclass
class World:
    """A bus, an outcomes database and a projector that can be started and stopped."""

    bus: Bus
    database: Database
    settings: Settings

    @asynccontextmanager
    async def projecting(self) -> AsyncIterator[Projector]:
        projector = Projector(self.database, self.bus, self.settings)
        task = asyncio.create_task(projector.run())
        try:
            yield projector
        finally:
            await end(task)

    async def publish(self, envelopes: list[Envelope]) -> None:
        await Publisher(self.bus, self.settings.stream).publish(rows(envelopes))

    async def settled(self) -> None:
        """Until the checkpoint stands at the end of the stream."""

        async def at_the_end() -> bool:
            info = await self.bus.ask(f"STREAM.INFO.{self.settings.stream}")
            reached = await self.database.pool.fetchval("SELECT sequence FROM projector")
            assert reached == info["state"]["last_seq"], (reached, info["state"]["last_seq"])
            return True

        await eventually(at_the_end, 20)

    async def cells(self) -> dict[str, int]:
        return {r["key"]: r["n"] for r in await self.database.pool.fetch("SELECT key, n FROM cell")}

    async def funnel(self, municipality: str) -> dict[str, int]:
        async with self.database.pool.acquire() as connection:
            cells = await cell_table.cells_of_municipality(connection, municipality, ["funnel"])
            references = References.of(decoded(await fact_table.reference_facts(connection)))
        shown = figures(cells, references, indicator="funnel", as_of=LATER)
        return {row["stage"]: row["numerator"] for row in (figure.row() for figure in shown)}


@pytest.fixture
async def world(empty_bus: RealNats, new_database: NewDatabase) -> AsyncIterator[World]:
    settings = Settings(nats_url=empty_bus.url, nats_monitor_url=empty_bus.monitor_url)
    bus = Bus(settings.nats_url, monitor_url=settings.nats_monitor_url)
    await bus.open()
    await provision(bus, [events(), projections()], [])
    database = Database(await new_database("outcomes"))
    await database.open()
    yield World(bus, database, settings)
    await database.close()
    await bus.close()


async def test_counts_the_story_of_naestved(world: World) -> None:
    async with world.projecting():
        await world.publish(story("naestved-2021.jsonl"))
        await world.settled()
    funnel = await world.funnel("0370")
    assert funnel["started"] == 23
    assert funnel["ended:dropped_out"] == 3
    assert funnel["ended:got_job"] == 3
    assert funnel["completed"] == 17
    assert funnel["met"] == 17


async def test_any_order_and_repetition_gives_the_same_cells(world: World) -> None:
    events_of_both = story("naestved-2021.jsonl") + story("azure-2021.jsonl")
    async with world.projecting():
        await world.publish(events_of_both)
        await world.settled()
    straight = await world.cells()
    for table in ("fact", "cell", "alias", "projector"):
        await world.database.pool.execute(f"DELETE FROM {table}")
    await world.bus.ask("STREAM.DELETE.EVENTS")
    await provision(world.bus, [events()], [])
    shuffled = events_of_both + events_of_both[::3]
    Random(7).shuffle(shuffled)
    await _publish_with_repeats(world, shuffled)
    async with world.projecting():
        await world.settled()
    assert await world.cells() == straight
    assert sum(n for key, n in straight.items() if key.startswith('["funnel"')) == 23 + 100


async def _publish_with_repeats(world: World, envelopes: list[Envelope]) -> None:
    """As a relay would whose ids the broker has forgotten: the same event may be in the stream twice."""
    jetstream = world.bus.jetstream()
    for row in rows(envelopes):
        await jetstream.publish(row.bus_subject, row.body.encode())


async def test_goes_on_from_its_checkpoint(world: World) -> None:
    told = story("azure-2021.jsonl")
    async with world.projecting():
        await world.publish(told[:300])
        await world.settled()
    async with world.projecting() as second:
        await world.publish(told[300:])
        await world.settled()
        await eventually(lambda: second.folded == len(told) - 300)  # counted just after the commit
    assert (await world.funnel("0101"))["certified"] == 20


async def test_a_rolled_back_stream_is_noticed_and_nothing_in_it_is_skipped(world: World) -> None:
    told = story("azure-2021.jsonl")
    async with world.projecting():
        await world.publish(told[:400])
        await world.settled()
    epoch = await world.database.pool.fetchval("SELECT epoch FROM projector")
    # the broker comes back from an older copy and gives out the sequences from 301 on a second time, to other events
    await world.bus.ask("STREAM.DELETE.EVENTS")
    await provision(world.bus, [events()], [])
    await world.publish(told[:300] + told[400:])
    async with world.projecting():
        await world.settled()
        assert await world.database.pool.fetchval("SELECT epoch FROM projector") != epoch
    assert await world.database.pool.fetchval("SELECT count(DISTINCT event_id) FROM fact") == len(told)
    assert (await world.funnel("0101"))["completed"] == 40


async def test_a_stream_deleted_under_it_starts_a_new_epoch(world: World) -> None:
    told = story("naestved-2021.jsonl")
    async with world.projecting():
        await world.publish(told)
        await world.settled()
        before = await world.cells()
        await world.bus.ask("STREAM.DELETE.EVENTS")
        await provision(world.bus, [events()], [])
        await world.publish(told)
        await world.settled()
    assert await world.cells() == before


async def test_an_event_that_cannot_be_counted_is_parked_and_stops_nobody(world: World) -> None:
    told = story("naestved-2021.jsonl")
    ended = next(e for e in told if e.name == "participation-ended")
    broken = changed(
        ended, id=uuid4(), sequence=99, data={"municipality": "0370", "citizen_id": ended.data["citizen_id"]}
    )
    async with world.projecting():
        await world.publish(told[:100])
        jetstream = world.bus.jetstream()
        await jetstream.publish("evt.0370.courses.participation-ended.x", b"this is no event")
        await world.publish([broken, *told[100:]])
        await world.settled()
    assert (await world.funnel("0370"))["completed"] == 17
    parked = await world.database.pool.fetch("SELECT reaction, body, reason FROM parked")
    assert all(row["reaction"] == "projector" and row["reason"] for row in parked)
    assert b"this is no event" in {row["body"] for row in parked}


async def test_a_replaced_projector_cannot_commit(world: World) -> None:
    told = story("naestved-2021.jsonl")
    async with world.projecting() as first:
        await world.publish(told[:50])
        await world.settled()
        # someone takes over while the first one is paused
        async with world.database.pool.acquire() as connection:
            await projector_table.take_over(connection)
        with pytest.raises(projector_table.Fenced):
            await first._commit(first._connection, [], 10_000, uuid4())  # type: ignore[arg-type]
        assert await world.database.pool.fetchval("SELECT sequence FROM projector") == 50


async def test_publishes_what_changed_and_a_watermark(world: World) -> None:
    prefix = f"$KV.{world.settings.bucket}."

    async def keys() -> set[str]:
        info = await world.bus.ask(f"STREAM.INFO.KV_{world.settings.bucket}", {"subjects_filter": ">"})
        return {subject.removeprefix(prefix) for subject in info["state"].get("subjects") or ()}

    async with world.projecting():
        await world.publish(story("naestved-2021.jsonl"))
        await world.settled()

        async def whole() -> bool:
            return len(await keys()) == 5

        await eventually(whole)
    course = next(e.data["course_id"] for e in story("naestved-2021.jsonl") if e.name == "course-offered")
    assert await keys() == {
        "watermark",
        "municipality.0370",
        "municipality-outcomes.0370",
        f"effort.0370.{course}",
        f"effort-outcomes.0370.{course}",
    }


def test_row_has_the_subject_of_the_contract() -> None:
    first = rows(story("naestved-2021.jsonl"))[0]
    assert isinstance(first, Row)
    assert first.bus_subject == "evt.0370.courses.course-offered.ac36ce32-3149-5bf7-81dc-384a3e4d0450"
