"""Whole tests over HTTP, by the citizen's link: begun, answered, skipped, paused, ended in different ways."""

import asyncio
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from services.assessment.items.loading import item_bank
from shared.clock import now
from shared.persistence import database
from shared.web import Role
from tests.item_answers import Choice, nothing, right, wrong
from tests.real.answers import done, refused
from tests.real.assessment.measured import CITIZEN, area, published
from tests.real.assessment.measured import finished as elsewhere
from tests.real.assessment.taking import BEGIN, Taking, by_link, offered
from tests.real.running_service import RunningService
from tests.today import days_ago


class TestWholeTests:
    @pytest.mark.parametrize(
        ("choice", "levels", "most"),
        [(right, {7, 8}, 25), (wrong, {1, 2}, 25)],
        ids=["expert", "beginner"],
    )
    async def test_from_the_offer_to_the_result(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, choice: Choice, levels: set[int], most: int
    ) -> None:
        test = await offered(assessment, caseworker)
        welcome = await test.look()
        assert (welcome["status"], welcome["welcome"]["forecasts"][0]["pool"]) == ("offered", "full")
        await test.begin()
        result = await test.finish(choice)
        assert {area["level"] for area in result["areas"]} <= levels
        assert [area["measured"] for area in result["areas"]] == [True] * 5
        assert 15 <= len(test.asked) == len(set(test.asked)) <= most
        assert (result["calibrated"], result["bank_version"], result["gained"]) == (False, item_bank().version, [])
        started, finished = await assessment.log(f"citizen/{CITIZEN}")
        assert started.data == {
            "municipality": "0101",
            "test_id": test.test_id,
            "citizen_id": str(CITIZEN),
            "bank_version": item_bank().version,
            "pool": "full",
            "purpose": "entry",
            "assisted": False,
        }
        assert finished.data["items"] == len(test.scored)
        told = [{name: area[name] for name in area if name != "measured"} for area in result["areas"]]
        assert finished.data["areas"] == told

    async def test_who_skips_all_is_told_that_nothing_was_measured_and_loses_nothing(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        measured = [area(number, 3, 4) for number in range(1, 6)]
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=elsewhere(*measured))
        test = await (await offered(assessment, caseworker)).begin()
        result = await test.finish(nothing)
        assert {(one["measured"], one["items"]) for one in result["areas"]} == {(False, 0)}
        assert all(one["level_high"] - one["level_low"] >= 3 for one in result["areas"])
        finished = (await assessment.log(f"citizen/{CITIZEN}"))[-1]
        assert (finished.name, finished.data["items"]) == ("test-finished", 0)
        known = done(await caseworker.get(f"/citizens/{CITIZEN}/result"))["areas"]
        assert {(one["level"], one["items"]) for one in known} == {(3, 5)}, "what was measured stands"

    async def test_in_an_assisted_test_only_what_was_done_alone_counts(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        mentor = assessment.caller(Role.EMENTOR)
        test = await (await offered(assessment, mentor, assisted=True)).begin()
        answer = {"question": 1, "response": right(test.item)}
        refused(await test.post("answers", answer), 409, "alone-missing")
        test.client = mentor  # who sits beside her, at her own screen
        await test.respond(right, alone=True)
        result = await test.finish(right, alone=False)
        assert (result["assisted"], sum(one["items"] for one in result["areas"])) == (True, 1)

    async def test_for_a_job_the_profile_is_named(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient
    ) -> None:
        sessions, profile_id = f"/citizens/{CITIZEN}/sessions", await published(desk, (1, 3))
        refused(await caseworker.post(sessions, json={"purpose": "job"}), 409, "profile-and-purpose")
        unknown = {"purpose": "job", "profile_id": str(CITIZEN)}
        refused(await caseworker.post(sessions, json=unknown), 404, "profile-unknown")
        test = await (await offered(assessment, caseworker, purpose="job", profile_id=profile_id)).begin()
        (started,) = await assessment.log(f"citizen/{CITIZEN}")
        assert (started.data["purpose"], started.data["profile_id"]) == ("job", profile_id)
        assert test.shown["profile_id"] == profile_id

    async def test_i_dont_know_is_an_answer_and_a_skip_is_none(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        test = await (await offered(assessment, caseworker)).begin()
        while test.shown["status"] == "running":
            body = {"question": test.shown["question"]["number"], "response": None}
            test.shown = done(await test.post("answers", body))
        result = done(await test.client.get(f"/sessions/{test.test_id}/result"))
        assert {one["level"] for one in result["areas"]} <= {1, 2}
        assert all(one["measured"] for one in result["areas"])


class TestTheBeginning:
    @pytest.mark.parametrize(
        ("told", "instead"),
        [
            ({"reading": "difficult"}, "workshop"),
            ({"danish": "difficult"}, "language"),
            ({"reading": "difficult", "danish": "difficult"}, "language"),
        ],
    )
    async def test_whoever_finds_reading_or_danish_hard_is_offered_something_else_and_nobody_is_told(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, told: dict[str, str], instead: str
    ) -> None:
        test = await (await offered(assessment, caseworker)).begin(**told)
        assert (test.shown["status"], test.shown["instead"], test.shown["question"]) == ("routed", instead, None)
        assert test.shown["instead_words"]["da"].startswith("Det er helt i orden.")
        assert await assessment.log() == []
        stored = await assessment.text()
        assert "difficult" not in str(stored.values()), "her answers are kept nowhere"
        refused(await test.post("begin", BEGIN), 409, "test-routed")
        assert (await offered(assessment, caseworker)).test_id != test.test_id, "a new test may be offered later"

    async def test_the_pool_follows_the_need_of_the_person_and_the_device(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        test = await offered(assessment, caseworker)
        assert [one["pool"] for one in test.shown["forecasts"]] == ["full", "phone"]
        assert all(15 < one["items"] <= one["items_p90"] <= 40 for one in test.shown["forecasts"])
        assert all(0.3 < error < 0.7 for one in test.shown["forecasts"] for error in one["standard_errors"])
        await test.begin(device="phone")
        assert (test.shown["pool"], test.item.device) == ("phone", "any")
        await test.post("abandon", {})
        test = await (await offered(assessment, caseworker)).begin(accessible=True)
        assert (test.shown["pool"], test.item.accessible) == ("accessible", True)
        await test.post("abandon", {})
        again = await offered(assessment, caseworker)
        assert {one["pool"] for one in again.shown["forecasts"]} == {"accessible"}, "it is hers, not the session's"

    async def test_what_everybody_was_asked_lately_is_not_asked_again(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        bank, asked = item_bank(), item_bank().pool("full")[0].id
        for number in range(8):  # of fewer than 20 tests 8 may show an item: 40 %
            test_id = UUID(int=number + 1)
            await assessment.database.execute(
                "INSERT INTO test_session VALUES ($1, $2, '0101', 'abandoned', now(), NULL, now(), $3, 'full', 0)",
                *(test_id, CITIZEN, bank.digest),
            )
            await assessment.database.execute(
                "INSERT INTO test_entry VALUES ($1, 2, $2, '{}')", test_id, asked if number else "1.2-another"
            )
        closed = "SELECT told->'closed' FROM test_entry WHERE test_id = $1 AND sequence = 2"
        first = await (await offered(assessment, caseworker)).begin()
        assert await assessment.database.fetchval(closed, UUID(first.test_id)) == "[]", "seven showed it"
        await assessment.database.execute("INSERT INTO test_entry VALUES ($1, 3, $2, '{}')", UUID(int=1), asked)
        await first.post("abandon", {})
        second = await (await offered(assessment, caseworker)).begin()
        assert await assessment.database.fetchval(closed, UUID(second.test_id)) == f'["{asked}"]'
        await second.finish(nothing)
        assert asked not in second.asked

    async def test_one_test_at_a_time(self, assessment: RunningService, caseworker: httpx.AsyncClient) -> None:
        test = await offered(assessment, caseworker)
        sessions = f"/citizens/{CITIZEN}/sessions"
        both = await asyncio.gather(*[caseworker.post(sessions, json={"purpose": "entry"}) for _ in range(2)])
        assert {refused(one, 409, "test-underway")["test_id"] for one in both} == {test.test_id}
        await test.post("abandon", {})
        both = await asyncio.gather(*[caseworker.post(sessions, json={"purpose": "entry"}) for _ in range(2)])
        assert sorted(one.status_code for one in both) == [201, 409]
        assert await assessment.log() == [], "an offer that was declined was no test"

    async def test_a_retest_needs_a_test_two_weeks_before(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        sessions, retest = f"/citizens/{CITIZEN}/sessions", {"purpose": "retest"}
        refused(await caseworker.post(sessions, json=retest), 409, "nothing-to-retest")
        for days, status in ((13, 409), (14, 201)):
            ended = {"finished_at": days_ago(days).isoformat()}
            await assessment.database.execute("DELETE FROM test_result")
            await caseworker.post(f"/citizens/{CITIZEN}/tests", json=elsewhere(area(1, 1, 1), **ended))
            assert (await caseworker.post(sessions, json=retest)).status_code == status

    async def test_only_a_gain_that_is_sure_is_told(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        before = days_ago(30)
        low = {"ability": -1.5, "standard_error": 0.3}
        first = elsewhere(
            area(1, 1, 1, **low),
            area(2, 7, 8, ability=2.6),
            area(3, 1, 2, **low, items=0),
            finished_at=before.isoformat(),
        )
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=first)
        test = await (await offered(assessment, caseworker, purpose="retest")).begin()
        result = await test.finish(right)
        (gained,) = result["gained"]
        level = result["areas"][0]["level"]
        assert (gained["area"], gained["before"], gained["level"]) == (1, 1, level), "not in 2 (as before), not in 3"


class TestGoingOn:
    async def test_a_pause_and_another_device(self, assessment: RunningService, caseworker: httpx.AsyncClient) -> None:
        test = await (await offered(assessment, caseworker)).begin()
        await test.respond(right)
        standing = test.shown["question"]
        paused = done(await test.post("pause", {}))
        assert (paused["status"], paused["question"], paused["left"]) == ("paused", None, 1)
        done(await test.post("pause", {}))
        refused(await test.post("skip", {"question": 2}), 409, "test-paused")
        link = done(await caseworker.post(f"/sessions/{test.test_id}/links", json={}), 201)
        phone = Taking(test.test_id, by_link(assessment, link["token"]), await test.look())
        phone.shown = done(await phone.post("resume", {}))
        assert phone.shown["question"] == standing, "the same question stands"
        phone.shown = done(await phone.post("resume", {"device": "phone"}))
        await phone.finish(right)
        assert all(item_bank().item(item).device == "any" for item in phone.asked)
        assert [envelope.name for envelope in await assessment.log()] == ["test-started", "test-finished"]

    async def test_stopping_breaking_off_and_skipping_are_three_things(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        test = await (await offered(assessment, caseworker)).begin()
        await test.respond(nothing)
        refused(await test.post("abort", {"reason": "x"}), 403, "link-elsewhere")
        reason = {"reason": "Tabletten gik ud"}
        refused(
            await caseworker.post(f"/sessions/{test.test_id}/abort", json={"reason": "010190-1234"}), 422, "invalid"
        )
        done(await caseworker.post(f"/sessions/{test.test_id}/abort", json=reason))
        refused(await test.post("skip", {"question": 2}), 409, "test-aborted")
        other = await (await offered(assessment, caseworker)).begin()
        done(await other.post("abandon", {}))
        refused(await other.client.get(f"/sessions/{other.test_id}/result"), 409, "test-abandoned")
        log = await assessment.log()
        assert [envelope.name for envelope in log] == ["test-started", "test-aborted", "test-started", "test-abandoned"]
        assert "Tabletten" not in str(log), "why is nobody's business"
        listed = done(await caseworker.get(f"/citizens/{CITIZEN}/sessions"))
        assert [one["status"] for one in listed] == ["abandoned", "aborted"]

    async def test_of_two_answers_at_once_one_counts_and_the_other_is_shown_where_the_test_is(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        test = await (await offered(assessment, caseworker)).begin()
        while test.shown["status"] == "running" and test.shown["left"] < 12:
            number = test.shown["question"]["number"]
            bodies = [{"question": number, "response": choice(test.item)} for choice in (right, wrong)]
            answers = await asyncio.gather(*[test.post("answers", body) for body in bodies])
            won, lost = sorted(answers, key=lambda answer: answer.status_code)
            test.shown = done(won)
            problem = refused(lost, 409, "question-answered")
            assert problem["question"]["number"] == number + 1
            assert problem["question"]["question"] == test.shown["question"]["question"]
        assert await assessment.database.fetchval("SELECT count(*) FROM test_entry") == 2 + 12
        refused(await test.post("answers", {"question": 20, "response": "a"}), 409, "question-not-asked")

    async def test_whoever_waited_for_another_step_or_has_a_slow_clock_is_not_too_early(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        test = await (await offered(assessment, caseworker)).begin()
        monkeypatch.setattr(database, "now", lambda: now() - timedelta(seconds=9))
        await test.respond(right)
        done(await test.post("pause", {}))
        rows = await assessment.database.fetch("SELECT told->>'at' AS at FROM test_entry ORDER BY sequence")
        moments = [row["at"] for row in rows]
        assert moments == sorted(moments)
        early = {"happened": (now() - timedelta(hours=1)).isoformat()}
        late = await caseworker.post(f"/sessions/{test.test_id}/abandon", json=early)
        refused(late, 409, "happened-too-early")

    async def test_the_same_answer_again_with_its_key_gets_the_same_answer(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        test = await (await offered(assessment, caseworker)).begin()
        body, key = {"question": 1, "response": right(test.item)}, {"Idempotency-Key": "tap-1"}
        once, twice = await asyncio.gather(*[test.post("answers", body, **key) for _ in range(2)])
        assert done(once) == done(twice)
        assert [one.headers.get("Idempotent-Replayed") for one in (once, twice)].count("true") == 1
        assert done(await test.client.get(f"/sessions/{test.test_id}"))["left"] == 1

    async def test_what_is_no_answer_is_refused_and_changes_nothing(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        test = await (await offered(assessment, caseworker)).begin()
        text = () if test.shown["question"]["kind"] == "short" else ("zzz",)  # a short answer may be any text
        for response in (*text, ["zzz"], {"zzz": "a"}):
            refused(await test.post("answers", {"question": 1, "response": response}), 422, "answer-unreadable")
        for response in ("a\x00", 7, "x" * 501, ["a"] * 21, {"a" * 51: True}):
            refused(await test.post("answers", {"question": 1, "response": response}), 422, "invalid")
        assert (await test.look())["left"] == 0

    async def test_a_question_shows_nothing_of_its_answer(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        test = await (await offered(assessment, caseworker)).begin()
        shown = {"number", "kind", "device", "question", "options", "most", "prompts", "choose", "screen"}
        while test.shown["status"] == "running":
            assert test.shown["question"].keys() == shown
            assert test.item.feedback.da not in str(test.shown)
            await test.respond(right)

    async def test_every_read_is_logged_and_what_cannot_be_logged_is_not_shown(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        test = await (await offered(assessment, caseworker)).begin()
        await test.look()
        await test.finish(nothing)
        await caseworker.get(f"/citizens/{CITIZEN}/sessions")
        assert [what for _, what in await assessment.reads()] == ["test session", "test result", "test sessions"]
        callers = await assessment.database.fetch("SELECT caller FROM access_log ORDER BY id")
        assert [row["caller"] for row in callers] == [f"link/test/{test.test_id}"] * 2 + ["employee-7"]
        await assessment.break_access_log()
        for path in ("", "/result"):
            answer = await test.client.get(f"/sessions/{test.test_id}{path}")
            refused(answer, 503, "access-log-unavailable")
