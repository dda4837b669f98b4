"""What is published of consecutive quarters: releases made through the service itself, and attacked; who gets what."""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest

from services.outcomes import releases
from services.outcomes.effect.quarters import last_finished
from shared.clock import danish_day, now
from shared.web import Role
from tests.real.answers import refused
from tests.real.outcomes.jobcenter import Jobcenter
from tests.real.outcomes.sprints import GROUPS, HERE, INDICATOR, LEVELS, Person, Sprints
from tests.real.running_service import RunningService
from tests.unit.outcomes.effect.attacker import Attacker, Cell, Numbers, Place, Town

K = 5
QUARTERS = [date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)]
DIMENSIONS = ("course", "target_group", "education_level")


async def rows(caller: httpx.AsyncClient, by: str = "", **more: Any) -> list[dict[str, Any]]:
    """The figures that a caller is given."""
    answer = await caller.get("/effect", params={"indicator": INDICATOR, "by": by, **more})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def make(outcomes: RunningService, day: date) -> bool:
    """The release of a quarter is made."""
    async with outcomes.database.transaction():
        return await releases.make(outcomes.database, HERE, INDICATOR, day, k=K, now=now())


async def numbers(analyst: httpx.AsyncClient, quarter: date) -> Numbers:
    """What is told anew as of a quarter, in every answer that there is."""
    found: dict[Place, Mapping[str, int]] = {}
    for place, by in enumerate(("", *DIMENSIONS)):
        answer = await analyst.get("/effect", params={"indicator": INDICATOR, "by": by, "as_of": str(quarter)})
        if answer.status_code == 409:
            refused(answer, 409, "too-few-persons")
            continue
        for row in answer.json():
            if row["as_of"] == str(quarter):
                told = {"job": row["numerator"], "none": row["denominator"] - row["numerator"]}
                found[(place - 1, row["dimensions"][by]) if by else None] = told
    return found


@pytest.fixture
def manager(outcomes: RunningService) -> httpx.AsyncClient:
    """She sees true counts."""
    return outcomes.caller(Role.MANAGER)


@pytest.fixture
def analyst(outcomes: RunningService) -> httpx.AsyncClient:
    """She sees what is published."""
    return outcomes.caller(Role.ANALYST)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("seed", [1, 2])
async def test_nobody_is_found_in_all_that_is_published_of_four_quarters(
    outcomes: RunningService, jobcenter: Jobcenter, manager: httpx.AsyncClient, analyst: httpx.AsyncClient, seed: int
) -> None:
    """The attacker's truth is counted from the lives that were made up, not from what the service says."""
    sprints = Sprints(seed)
    there = Town([[*sprints.courses, "?"], [*GROUPS, "?"], [*LEVELS, "?"]], len(QUARTERS), ["job", "none"])
    sprints.live(date(2024, 1, 8), date(2024, 9, 1), 160)
    published, before = [], dict[int, str | None]()
    for number, quarter in enumerate(QUARTERS):
        await sprints.heard(jobcenter)
        assert await make(outcomes, quarter)
        counted = Counter(person.outcome(quarter) for person in sprints.people)
        (true,) = await rows(manager, as_of=str(quarter))
        assert (true["numerator"], true["denominator"]) == (counted["job"], counted["job"] + counted["none"])
        for place, person in enumerate(sprints.people):
            now_so, then_so = person.outcome(quarter), before.get(place)
            if now_so != then_so:
                _count(there.gone, person, number, then_so)
                _count(there.come, person, number, now_so)
            before[place] = now_so
        published.append(await numbers(analyst, quarter))
        sprints.live(quarter - timedelta(days=190), quarter - timedelta(days=110), (40, 9, 60)[number % 3])
        sprints.live(quarter - timedelta(days=300), quarter - timedelta(days=250), (3, 12, 1)[number % 3])  # told late
        sprints.correct(quarter + timedelta(days=80), (1, 0, 7)[number % 3])
    assert sum(map(len, published)) > 8, "something is told"
    assert Attacker(there, published, K).found() == []


def _count(cells: dict[Cell, int], person: Person, quarter: int, outcome: str | None) -> None:
    if outcome is not None:
        cell = (*person.at, str(quarter), outcome)
        cells[cell] = cells.get(cell, 0) + 1


