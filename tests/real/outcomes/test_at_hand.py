"""Figures at hand on real PostgreSQL and NATS: at every moment they are what the tables give at that moment."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date
from random import Random
from typing import Any

import pytest

from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.fact import Fact, fact_from_json
from services.outcomes.effect_queries import figures_of
from services.outcomes.projection import projector_table
from services.outcomes.projection.at_hand import AtHand
from services.outcomes.projection.projection import Projection
from services.outcomes.projection.projector import Projector
from services.outcomes.projection.recount import recount_now
from services.outcomes.projection.version import version_of
from shared.contracts.envelope import Envelope
from shared.ids import new_id
from shared.messaging.cloudevents import decode
from tests.conftest import NewDatabase
from tests.real.projecting import Stage
from tests.real.story import changed, rows, story
from tests.real_machines import RealNats
from tests.reference.comparison import CUTS
from tests.reference.histories import Event, delivered, history, telling_days
from tests.waiting import eventually

HERE, LATER = "0101", date(2022, 6, 1)
Asked = dict[str, Any]


@pytest.fixture
async def stage(empty_bus: RealNats, new_database: NewDatabase) -> AsyncIterator[Stage]:
    async with Stage.on(empty_bus.url, await new_database("outcomes")) as stage:
        yield stage


def envelopes(events: list[Event]) -> list[Envelope]:
    return [decode(json.dumps(event)) for event in events]


def shapes(random: Random, count: int) -> list[Asked]:
    """Questions without their day."""
    found = []
    for _ in range(count):
        key = random.choice(list(CATALOGUE))
        fitting = [by for by in CUTS if set(by) <= set(CATALOGUE[key].dimensions)]
        found.append({"indicator": key, "by": random.choice(fitting), "window": random.choice((30, 182))})
    return found


async def answers(stage: Stage, at_hand: AtHand, asked: Asked) -> tuple[list[Any], list[Any]]:
    """The answer from what is at hand and the one that is counted from the tables, while nobody may write to those."""
    async with stage.database.pool.acquire() as connection, connection.transaction():
        await connection.execute("LOCK TABLE fact, cell IN SHARE MODE")
        kept = await figures_of(connection, municipality=HERE, at_hand=at_hand, **asked)
        return kept, await figures_of(connection, municipality=HERE, **asked)


async def agreed(stage: Stage, projector: Projector, asked: Asked) -> list[Any]:
    kept, counted = await answers(stage, projector.at_hand, asked)
    assert kept == counted, asked
    return kept


@pytest.mark.parametrize("seed", range(4))
async def test_agrees_with_the_tables_on_any_day_while_events_come(stage: Stage, seed: int) -> None:
    """Four readers ask without a pause, while batches commit, a recount and a rebuild take the projector's place."""
    random = Random(seed)
    events = history(random, citizens=10)
    days = telling_days(events, 30)
    kept = shapes(random, 5)
    told = envelopes(delivered(random, events))
    done = asyncio.Event()
    asks = 0

    async with stage.projecting() as projector:

        async def keep_asking(chance: Random) -> None:
            nonlocal asks
            while not done.is_set():
                await agreed(stage, projector, chance.choice(kept) | {"as_of": chance.choice(days)})
                asks += 1

        readers = [asyncio.create_task(keep_asking(Random(seed * 10 + number))) for number in range(4)]
        for start in range(0, len(told), 25):
            await stage.publish(rows(told[start : start + 25]))
            if start % 300 == 100:
                await recount_now(stage.database)
            if start % 300 == 200:
                await stage.rebuilt(swap=True)
        await stage.settled()
        done.set()
        await asyncio.gather(*readers)
        for asked in kept:
            for as_of in random.sample(days, 3):
                await agreed(stage, projector, asked | {"as_of": as_of})
        assert asks > 20


async def test_is_not_behind_what_a_commit_has_brought(stage: Stage) -> None:
    """Each event alone: as soon as the checkpoint can be seen, so is what it brought, and nothing is made anew."""
    told = [envelope for envelope in story("naestved-2021.jsonl") if envelope.name != "cohort-opened"]
    asked = {"indicator": "funnel", "as_of": LATER}
    async with stage.projecting() as projector, stage.database.pool.acquire() as connection:
        await stage.publish(rows(told[:40]))
        await stage.settled()
        await figures_of(connection, municipality="0370", at_hand=projector.at_hand, **asked)
        assert projector.at_hand.made == 1
        for start in range(40, len(told), 5):
            await stage.publish(rows(told[start : start + 5]))
            await stage.settled()
            kept = await figures_of(connection, municipality="0370", at_hand=projector.at_hand, **asked)
            assert kept == await figures_of(connection, municipality="0370", **asked)
        assert projector.at_hand.made == 1
        assert {row["stage"]: row["numerator"] for row in kept}["met"] == 17


async def test_what_is_not_committed_yet_is_not_counted(stage: Stage) -> None:
    """A batch is registered before its commit: who reads between the two sees neither its cells nor what it brings."""
    facts = [fact_from_json(row.body) for row in rows(story("naestved-2021.jsonl"))]
    projection, at_hand = Projection(), AtHand()
    pool = stage.database.pool
    async with pool.acquire() as writer, pool.acquire() as reader:
        checkpoint = await projector_table.take_over(writer)
        await projection.load(writer)
        at_hand.begin(await version_of(writer), projection.references)

        async def registered(batch: list[Fact]) -> None:
            changes = await projection.fold(writer, batch)
            at_hand.commits(await projector_table.save_checkpoint(writer, checkpoint), changes, projection.references)

        async def started() -> int:
            asked: Asked = {"indicator": "funnel", "as_of": LATER, "municipality": "0370"}
            kept = await figures_of(reader, at_hand=at_hand, **asked)
            assert kept == await figures_of(reader, **asked)
            return {row["stage"]: int(row["numerator"]) for row in kept}["started"]

        later = ("participation-started", "meeting-held")
        async with writer.transaction():
            await registered([fact for fact in facts if fact.type not in later])
        assert await started() == 0
        async with writer.transaction():
            await registered([fact for fact in facts if fact.type == "meeting-held"])
        async with writer.transaction():
            await registered([fact for fact in facts if fact.type == "participation-started"])
            assert await started() == 0
        assert await started() == 23
        assert at_hand.made == 1


