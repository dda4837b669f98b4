"""A faulty item: running tests do not ask it, and every result that it touched is told anew, once, whatever happens."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from deploy.cli import app as cli
from services.assessment import neutralised, session_log
from services.assessment.app import app
from services.assessment.frozen_banks import frozen_test
from services.assessment.items.loading import item_bank
from services.assessment.recompute import recompute
from services.assessment.rescoring import rescore_all, rescore_next
from services.assessment.rules import sitting
from services.assessment.state import APPLY
from shared.clock import now
from shared.contracts.intake import CitizenErased, CitizenRegistered
from shared.persistence import Database, Origin
from shared.web import Principal, Role
from tests.conftest import NewDatabase
from tests.item_answers import Choice, nothing, right, wrong
from tests.real.answers import done, refused
from tests.real.assessment.measured import CITIZEN, published, reached
from tests.real.assessment.taking import Taking, offered
from tests.real.imported import same_when_imported
from tests.real.running_service import RunningService, publish, running_service
from tests.real_machines import RealNats
from tests.waiting import eventually

WHY = {"reason": "To svar er rigtige"}


@asynccontextmanager
async def opened(service: RunningService) -> AsyncIterator[Database]:
    """The service's database, as another copy of it has it open."""
    database = Database(service.address, APPLY)
    await database.open()
    try:
        yield database
    finally:
        await database.close()


async def sat(service: RunningService, choice: Choice = right) -> Taking:
    """A finished test."""
    test = await (await offered(service, service.caller(Role.CASEWORKER))).begin()
    await test.finish(choice)
    return test


async def neutralise(service: RunningService, item: str) -> dict[str, object]:
    """The manager does it."""
    return done(await service.caller(Role.MANAGER).post(f"/bank/items/{item}/neutralise", json=WHY))


async def settled(service: RunningService) -> dict[str, dict[str, int]]:
    """What became of it once nothing is left, by item."""

    async def nothing_left() -> tuple[list[dict[str, Any]]] | None:
        told = (await service.caller(Role.MANAGER).get("/bank/neutralised")).json()
        return None if any(one["left"] for one in told) else (told,)

    (told,) = await eventually(nothing_left, what="every test is computed anew")
    return {one["item"]: one for one in told}


async def differing(service: RunningService) -> list[object]:
    """What does not come out again."""
    async with opened(service) as database:
        return [one.differences for one in [one async for one in recompute(database)] if one.differences]