async def test_a_release_stays_as_it_is_and_the_next_one_has_what_was_corrected(
    outcomes: RunningService, jobcenter: Jobcenter, manager: httpx.AsyncClient, analyst: httpx.AsyncClient
) -> None:
    sprints = Sprints(3)
    sprints.live(date(2024, 1, 8), date(2024, 6, 28), 120)
    await sprints.heard(jobcenter)
    assert await make(outcomes, QUARTERS[0])
    (first,) = await rows(analyst, as_of="2025-03-31")
    assert (first["as_of"], first["as_known"]) == ("2025-03-31", str(danish_day(now())))
    assert first["denominator"] == 120
    assert "so_far" not in first, "what is not mature is for internal use"
    sprints.correct(date(2025, 6, 1), 10)
    await sprints.heard(jobcenter)
    (true,) = await rows(manager, as_of="2025-03-31")
    assert true["numerator"] <= first["numerator"] - 5
    assert await make(outcomes, QUARTERS[0]), "it is there"
    assert await rows(analyst, as_of="2025-03-31") == [first]
    assert await rows(manager, as_of="2025-03-31", published="true") == [first]
    assert await make(outcomes, QUARTERS[1])
    (second,) = await rows(analyst, as_of="2025-06-30")
    assert (second["as_of"], second["numerator"]) == ("2025-06-30", true["numerator"])
    sprints.live(date(2024, 3, 1), date(2024, 3, 31), 3)
    await sprints.heard(jobcenter)
    assert await make(outcomes, QUARTERS[2])
    assert await rows(analyst, as_of="2025-09-30") == [second], "3 who came are not told: it stands"
    told = refused(
        await analyst.get("/effect", params={"indicator": INDICATOR, "as_of": "2024-12-31"}), 409, "day-not-published"
    )
    assert told["allowed"] == [*map(str, QUARTERS[:3]), str(last_finished(danish_day(now())))]


async def test_whoever_asks_first_has_the_release_of_the_last_quarter_made(
    outcomes: RunningService, jobcenter: Jobcenter, analyst: httpx.AsyncClient
) -> None:
    question = {"indicator": INDICATOR}
    refused(await analyst.get("/effect", params=question), 409, "too-few-persons")
    assert await outcomes.database.fetchval("SELECT count(*) FROM release") == 0, "nothing is kept of nobody"
    sprints = Sprints(4)
    sprints.live(date(2024, 1, 8), date(2024, 6, 28), 80)
    await sprints.heard(jobcenter)
    one, other = await asyncio.gather(rows(analyst), rows(analyst))
    newest = last_finished(danish_day(now()))
    assert one == other
    assert (one[0]["as_of"], one[0]["denominator"]) == (str(newest), 80)
    assert await outcomes.database.fetch("SELECT day FROM release") == [(newest,)]
    with pytest.raises(Exception, match="release-too-late"):
        await make(outcomes, QUARTERS[0])


@pytest.mark.parametrize(
    ("question", "code", "allowed"),
    [
        ({"as_of": "2025-02-17"}, "day-not-published", str(last_finished(danish_day(now())))),
        ({"window": "91"}, "window-not-published", 182),
        ({"by": "cohort"}, "cut-not-published", "course"),
        ({"by": "course,target_group"}, "cut-not-published", "target_group"),
        ({"indicator": "funnel"}, "indicator-not-published", INDICATOR),
        ({"indicator": "gain"}, "cut-not-published", "area"),
        ({"known": "2025-05-01"}, "known-not-published", None),
    ],
)
async def test_what_is_not_published_is_refused_with_what_is(
    analyst: httpx.AsyncClient, manager: httpx.AsyncClient, question: dict[str, str], code: str, allowed: Any
) -> None:
    asked = {"indicator": INDICATOR, **question}
    told = refused(await analyst.get("/effect", params=asked), 409, code)
    assert allowed is None or allowed in told["allowed"]
    refused(await manager.get("/effect", params=asked | {"format": "csv", "published": "true"}), 409, code)
    assert (await manager.get("/effect", params=asked)).status_code == 200, "who works with the citizens may ask"


@pytest.mark.timeout(180)  # the command is a process of its own, and imports every service
async def test_the_command_makes_the_releases_of_a_quarter(
    outcomes: RunningService, jobcenter: Jobcenter, analyst: httpx.AsyncClient
) -> None:
    sprints = Sprints(5)
    sprints.live(date(2024, 1, 8), date(2024, 6, 28), 80)
    await sprints.heard(jobcenter)

    async def command(*arguments: str) -> tuple[int, str]:
        environment = os.environ | {
            "LOEFT_PROFILE": "production",
            "LOEFT_DATABASE_URL": outcomes.address,
            "LOEFT_ALLOW_UNSAFE_DURABILITY": "true",
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "from deploy.cli import main; main()", "release", "make", *arguments,
            env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        said, _ = await process.communicate()
        return process.returncode or 0, said.decode()

    code, said = await command("--quarter", "2025-Q2")
    assert code == 0, said
    assert said.startswith("0101 as of 2025-06-30: mikrosprint_job, ")
    assert "too few persons yet for upskilled_praktik, gain, self_reliance" in said
    made = await outcomes.database.fetchval("SELECT max(made_at) FROM release")
    assert datetime.now(UTC) - made < timedelta(minutes=2)
    (row,) = await rows(analyst, as_of="2025-06-30")
    assert row["denominator"] == 80
    code, said = await command("--quarter", "2025-05-31")
    assert code == 1, said
    assert "Write it as 2026-Q1" in said