async def test_any_day_window_and_municipality_is_a_question_of_its_own(stage: Stage) -> None:
    asked = {"indicator": "mikrosprint_job", "as_of": LATER}
    async with stage.projecting() as projector, stage.database.pool.acquire() as connection:
        await stage.publish(rows(story("naestved-2021.jsonl")))
        await stage.settled()

        async def jobs(municipality: str = "0370", **more: Any) -> tuple[int, int]:
            found = await figures_of(connection, municipality=municipality, at_hand=projector.at_hand, **asked | more)
            return found[0]["numerator"], found[0]["denominator"]

        assert await jobs() == (3, 23)
        assert await jobs(as_of=date(2021, 1, 1)) == (0, 0)
        assert projector.at_hand.made == 1
        assert await jobs(municipality="0101") == (0, 0)
        assert await jobs(window=30) == (3, 23)
        assert projector.at_hand.made == 3


async def test_those_who_ask_the_same_at_once_wait_for_one_count(stage: Stage) -> None:
    async with stage.projecting() as projector:
        await stage.publish(rows(story("azure-2021.jsonl")))
        await stage.settled()
        found = await asyncio.gather(
            *(answers(stage, projector.at_hand, {"indicator": "funnel", "as_of": LATER}) for _ in range(5))
        )
        assert all(kept == counted and kept for kept, counted in found)
        assert projector.at_hand.made == 1


async def test_a_course_that_changed_is_cut_by_as_it_is_now(stage: Stage) -> None:
    told = story("azure-2021.jsonl")
    offered = next(envelope for envelope in told if envelope.name == "course-offered")
    asked = {"indicator": "moved_on", "by": ("provider",), "as_of": LATER}
    async with stage.projecting() as projector:
        await stage.publish(rows(told))
        await stage.settled()
        (before,) = await agreed(stage, projector, asked)
        made = projector.at_hand.made
        opened = next(envelope for envelope in told if envelope.name == "cohort-opened")
        another = changed(opened, id=new_id(), subject="cohort/x", data=opened.data | {"cohort_id": "x"})
        await stage.publish(rows([another]))
        await stage.settled()
        await agreed(stage, projector, asked)
        assert projector.at_hand.made == made, "nobody was counted by the new cohort"
        told_anew = changed(offered, id=new_id(), sequence=99, data=offered.data | {"provider": "Herning"})
        await stage.publish(rows([told_anew]))
        await stage.settled()
        (after,) = await agreed(stage, projector, asked)
        assert (before["dimensions"], after["dimensions"]) == ({"provider": "Microsoft"}, {"provider": "Herning"})


async def test_a_figure_that_was_wrong_in_the_tables_is_right_after_a_recount_or_rebuild(stage: Stage) -> None:
    asked = {"indicator": "funnel", "as_of": LATER}
    async with stage.projecting() as projector:
        await stage.publish(rows(story("azure-2021.jsonl")))
        await stage.settled()
        right = await agreed(stage, projector, asked)
        for repair in (recount_now(stage.database), stage.rebuilt(swap=True)):
            await stage.database.pool.execute("UPDATE cell SET n = n + 1")
            await stage.database.pool.execute("UPDATE projector SET updated = now()")
            assert await agreed(stage, projector, asked) != right
            await repair
            assert await agreed(stage, projector, asked) == right


async def test_too_much_to_keep_is_dropped_and_made_again(stage: Stage) -> None:
    told = story("azure-2021.jsonl")
    asked = {"indicator": "funnel", "as_of": LATER}
    async with stage.projecting() as projector:
        projector.at_hand = AtHand(most_changes=20)
        await stage.publish(rows(told[:200]))
        await stage.settled()
        await agreed(stage, projector, asked)
        await stage.publish(rows(told[200:205]))
        await stage.settled()
        await agreed(stage, projector, asked)
        made = projector.at_hand.made
        await stage.publish(rows(told[205:]))
        await stage.settled()
        await agreed(stage, projector, asked)
        assert projector.at_hand.made == made + 1
        projector.at_hand = AtHand(most_bytes=1)
        await agreed(stage, projector, asked)
        assert (projector.at_hand.size, projector.at_hand.made) == (0, 1)


async def test_a_process_that_does_not_project_keeps_what_has_not_changed(stage: Stage) -> None:
    told = story("azure-2021.jsonl")
    asked = {"indicator": "funnel", "as_of": LATER}
    async with stage.projecting() as projector, stage.projecting() as standby:

        def one_stands_by() -> bool:
            return [bool(each.checks()["projector"]) for each in (projector, standby)].count(False) >= 1

        await eventually(one_stands_by)
        await stage.publish(rows(told[:300]))
        await stage.settled()
        elsewhere = AtHand()
        for expected in (1, 1):
            kept, counted = await answers(stage, elsewhere, asked)
            assert kept == counted
            assert elsewhere.made == expected
        await stage.publish(rows(told[300:]))
        await stage.settled()
        kept, counted = await answers(stage, elsewhere, asked)
        assert kept == counted
        assert elsewhere.made == 2
