"""The projector on real NATS and PostgreSQL: what it counts, and what no restart or lie of the broker may change."""

from datetime import date
from random import Random
from uuid import uuid4

import pytest

from services.outcomes.effect_queries import figures_of
from services.outcomes.projection import projector_table
from shared.contracts.envelope import Envelope
from shared.messaging.provision import provision
from shared.messaging.topology import events
from shared.persistence.event_log import Row
from tests.real.projecting import Stage
from tests.real.story import changed, rows, story
from tests.waiting import eventually

pytestmark = pytest.mark.anyio

LATER = date(2022, 6, 1)


async def funnel(stage: Stage, municipality: str) -> dict[str, int]:
    """How many a municipality has at each stage."""
    async with stage.database.pool.acquire() as connection:
        shown = await figures_of(connection, indicator="funnel", as_of=LATER, municipality=municipality)
    return {row["stage"]: row["numerator"] for row in shown}


async def test_counts_the_story_of_naestved(stage: Stage) -> None:
    async with stage.projecting():
        await stage.publish(rows(story("naestved-2021.jsonl")))
        await stage.settled()
    counted = await funnel(stage, "0370")
    assert counted["started"] == 23
    assert counted["ended:dropped_out"] == 3
    assert counted["ended:got_job"] == 3
    assert counted["completed"] == 17
    assert counted["met"] == 17


async def test_any_order_and_repetition_gives_the_same_cells(stage: Stage) -> None:
    events_of_both = story("naestved-2021.jsonl") + story("azure-2021.jsonl")
    async with stage.projecting():
        await stage.publish(rows(events_of_both))
        await stage.settled()
    straight = await stage.cells()
    for table in ("fact", "cell", "alias", "projector"):
        await stage.database.pool.execute(f"DELETE FROM {table}")
    await stage.bus.ask("STREAM.DELETE.EVENTS")
    await provision(stage.bus, [events()], [])
    shuffled = events_of_both + events_of_both[::3]
    Random(7).shuffle(shuffled)
    await _publish_with_repeats(stage, shuffled)
    async with stage.projecting():
        await stage.settled()
    assert await stage.cells() == straight
    assert sum(n for key, n in straight.items() if key.startswith('["funnel"')) == 23 + 100


async def _publish_with_repeats(stage: Stage, envelopes: list[Envelope]) -> None:
    """As a relay would whose ids the broker has forgotten: the same event may be in the stream twice."""
    jetstream = stage.bus.jetstream()
    for row in rows(envelopes):
        await jetstream.publish(row.bus_subject, row.body.encode())


async def test_goes_on_from_its_checkpoint(stage: Stage) -> None:
    told = story("azure-2021.jsonl")
    async with stage.projecting():
        await stage.publish(rows(told[:300]))
        await stage.settled()
    async with stage.projecting() as second:
        await stage.publish(rows(told[300:]))
        await stage.settled()
        await eventually(lambda: second.folded == len(told) - 300)  # counted just after the commit
    assert (await funnel(stage, "0101"))["certified"] == 20


async def test_a_rolled_back_stream_is_noticed_and_nothing_in_it_is_skipped(stage: Stage) -> None:
    told = story("azure-2021.jsonl")
    async with stage.projecting():
        await stage.publish(rows(told[:400]))
        await stage.settled()
    epoch = await stage.database.pool.fetchval("SELECT epoch FROM projector")
    # the broker comes back from an older copy and gives out the sequences from 301 on a second time, to other events
    await stage.bus.ask("STREAM.DELETE.EVENTS")
    await provision(stage.bus, [events()], [])
    await stage.publish(rows(told[:300] + told[400:]))
    async with stage.projecting():
        await stage.settled()
        assert await stage.database.pool.fetchval("SELECT epoch FROM projector") != epoch
    assert await stage.database.pool.fetchval("SELECT count(DISTINCT event_id) FROM fact") == len(told)
    assert (await funnel(stage, "0101"))["completed"] == 40


async def test_a_stream_deleted_under_it_starts_a_new_epoch(stage: Stage) -> None:
    told = story("naestved-2021.jsonl")
    async with stage.projecting():
        await stage.publish(rows(told))
        await stage.settled()
        before = await stage.cells()
        await stage.bus.ask("STREAM.DELETE.EVENTS")
        await provision(stage.bus, [events()], [])
        await stage.publish(rows(told))
        await stage.settled()
    assert await stage.cells() == before


async def test_an_event_that_cannot_be_counted_is_parked_and_stops_nobody(stage: Stage) -> None:
    told = story("naestved-2021.jsonl")
    ended = next(e for e in told if e.name == "participation-ended")
    broken = changed(
        ended, id=uuid4(), sequence=99, data={"municipality": "0370", "citizen_id": ended.data["citizen_id"]}
    )
    async with stage.projecting():
        await stage.publish(rows(told[:100]))
        jetstream = stage.bus.jetstream()
        await jetstream.publish("evt.0370.courses.participation-ended.x", b"this is no event")
        await stage.publish(rows([broken, *told[100:]]))
        await stage.settled()
    assert (await funnel(stage, "0370"))["completed"] == 17
    parked = await stage.database.pool.fetch("SELECT reaction, body, reason FROM parked")
    assert all(row["reaction"] == "projector" and row["reason"] for row in parked)
    assert b"this is no event" in {row["body"] for row in parked}


async def test_a_replaced_projector_cannot_commit(stage: Stage) -> None:
    told = story("naestved-2021.jsonl")
    async with stage.projecting() as first:
        await stage.publish(rows(told[:50]))
        await stage.settled()
        # someone takes over while the first one is paused
        async with stage.database.pool.acquire() as connection:
            await projector_table.take_over(connection)
        with pytest.raises(projector_table.Fenced):
            await first._commit(first._connection, [], 10_000, uuid4())  # type: ignore[arg-type]
        assert await stage.database.pool.fetchval("SELECT sequence FROM projector") == 50


async def test_publishes_what_changed_and_a_watermark(stage: Stage) -> None:
    prefix = f"$KV.{stage.settings.bucket}."

    async def keys() -> set[str]:
        info = await stage.bus.ask(f"STREAM.INFO.KV_{stage.settings.bucket}", {"subjects_filter": ">"})
        return {subject.removeprefix(prefix) for subject in info["state"].get("subjects") or ()}

    async with stage.projecting():
        await stage.publish(rows(story("naestved-2021.jsonl")))
        await stage.settled()

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
