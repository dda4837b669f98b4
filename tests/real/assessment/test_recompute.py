"""Finished tests again from their answers and the bank they froze, bit for bit, also in a later release."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import Result
from typer.testing import CliRunner

from deploy.cli import app as cli
from services.assessment import frozen_banks
from services.assessment.api import sitting
from services.assessment.app import app
from services.assessment.items.loading import item_bank
from services.assessment.recompute import Recomputed, recompute
from services.assessment.state import APPLY
from services.assessment.tables import Table
from shared.contracts.intake import CitizenErased, CitizenRegistered
from shared.persistence import Database
from shared.problems import NotFound
from shared.web import Role
from tests.conftest import NewDatabase
from tests.item_answers import nothing, right, wrong
from tests.real.answers import done
from tests.real.assessment.measured import CITIZEN, reached
from tests.real.assessment.taking import Taking, offered
from tests.real.imported import same_when_imported
from tests.real.running_service import RunningService, differences, publish, running_service
from tests.real_machines import RealNats


async def again(service: RunningService) -> list[Recomputed]:
    """Every finished test, computed again."""
    database = Database(service.address, APPLY)
    await database.open()
    try:
        return [one async for one in recompute(database)]
    finally:
        await database.close()


async def tampered(service: RunningService, table: str, statement: str) -> None:
    """Change what can only be changed by someone who may switch triggers off."""
    await service.database.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER; {statement}")


async def mixed(test: Taking) -> Taking:
    """A test that is answered, skipped, paused and exchanged."""
    await test.begin()
    for choice in (right, wrong, nothing, right):
        await test.respond(choice)
    await test.post("pause", {})
    test.shown = done(await test.post("resume", {"device": "phone"}))
    await test.respond(wrong)
    await test.finish(right)
    return test


def newer_bank() -> Any:
    """The bank of a later release: every item is a little harder, and one is no longer asked."""
    bank = item_bank()
    items = [item.model_copy(update={"b": item.b + 0.2}) for item in bank.items]
    items[0] = items[0].model_copy(update={"state": "draft"})
    return replace(bank, version="2026.2", items=tuple(items))


class TestRecompute:
    async def test_what_was_told_comes_out_again(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        test = await mixed(await offered(assessment, caseworker))
        (found,) = await again(assessment)
        assert (str(found.test_id), found.answers, found.differences) == (test.test_id, len(test.asked), ())

    async def test_a_test_is_finished_and_computed_again_with_its_own_bank_after_a_release(
        self,
        assessment: RunningService,
        caseworker: httpx.AsyncClient,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        old = await (await offered(assessment, caseworker)).begin()
        await old.respond(right)
        question = old.shown["question"]
        newer = newer_bank()
        for module in (frozen_banks, sitting):
            monkeypatch.setattr(module, "item_bank", lambda: newer)
        assert (await old.look())["question"] == question
        result = await old.finish(right)
        assert result["bank_version"] == "2026.1"
        new = await (await offered(assessment, caseworker)).begin()
        assert (await new.finish(right))["bank_version"] == "2026.2"
        found = {one.bank_version: one.differences for one in await again(assessment)}
        assert found == {"2026.1": (), "2026.2": ()}
        assert await assessment.database.fetchval("SELECT count(*) FROM frozen_bank") == 2

    async def test_a_changed_answer_question_result_or_bank_is_found(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        await mixed(await offered(assessment, caseworker))
        entries = "UPDATE test_entry SET told = jsonb_set(told, '{right}', 'false') WHERE sequence = 3"
        await tampered(assessment, "test_entry", entries)
        (found,) = await again(assessment)
        named = {one.what: (one.told, one.found) for one in found.differences}
        (answered,) = (what for what in named if what.startswith("answer to "))
        assert named[answered] == (False, True)
        assert any(what.startswith("areas[") and what.endswith(".ability") for what in named)
        await tampered(assessment, "test_entry", entries.replace("'false'", "'true'"))
        (found,) = await again(assessment)
        assert found.differences == ()
        wider = """replace(body, '"level_high":', '"level_high":1')"""
        told = f"UPDATE event_log SET body = {wider} WHERE body LIKE '%finished%'"
        await tampered(assessment, "event_log", told)
        (found,) = await again(assessment)
        assert {one.what.partition(".")[2] for one in found.differences} == {"level_high"}
        bank = "UPDATE frozen_bank SET content = replace(content, '\"a\":1.2', '\"a\":1.3')"
        await tampered(assessment, "frozen_bank", bank)
        (found,) = await again(assessment)
        assert [one.what for one in found.differences] == ["bank"]

    async def test_the_command_says_so_in_words_in_json_and_by_its_exit_code(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LOEFT_PROFILE", "production")
        test = await mixed(await offered(assessment, caseworker))

        async def command(*words: str) -> Result:
            return await asyncio.to_thread(CliRunner().invoke, cli, ["assessment", "recompute", *words])

        good = await command(test.test_id)
        assert (good.exit_code, good.output) == (0, "1 tests computed again; 0 differ from what was told\n")
        assert json.loads((await command("--json")).output)[0]["differences"] == []
        changed = "UPDATE test_entry SET told = jsonb_set(told, '{right}', 'false') WHERE sequence = 3"
        await tampered(assessment, "test_entry", changed)
        bad = await command()
        assert bad.exit_code == 1
        assert f"{test.test_id} answer to {test.asked[0]}: told False, found True" in bad.output
        assert "1 tests computed again; 1 differ from what was told" in bad.output
        as_json = await command("--json")
        assert as_json.exit_code == 1
        assert json.loads(as_json.output)[0]["differences"][0]["what"] == f"answer to {test.asked[0]}"

    async def test_what_is_no_finished_test_is_said_to_be_none(self, assessment: RunningService) -> None:
        database = Database(assessment.address, APPLY)
        await database.open()
        try:
            with pytest.raises(NotFound, match="test-unknown"):
                _ = [one async for one in recompute(database, CITIZEN)]
        finally:
            await database.close()


class TestTheLog:
    async def test_answers_are_published_nowhere_and_cannot_be_changed(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, new_database: NewDatabase
    ) -> None:
        test = await mixed(await offered(assessment, caseworker))
        log = str(await assessment.log())
        assert not any(item in log for item in test.asked)
        for statement in (
            "UPDATE test_entry SET asks = NULL",
            "DELETE FROM test_entry",
            "UPDATE frozen_bank SET version = 'x'",
            "DELETE FROM frozen_bank",
            "TRUNCATE frozen_bank",
        ):
            with pytest.raises(Exception, match=r"append-only|does not change"):
                await assessment.database.execute(statement)
        tables = ("test_result", "area_result", "entity")
        await same_when_imported(assessment, await new_database("assessment"), APPLY, *tables)

    async def test_the_entries_give_the_session_again(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        await mixed(await offered(assessment, caseworker))
        rows = await assessment.database.fetch("SELECT told FROM test_entry ORDER BY sequence")
        kinds = [json.loads(row["told"])["kind"] for row in rows]
        assert kinds[:9] == [
            "offered", "begun", "answered", "answered", "skipped", "answered", "paused", "resumed", "answered",
        ]  # fmt: skip
        assert await assessment.database.fetchval("SELECT max(sequence) = count(*) FROM test_entry")

    async def test_an_erased_citizens_answers_are_gone(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, empty_bus: RealNats
    ) -> None:
        await mixed(await offered(assessment, caseworker, accessible=True))
        await offered(assessment, caseworker)
        await publish(empty_bus, CitizenErased(municipality="0101", citizen_id=CITIZEN), 2)
        await reached(assessment, "SELECT erased FROM known_citizen")
        for table in ("test_session", "test_entry", "test_need", "test_result"):
            assert await assessment.database.fetchval(f"SELECT count(*) FROM {table}") == 0, table

    async def test_an_answer_whose_reply_was_lost_in_a_crash_counts_once(
        self,
        new_database: NewDatabase,
        empty_bus: RealNats,
        own_directory: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        address = await new_database("assessment")
        async with running_service(app, address, empty_bus, own_directory, monkeypatch) as service:
            await publish(empty_bus, CitizenRegistered.example())
            await reached(service, "SELECT true FROM known_citizen")
            test = await (await offered(service, service.caller(Role.CASEWORKER))).begin()
            body, key = {"question": 1, "response": right(test.item)}, {"Idempotency-Key": "tap"}
            lost = done(await test.post("answers", body, **key))
        async with running_service(app, address, empty_bus, own_directory, monkeypatch) as service:
            assert done(await test.post("answers", body, **key)) == lost
            assert (await test.look())["left"] == 1

    async def test_the_migrated_tables_are_those_of_tables_py(self, assessment: RunningService) -> None:
        assert await differences(assessment.address, Table.metadata) == []
