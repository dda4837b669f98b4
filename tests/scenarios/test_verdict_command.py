"""A pilot by ``loeft effect``: of a running stack from the cells, of a stopped one from the logs, in the same words."""

import asyncio
import json
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Any

import pytest

from tests.real.pilot_story import AS_OF, KNOWN, TARGETS, late_pilot
from tests.real_machines import machine_directory
from tests.scenarios.stack import LOEFT, REPOSITORY, loeft, own_env, running_stack

pytestmark = pytest.mark.timeout(180)  # a whole stack is started and stopped

SHOWN = ("effect", "verdicts", "--as-of", str(AS_OF))
STOP = "Digital lager: Stop: 24 af 30 planlagte er målt. 2 af dem (8,3 %) nåede målet. "
NOT_YET = "Digital lager: Kan ikke afgøres endnu: ingen af 30 planlagte er målt. 12 mere er målt, men venter på "
DAYS = ("2026-04-19", "2026-05-04")
TARGET = ("effect", "show", "--as-of", str(AS_OF), "--indicator", "mikrosprint_job")


async def told(directory: Path, *options: str) -> str:
    """What the command prints."""
    return (await loeft(*SHOWN, *options, "--data", str(directory))).decode()


async def as_json(directory: Path, *options: str) -> list[dict[str, Any]]:
    """What it prints for programs."""
    found: list[dict[str, Any]] = json.loads(await told(directory, *options, "--json"))
    return found


async def all_that_is_told(directory: Path) -> dict[str, Any]:
    """Words and rows, as known on every day, and of other municipalities and days."""
    answers: dict[str, Any] = {known: await as_json(directory, "--known", known) for known in DAYS}
    answers["all"] = await as_json(directory)
    answers["words"] = await told(directory)
    answers["words then"] = await told(directory, "--known", "2026-04-19")
    answers["elsewhere"] = await told(directory, "--municipality", "0370")
    answers["target then"] = await target(directory, "--known", "2026-05-10")
    return answers


async def target(directory: Path, *options: str) -> float | None:
    """The target of the year beside the mikrosprint's jobs."""
    (row,) = json.loads(await loeft(*TARGET, *options, "--data", str(directory), "--json"))
    found: float | None = row["target"]
    return found


async def test_verdicts_of_a_running_and_of_a_stopped_stack() -> None:
    with machine_directory() as directory:
        async with running_stack(directory / "loeft") as stack:
            await stack.import_(late_pilot("0101"))
            running = await all_that_is_told(stack.directory)
        stopped = await all_that_is_told(stack.directory)
    assert stopped == running
    assert running["target then"] == TARGETS["2026-05-10"]
    for known in DAYS:
        n, successes, waiting, unsettled, decisions = KNOWN[known]
        (one,) = running[known]
        assert (one["n"], one["successes"], one["waiting"], one["unsettled"]) == (n, successes, waiting, unsettled)
        assert (one["as_known"], len(one["decisions"])) == (known, decisions)
    (one,) = running["all"]
    assert (one["n"], one["successes"], one["verdict"], one["as_known"]) == (24, 2, "stop", None)
    assert running["words"].startswith(STOP)
    assert running["words then"].startswith(NOT_YET)
    assert running["elsewhere"] == "No pilot was registered by then.\n"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--as-of", "31/3-2026"), "'31/3-2026' does not match the formats '%Y-%m-%d'"),
        (("--known", "2026-02-30"), "'2026-02-30' does not match the formats '%Y-%m-%d'"),
        (("--data", "/nowhere/at/all"), "There is no data directory at"),
        (("--by", "course"), "No such option: --by"),
    ],
)
async def test_what_cannot_be_answered_is_said(wrong: tuple[str, str], said: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *LOEFT,
        "effect",
        "verdicts",
        *wrong,
        cwd=REPOSITORY,
        env=own_env() | {"COLUMNS": "200"},
        stdout=PIPE,
        stderr=PIPE,
    )
    printed, errors = await process.communicate()
    assert process.returncode not in (None, 0)
    assert printed == b""
    assert said in errors.decode()
