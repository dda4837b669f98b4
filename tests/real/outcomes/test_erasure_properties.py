"""Random histories with erasures among them, folded by the projection on real PostgreSQL, against the reference."""

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
from services.outcomes.projection.projection import Projection
from services.outcomes.projection.recount import recount
from shared.persistence import Database
from shared.persistence.connection import OwnConnection
from tests.conftest import NewDatabase
from tests.real.outcomes.traces import traces
from tests.reference.comparison import Question, Row, ask, unlike
from tests.reference.erasure import as_it_stood, with_erasures
from tests.reference.histories import Event, delivered, history
from tests.reference.truth import DANISH, moment, name

pytestmark = pytest.mark.anyio


@pytest.fixture
async def connection(new_database: NewDatabase) -> AsyncIterator[OwnConnection]:
    database = Database(await new_database("outcomes"))
    await database.open()
    connection = await database.connect()
    yield connection
    await connection.close()
    await database.close()


def stream_of(random: Random) -> list[Event]:
    """A stream with erasures: as it was recorded, or in any order and some of it twice."""
    told = with_erasures(random, history(random, citizens=random.randint(2, 9)))
    return told if random.random() < 0.5 else delivered(random, told)


async def fold(random: Random, connection: OwnConnection, facts: list[Fact]) -> None:
    """Fold a stream as a projector may: in batches of any size, brought again, broken off, started anew, recounted."""
    projection = Projection()
    await projection.load(connection)
    place = 0
    while place < len(facts):
        batch = facts[place : place + random.choice([1, 7, 60, 400])]
        if random.random() < 0.2:  # broken off before the commit
            transaction = connection.transaction()
            await transaction.start()
            await projection.fold(connection, batch)
            await transaction.rollback()
            await projection.load(connection)
        async with connection.transaction():
            await projection.fold(connection, batch)
        place += len(batch)
        if random.random() < 0.2:  # the stream is read again from somewhere
            place = random.randint(0, place)
        if random.random() < 0.1:
            await recount(connection, (await projector_table.take_over(connection)).owner)
            await projection.load(connection)


async def rows_of(connection: OwnConnection, question: Question, known: date | None = None) -> list[Row]:
    rows: list[Row] = []
    for key, indicator in CATALOGUE.items():
        if set(question.by) <= set(indicator.dimensions):
            rows += await figures_of(
                connection, indicator=key, as_of=question.as_of, by=question.by, window=question.window, known=known
            )
    return rows


@pytest.mark.parametrize("seed", range(24))
async def test_the_erased_count_as_their_histories_stood(connection: OwnConnection, seed: int) -> None:
    random = Random(seed)
    stream = stream_of(random)
    counting, erased = as_it_stood(stream)
    assert erased
    await fold(random, connection, facts_of(stream))
    for _ in range(2):
        question = ask(random, counting)
        assert unlike(await rows_of(connection, question), counting, question) == []
    assert {row["entity"] for row in await connection.fetch("SELECT entity FROM erased")} == {
        f"citizen/{citizen}" for citizen in erased
    }
    for citizen in erased:
        assert await traces(connection, citizen) == {"erased": 1}
    await recount(connection, (await projector_table.take_over(connection)).owner)
    assert unlike(await rows_of(connection, question), counting, question) == []


@pytest.mark.parametrize("seed", range(100, 112))
async def test_what_was_known_earlier_leaves_the_erased_as_they_stood(connection: OwnConnection, seed: int) -> None:
    """What was recorded of the others by a day, and all that the erased count: theirs cannot be taken apart again."""
    random = Random(seed)
    stream = stream_of(random)
    counting, erased = as_it_stood(stream)
    await fold(random, connection, facts_of(stream))
    days = sorted({recorded_on(event) for event in stream})
    offered = max(recorded_on(event) for event in stream if name(event) in ("course-offered", "cohort-opened"))
    for _ in range(2):
        known = random.choice([day for day in days if day >= offered])  # a course must be known to be counted by
        then = [event for event in counting if recorded_on(event) <= known or names(event) & erased]
        question = ask(random, counting)
        assert unlike(await rows_of(connection, question, known), then, question) == []


def test_streams_have_erasures_of_every_sort() -> None:
    """Before any fact, twice, after a merge, and merged after it, of who was kept and of who was merged."""
    found = set()
    for seed in range(24):
        stream = stream_of(Random(seed))
        for place, event in enumerate(stream):
            if name(event) == "citizen-erased":
                before = [e for e in stream[:place] if names(e) & names(event)]
                after = [e for e in stream[place:] if names(e) & names(event)]
                found |= set() if before else {"before any fact"}
                found |= {"twice"} if any(name(e) == "citizen-erased" for e in before) else set()
                found |= {"after a merge"} if any(name(e) == "citizens-merged" for e in before) else set()
                citizen = event["data"]["citizen_id"]
                for later in (e for e in after if name(e) == "citizens-merged"):
                    found.add("kept later" if later["data"]["citizen_id"] == citizen else "merged later")
    assert found == {"before any fact", "twice", "after a merge", "kept later", "merged later"}


def facts_of(stream: list[Event]) -> list[Fact]:
    return [fact_from_json(json.dumps(event)) for event in stream]


def recorded_on(event: Event) -> date:
    return moment(event["recordedtime"]).astimezone(DANISH).date()


def names(event: Event) -> set[Any]:
    return {event["data"].get("citizen_id"), event["data"].get("merged_id")} - {None}
