"""Calibration reads the service's own log: what was answered and counts. It writes only what is asked for."""

import asyncio
import json
import tomllib
from collections import Counter
from pathlib import Path

import httpx
import pytest
from click.testing import Result
from typer.testing import CliRunner

from deploy.cli import app as cli
from services.assessment.calibration.answered import answered
from services.assessment.items.loading import DIRECTORY, item_bank
from services.assessment.state import APPLY
from shared.persistence import Database
from shared.web import Role
from tests.item_answers import nothing, right, wrong
from tests.real.answers import done
from tests.real.assessment.taking import Taking, offered
from tests.real.running_service import RunningService


async def sat(assessment: RunningService, **given: str) -> Taking:
    """A finished test with a skip in it."""
    test = await (await offered(assessment, assessment.caller(Role.CASEWORKER))).begin(**given)
    for choice in (right, wrong, nothing, right):
        await test.respond(choice)
    await test.finish(right)
    return test


async def test_each_answer_that_counts_is_read_once(assessment: RunningService, caseworker: httpx.AsyncClient) -> None:
    one = await sat(assessment)
    two = await sat(assessment, device="phone", language="en")
    stopped = await (await offered(assessment, caseworker)).begin()
    await stopped.respond(wrong)
    done(await stopped.post("abandon", {}))
    running = await (await offered(assessment, caseworker)).begin()
    await running.respond(right)
    gone = next(item for item in one.asked if item not in stopped.asked)  # or nothing would be left of hers
    done(await assessment.caller(Role.MANAGER).post(f"/bank/items/{gone}/neutralise", json={"reason": "To svar"}))
    database = Database(assessment.address, APPLY)
    await database.open()
    try:
        found = await answered(database, item_bank())
    finally:
        await database.close()
    told = {found.ids[place]: int(times) for place, times in enumerate(found.times) if times}
    answers = [item for test in (one, two) for place, item in enumerate(test.asked) if place != 2]
    expected = Counter([*answers, *stopped.asked])
    del expected[gone]
    assert told == expected
    assert found.persons == 3
    assert sorted(found.traits["device"]) == ["computer", "computer", "phone"]
    assert sorted(found.traits["language"]) == ["da", "da", "en"]
    wrongs = {one.asked[1], two.asked[1], stopped.asked[0]} - {gone}
    assert {found.ids[item] for item, solved in zip(found.item, found.right, strict=True) if not solved} == wrongs


async def test_the_command_proposes_and_writes_only_a_new_file(
    assessment: RunningService, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LOEFT_PROFILE", "production")

    async def command(*words: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, cli, ["bank", "calibrate", *words])

    empty = await command()
    assert empty.exit_code == 1
    test = await sat(assessment)
    file = tmp_path / "proposed.toml"
    written = await command("--out", str(file), "--json")
    assert written.exit_code == 0, written.output
    told, proposed = json.loads(written.output), tomllib.loads(file.read_text(encoding="utf-8"))
    assert (told["people"], told["answers"], proposed["answers"]) == (1, len(test.asked) - 1, len(test.asked) - 1)
    assert [item["id"] for item in proposed["item"]] == [item["id"] for item in told["items"]]
    assert not any(item["enough"] for item in told["items"])
    assert all("a" not in item for item in proposed["item"]), "nothing is estimated of one answer"
    before = file.read_bytes()
    for place in (file, DIRECTORY / "proposed.toml"):
        refused = await command("--out", str(place))
        assert (refused.exit_code, "is not written" in refused.output) == (1, True)
    assert file.read_bytes() == before
    in_words = (await command()).output
    assert f"1 tests with {len(test.asked) - 1} answers: 0 of {len(told['items'])} items have enough" in in_words
    assert "device: 0 items have answers enough to be compared" in in_words
