"""`loeft up --demo`: a jobcenter at work that the APIs can act on, loaded once."""

import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deploy import demonstration
from deploy.demonstration import loading, year
from deploy.events_file import CHUNK
from tests.real_machines import machine_directory
from tests.scenarios.stack import RunningStack, running_stack

pytestmark = pytest.mark.timeout(300)  # the first test starts a stack twice, and loads the year

HERE = "0101"
LOADED = re.compile(r"loaded (\d+) events of a made-up year \((\d+) were there\)")
FROM_STORIES = 2021
"""The year of the stories of the source documents, which are in the same municipality."""


def loaded(stack: RunningStack) -> tuple[int, int]:
    """How many events of the year it says it has stored, and how many were there."""
    found = LOADED.search(stack.output.read_text(encoding="utf-8"))
    assert found
    return int(found[1]), int(found[2])


@pytest.fixture(scope="module")
async def starts(anyio_backend: object) -> AsyncIterator[tuple[RunningStack, list[tuple[int, int]]]]:
    """The second start on one directory, with what both said."""
    with machine_directory() as directory:
        async with running_stack(directory / "loeft", "--demo") as stack:
            said = [loaded(stack)]
        async with running_stack(directory / "loeft", "--demo") as stack:
            said.append(loaded(stack))
            await stack.settled()
            await stack.let_in(HERE)
            yield stack, said


@pytest.fixture(scope="module")
def stack(starts: tuple[RunningStack, list[tuple[int, int]]]) -> RunningStack:
    return starts[0]


@pytest.fixture(scope="module")
async def told(stack: RunningStack) -> list[dict[str, Any]]:
    """The year as an export has it."""
    events = [json.loads(line) for line in await stack.exported(HERE)]
    return [event for event in events if int(event["time"][:4]) > FROM_STORIES]


def named(told: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [event["data"] for event in told if event["type"].split(".")[3] == name]


async def test_a_second_start_loads_nothing_again(
    starts: tuple[RunningStack, list[tuple[int, int]]], told: list[dict[str, Any]]
) -> None:
    (first, before), (second, there) = starts[1]
    assert (before, second) == (0, 0)
    assert first == there == len([event for event in told if "job-profile" not in event["type"]]) > 10_000


async def test_a_citizen_of_the_year_is_invited_to_one_of_its_cohorts(
    stack: RunningStack, told: list[dict[str, Any]]
) -> None:
    courses = stack.client("courses", HERE)
    today = max(event["recordedtime"] for event in told)[:10]
    cohort = next(one for one in named(told, "cohort-opened") if one["starts"] > today)
    left = {one["citizen_id"] for one in named(told, "citizen-left")}
    invited = {one["citizen_id"] for one in named(told, "citizen-invited") if one["cohort_id"] == cohort["cohort_id"]}
    merged = {one["merged_id"] for one in named(told, "citizens-merged")}
    citizen = next(
        one["citizen_id"]
        for one in reversed(named(told, "citizen-registered"))
        if one["citizen_id"] not in left | invited | merged
    )
    read = (await courses.get(f"/cohorts/{cohort['cohort_id']}")).json()
    assert read["invited"] == len(invited)
    answer = await courses.post(f"/cohorts/{cohort['cohort_id']}/invitations", json={"citizen_ids": [citizen]})
    assert answer.is_success, answer.text
    assert (await courses.get(f"/cohorts/{cohort['cohort_id']}")).json()["invited"] == len(invited) + 1


async def test_contacts_wait_and_one_is_answered(stack: RunningStack, told: list[dict[str, Any]]) -> None:
    outcomes = stack.client("outcomes", HERE)
    answered = {one["contact_id"] for one in named(told, "company-answered")}
    waiting = {one["contact_id"] for one in named(told, "company-asked")} - answered
    assert len(waiting) == 6

    async def open_ones() -> set[str]:
        contacts = (await outcomes.get("/contacts")).json()
        return {one["contact_id"] for one in contacts if one["answered"] is None}

    assert await open_ones() == waiting
    contact = waiting.pop()
    assert (await outcomes.post(f"/contacts/{contact}/answer", json={})).is_success
    assert await open_ones() == waiting


async def test_the_pilot_is_decided_on_the_verdict_that_a_count_by_hand_gives(
    stack: RunningStack, told: list[dict[str, Any]]
) -> None:
    (pilot,) = named(told, "pilot-opened")
    own = {one["citizen_id"] for one in named(told, "participation-started") if one["course_id"] == pilot["course_id"]}
    jobs = {one["citizen_id"] for one in named(told, "placement-started") if one["kind"] == "ordinary"}
    (verdict,) = [
        one
        for one in (await stack.client("outcomes", HERE).get("/effect/verdicts")).json()
        if one["pilot_id"] == pilot["pilot_id"]
    ]
    assert (verdict["n"], verdict["successes"], verdict["unsettled"]) == (12, len(own & jobs), 0)
    decision = {"decision": "widen", "verdict": verdict["verdict"], "reason": "De fleste kom i job"}
    courses = stack.client("courses", HERE)
    assert (await courses.post(f"/pilots/{pilot['pilot_id']}/decide", json=decision)).is_success
    assert (await courses.get(f"/pilots/{pilot['pilot_id']}")).json()["state"] == "widened"


async def test_referrals_of_the_year_wait_as_counted(stack: RunningStack, told: list[dict[str, Any]]) -> None:
    answered = {one["referral_id"] for one in named(told, "referral-answered")}
    waiting = Counter(one["citizen_id"] for one in named(told, "referral-made") if one["referral_id"] not in answered)
    assert len(waiting) >= 3
    for citizen, count in waiting.most_common(3):
        read = (await stack.client("intake", HERE).get(f"/citizens/{citizen}/referrals")).json()
        assert sum(one["answer"] is None for one in read) == count


async def test_a_load_that_was_interrupted_goes_on_where_it_was(
    stack: RunningStack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of the same moment, though it is tried again later: nothing is told twice."""
    monkeypatch.setattr(loading, "year", lambda now, municipality: year(now, municipality)[:FEW])
    first = datetime(2026, 5, 1, 9, tzinfo=UTC)
    later = first + timedelta(days=3)
    with pytest.raises(Interrupted):
        await demonstration.load(stack.databases, tmp_path, first, ELSEWHERE, interrupted)
    rest = await demonstration.load(stack.databases, tmp_path, later, ELSEWHERE, silent)
    assert rest.known == CHUNK, "one chunk was stored before"
    assert rest.stored == FEW - CHUNK
    again = await demonstration.load(stack.databases, tmp_path, later, ELSEWHERE, silent)
    assert (again.stored, again.known) == (0, FEW)
    assert len(await stack.exported(ELSEWHERE)) == FEW


ELSEWHERE = "0773"
FEW = 900


class Interrupted(Exception):
    """Somebody pressed Ctrl-C."""


@contextmanager
def silent(what: str, total: int) -> Iterator[Callable[[int], None]]:
    yield lambda done: None


@contextmanager
def interrupted(what: str, total: int) -> Iterator[Callable[[int], None]]:
    def stop(done: int) -> None:
        raise Interrupted

    yield stop
