"""Published documents on real NATS and PostgreSQL: in each stand the figures that are given to whoever asks."""

import json
from collections.abc import AsyncIterator
from datetime import date
from random import Random
from typing import Any

import pytest
from nats.js.errors import KeyNotFoundError

from services.outcomes.effect.figures import figures
from services.outcomes.effect.references import References
from services.outcomes.effect_queries import figures_of
from services.outcomes.projection.fact_table import reference_facts
from services.outcomes.projection.histories import decoded
from services.outcomes.projection.recount import recount_now
from shared.clock import danish_day, now
from shared.messaging.cloudevents import decode
from tests.conftest import NewDatabase
from tests.real.projecting import Stage
from tests.real.story import rows
from tests.real_machines import RealNats
from tests.reference.histories import delivered, history
from tests.waiting import eventually

pytestmark = pytest.mark.anyio

HERE = "0101"
OF_AN_EFFORT = ["funnel", "mikrosprint_job", "it_course_job", "upskilled_praktik", "moved_on"]
OF_A_MUNICIPALITY = [
    ["agreements"], ["mikrosprint_job"], ["it_course_job"], ["upskilled_praktik"], ["moved_on"], ["service_goal"],
    ["reach"], ["reach", "target_group"],
]  # fmt: skip
"""What integration.md promises of the two, each indicator with its cut."""


@pytest.fixture
async def stage(empty_bus: RealNats, new_database: NewDatabase) -> AsyncIterator[Stage]:
    async with Stage.on(empty_bus.url, await new_database("outcomes")) as stage:
        yield stage


async def document(stage: Stage, key: str) -> dict[str, Any]:
    """What stands in the bucket under a key; nothing when there is nothing yet."""
    bucket = await stage.bus.jetstream().key_value(stage.settings.bucket)
    try:
        found: dict[str, Any] = json.loads((await bucket.get(key)).value or b"{}")
    except KeyNotFoundError:
        return {"as_of": date.min.isoformat(), "rows": []}
    return found


async def courses(stage: Stage) -> list[str]:
    """The courses that this municipality offers."""
    async with stage.database.pool.acquire() as connection:
        known = References.of(decoded(await reference_facts(connection)))
    return [course.id for course in known.courses.values() if course.municipality == HERE]


async def asked(stage: Stage, indicator: str, *by: str, as_of: date) -> list[dict[str, Any]]:
    """The rows that somebody is given who asks, counted from the tables."""
    async with stage.database.pool.acquire() as connection:
        return await figures_of(connection, indicator=indicator, by=by, as_of=as_of, municipality=HERE)


async def of_effort(stage: Stage, course: str, as_of: date) -> list[dict[str, Any]]:
    """The rows of a course, as they stand among those of all courses."""
    found: list[dict[str, Any]] = []
    for indicator in OF_AN_EFFORT:
        of_all = await asked(stage, indicator, "course", as_of=as_of)
        mine = [row | {"dimensions": {}} for row in of_all if row["dimensions"] == {"course": course}]
        nobody = [figure.row() for figure in figures([], References(), indicator=indicator, as_of=as_of)]
        found += mine or nobody
    return found


async def agree(stage: Stage) -> tuple[int, int]:
    """Whether all documents say what the tables give; how many efforts there are, and how many people they count."""
    here = await document(stage, f"municipality.{HERE}")
    day = date.fromisoformat(here["as_of"])
    expected = [row for indicator, *by in OF_A_MUNICIPALITY for row in await asked(stage, indicator, *by, as_of=day)]
    assert here["rows"] == expected
    assert all(row["target"] == 7 and "reached" in row for row in here["rows"][:4])
    efforts, people = await courses(stage), 0
    for course in efforts:
        effort = await document(stage, f"effort.{HERE}.{course}")
        assert effort["rows"] == await of_effort(stage, course, date.fromisoformat(effort["as_of"])), course
        people += sum(row["numerator"] for row in effort["rows"] if row["indicator"] == "funnel")
    return len(efforts), people


async def set_targets(stage: Stage) -> None:
    """The four targets of this year and of the next, for whoever looks past midnight of New Year's Eve."""
    year = danish_day(now()).year
    for indicator, *_ in OF_A_MUNICIPALITY[:4]:
        for period in (str(year), str(year + 1)):
            await stage.database.pool.execute(
                "INSERT INTO target (municipality, indicator, period, value) VALUES ($1, $2, $3, 7)",
                HERE, indicator, period,
            )  # fmt: skip
            await stage.database.pool.execute(
                "INSERT INTO target_setting (municipality, indicator, period, sequence, recorded, value)"
                " VALUES ($1, $2, $3, 1, $4, 7)", HERE, indicator, period, now(),
            )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
async def test_say_what_is_given_to_whoever_asks(stage: Stage, seed: int) -> None:
    """While events come in any order, also after a recount and a rebuild by another process."""
    random = Random(seed)
    told = [decode(json.dumps(event)) for event in delivered(random, history(random, citizens=12))]
    third = len(told) // 3
    await set_targets(stage)
    async with stage.projecting():
        for part in (told[:third], told[third : 2 * third], told[2 * third :]):
            await stage.publish(rows(part))
            await stage.settled()
            efforts, people = await eventually(lambda: agree(stage), what="the documents")
            await (recount_now(stage.database) if part is told[:third] else stage.rebuilt(swap=True))
    assert efforts
    assert people > 5