class TestFinishedTests:
    async def test_the_result_is_told_anew_with_old_and_new_levels_and_comes_out_again(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, new_database: NewDatabase
    ) -> None:
        test = await sat(assessment)
        before = done(await test.client.get(f"/sessions/{test.test_id}/result"))
        area = item_bank().item(test.scored[0]).area
        faulty = [item for item in test.scored if item_bank().item(item).area == area]
        for item in faulty:
            await neutralise(assessment, item)
        told = await settled(assessment)
        assert {item: (one["touched"], one["rescored"]) for item, one in told.items()} == dict.fromkeys(faulty, (1, 1))
        started, finished, *rescored = await assessment.log(f"citizen/{CITIZEN}")
        assert [one.name for one in (started, finished)] == ["test-started", "test-finished"]
        assert {one.name for one in rescored} == {"result-rescored"}
        assert [one.data["items"] for one in rescored] == [len(test.scored) - n for n in range(1, len(faulty) + 1)]
        levels = [
            [{"area": one["area"], "level": one["level"]} for one in told.data["areas"]]
            for told in (finished, *rescored)
        ]
        assert [one.data["before"] for one in rescored] == levels[:-1]
        moved = sum(one != two for one, two in pairwise(levels))
        assert sum(one["moved"] for one in told.values()) == moved
        after = done(await test.client.get(f"/sessions/{test.test_id}/result"))
        assert {one["area"] for one in after["areas"] if not one["measured"]} == {area}
        assert (after["finished_at"], len(after["areas"])) == (before["finished_at"], 5)
        assert await differing(assessment) == []
        tables = ("test_result", "area_result", "entity")
        await same_when_imported(assessment, await new_database("assessment"), APPLY, *tables)

    async def test_gaps_that_rested_on_it_are_found_anew_and_no_others(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient
    ) -> None:
        test = await sat(assessment)
        number = item_bank().item(test.scored[0]).area
        faulty = [item for item in test.scored if item_bank().item(item).area == number]
        touched, closed = [await published(desk, (number, level)) for level in (1, 2)]

        async def gaps() -> dict[str, dict[str, Any]]:
            listed = await caseworker.get(f"/citizens/{CITIZEN}/gaps")
            return {gap["profile_id"]: gap for gap in listed.json()}

        for profile in (touched, closed):
            done(await caseworker.post(f"/citizens/{CITIZEN}/gaps", json={"profile_id": profile}), 201)
        done(await desk.post(f"/profiles/{closed}/close", json={"reason": "Nedlagt"}))
        before = await gaps()
        assert before[touched]["verdict"] == "ready", "every answer was right"
        for item in faulty:
            await neutralise(assessment, item)
        await settled(assessment)
        after = await gaps()
        (area,) = after[touched]["areas"]
        assert (after[touched]["verdict"], area["met"], area["reason"]) == ("uncertain", "uncertain", "inferred")
        assert after[closed] == before[closed]
        told = [one.data for one in await assessment.log(f"citizen/{CITIZEN}") if one.name == "gap-found"]
        assert [one["profile_id"] for one in told[:2]] == [touched, closed]
        assert {one["profile_id"] for one in told[2:]} == {touched}
        assert all(one["areas"] != two["areas"] for one, two in pairwise([told[0], *told[2:]])), "none is told twice"

    async def test_what_was_skipped_or_never_asked_is_not_told_anew(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        skipped = await sat(assessment, nothing)
        answered = await sat(assessment, wrong)
        item = next(item for item in skipped.scored if item not in answered.asked)
        await neutralise(assessment, item)
        told = (await settled(assessment))[item]
        assert (told["touched"], told["rescored"], told["moved"]) == (1, 0, 0)
        assert "result-rescored" not in {one.name for one in await assessment.log()}
        assert await differing(assessment) == []

    async def test_twice_is_once_and_the_first_reason_stands(self, assessment: RunningService) -> None:
        test = await sat(assessment)
        manager, path = assessment.caller(Role.MANAGER), f"/bank/items/{test.scored[0]}/neutralise"
        keyed = {"Idempotency-Key": "one-click"}
        first = done(await manager.post(path, json=WHY, headers=keyed))
        assert done(await manager.post(path, json=WHY, headers=keyed)) == first
        await settled(assessment)
        again = done(await manager.post(path, json={"reason": "En anden grund"}))
        assert (again["reason"], again["at"], again["left"]) == (first["reason"], first["at"], 0)
        assert [one.name for one in await assessment.log()].count("result-rescored") == 1

    async def test_what_is_no_item_no_reason_or_no_manager_is_refused(self, assessment: RunningService) -> None:
        manager, item = assessment.caller(Role.MANAGER), item_bank().items[0].id
        refused(await manager.post("/bank/items/9.9-nowhere/neutralise", json=WHY), 404, "item-unknown")
        for body in ({}, {"reason": ""}, {"reason": "010180-1234 sagde det"}, {"reason": "x", "more": 1}):
            assert (await manager.post(f"/bank/items/{item}/neutralise", json=body)).status_code == 422
        for role in set(Role) - {Role.MANAGER}:
            refused(await assessment.caller(role).post(f"/bank/items/{item}/neutralise", json=WHY), 403, "role-missing")
        assert await settled(assessment) == {}

    async def test_it_stays_so(self, assessment: RunningService) -> None:
        await neutralise(assessment, item_bank().items[0].id)
        for statement in ("DELETE FROM neutralised_item", "UPDATE neutralised_item SET reason = ''"):
            with pytest.raises(Exception, match="stays so"):
                await assessment.database.execute(statement)

    async def test_an_erased_citizens_tests_are_no_work(self, assessment: RunningService, empty_bus: RealNats) -> None:
        test = await sat(assessment)
        async with opened(assessment) as database, database.transaction(Origin("test")) as tx:
            await neutralised.neutralise(tx, test.scored[0], "x", "test")
            await session_log.forget(tx, [CITIZEN])
        await publish(empty_bus, CitizenErased(municipality="0101", citizen_id=CITIZEN), 2)
        await reached(assessment, "SELECT erased FROM known_citizen")
        assert await assessment.database.fetchval("SELECT count(*) FROM rescoring") == 0


class TestRunningTests:
    async def test_the_item_that_stands_is_left_and_an_answer_to_it_is_refused_with_the_next_question(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        test = await (await offered(assessment, caseworker)).begin()
        await test.respond(right)
        item, answer = test.item, {"question": 2, "response": right(test.item)}
        await neutralise(assessment, item.id)
        problem = refused(await test.post("answers", answer), 409, "question-answered")
        shown = await test.look()
        assert (problem["question"]["number"], problem["question"]["question"]) == (3, shown["question"]["question"])
        test.asked.append(item.id)
        result = await test.finish(right)
        assert sum(area["items"] for area in result["areas"]) == len(test.scored) - 1
        assert await differing(assessment) == []
        assert (await settled(assessment))[item.id]["touched"] == 0

    async def test_what_was_answered_counts_no_more_and_what_comes_is_not_asked(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        test = await (await offered(assessment, caseworker)).begin()
        await test.respond(right)
        await test.respond(right)
        await test.post("pause", {})
        gone = [test.asked[0], *[item.id for item in item_bank().items if item.competence == "4.2"]]
        for item in gone:
            await neutralise(assessment, item)
        await test.post("resume", {})
        await test.look()
        result = await test.finish(right)
        assert not {item for item in test.asked[2:] if item.startswith("4.2-")}
        assert sum(area["items"] for area in result["areas"]) == len(set(test.scored) - set(gone))
        later = await sat(assessment)
        assert not set(later.asked) & set(gone)
        assert await differing(assessment) == []

    async def test_a_test_that_ends_in_the_same_moment_is_heard_of(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        test = await (await offered(assessment, caseworker)).begin()
        first = test.item.id
        staff = Principal("staff", frozenset({Role.CASEWORKER}), ("0101",))
        async with opened(assessment) as database:
            async with database.transaction(Origin("in-flight")) as tx:
                session = await session_log.locked(tx, test.test_id, staff)
                waiting = asyncio.create_task(neutralise(assessment, first))
                await reached(assessment, "SELECT true FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                measuring = await frozen_test(tx, session.must_have_begun())
                while session.status == "running":
                    response = right(measuring.bank.item(session.asks or ""))
                    act = sitting.Act(max(now(), session.last or now()), "staff")
                    step = sitting.answer(session, measuring, session.number, response, act)
                    session = await session_log.keep(tx, session, step)
                assert not waiting.done()
            await waiting
        told = (await settled(assessment))[first]
        assert (told["touched"], told["rescored"]) == (1, 1)
        assert await differing(assessment) == []


class TestTheWork:
    async def test_two_copies_of_the_service_share_it_in_batches(self, assessment: RunningService) -> None:
        tests = [await sat(assessment, right) for _ in range(5)]
        shared = max(tests[0].scored, key=lambda item: sum(item in test.scored for test in tests))
        other = next(item for item in tests[1].scored if item != shared)
        touched = sum(item in test.scored for test in tests for item in (shared, other))
        async with opened(assessment) as one, opened(assessment) as two:
            async with one.transaction(Origin("test")) as tx:
                for item in (shared, other):
                    await neutralised.neutralise(tx, item, "x", "test")
                assert sum(n.touched for n in (await neutralised.progress(tx, [shared, other])).values()) == touched
            assert await rescore_next(one, most=1) <= 1
            await asyncio.gather(rescore_all(one), rescore_all(two))
        await settled(assessment)
        told = [one.data["test_id"] for one in await assessment.log() if one.name == "result-rescored"]
        assert sorted(told) == sorted(test.test_id for test in tests for item in (shared, other) if item in test.scored)
        assert await differing(assessment) == []

    async def test_killed_in_the_middle_of_a_batch_it_goes_on(
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
            tests = [await sat(service) for _ in range(3)]
        monkeypatch.setenv("LOEFT_PROFILE", "production")
        item = max(tests[0].scored, key=lambda item: sum(item in test.scored for test in tests))
        words = ["bank", "neutralise", item, "--reason", "To svar er rigtige"]
        killed = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "from deploy.cli import main; main()", *words,
            env={**os.environ, "LOEFT_CRASH_AT": "command.before-commit:2"},
        )  # fmt: skip
        assert await killed.wait() == -signal.SIGKILL
        async with opened(RunningService(app, None, address, None)) as database:  # type: ignore[arg-type]
            log = "SELECT count(*) FROM event_log WHERE body LIKE '%result-rescored%'"
            assert await database.pool.fetchval(log) == 0
            assert await database.pool.fetchval("SELECT count(*) FROM rescoring WHERE done_at IS NULL") > 0
            again = await asyncio.to_thread(CliRunner().invoke, cli, [*words, "--json"])
            touched = sum(item in test.asked for test in tests)
            told = json.loads(again.output)
            assert (told["touched"], told["rescored"], told["left"]) == (touched, touched, 0)
            in_words = await asyncio.to_thread(CliRunner().invoke, cli, words)
            assert f"{touched} finished tests asked it: {touched} were told anew" in in_words.output
            assert await database.pool.fetchval(log) == touched
            assert [one.differences async for one in recompute(database)] == [()] * 3

    async def test_recompute_says_what_is_not_done_yet(self, assessment: RunningService) -> None:
        test = await sat(assessment)
        async with opened(assessment) as database:
            async with database.transaction(Origin("test")) as tx:
                await neutralised.neutralise(tx, test.scored[0], "x", "test")
                await tx.execute("DELETE FROM rescoring")
            (found,) = [one async for one in recompute(database)]
        assert [(one.what, one.told) for one in found.differences] == [(f"neutralised {test.scored[0]}", "counted")]

    async def test_the_command_refuses_what_makes_no_sense(
        self, assessment: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LOEFT_PROFILE", "production")
        words = ["bank", "neutralise", item_bank().items[0].id, "--reason"]
        empty = await asyncio.to_thread(CliRunner().invoke, cli, [*words, ""])
        assert (empty.exit_code, "The reason cannot be used" in empty.output) == (1, True)
        assert await assessment.database.fetchval("SELECT count(*) FROM neutralised_item") == 0
