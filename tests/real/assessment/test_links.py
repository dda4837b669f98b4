"""A citizen's link: it opens one test, for a short time, and nothing else."""

from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from shared.clock import now
from shared.web import Role, links
from shared.web.links import Link, Links
from tests.real.answers import done, refused
from tests.real.assessment.measured import CITIZEN
from tests.real.assessment.taking import Taking, by_link, offered
from tests.real.assessment.test_access import ROUTES
from tests.real.running_service import LINK_KEY, RunningService

BY_LINK = {"", "/begin", "/answers", "/skip", "/pause", "/resume", "/abandon", "/result"}


@pytest.fixture
async def test(assessment: RunningService, caseworker: httpx.AsyncClient) -> Taking:
    return await offered(assessment, caseworker)


def token_of(test: Taking) -> str:
    return test.client.headers["Authorization"].removeprefix("Bearer ")


class TestLinks:
    async def test_it_opens_the_test_and_no_other_route(self, assessment: RunningService, test: Taking) -> None:
        ids = {"c": str(CITIZEN), "o": str(uuid4()), "p": str(uuid4()), "t": test.test_id, "i": "1.1-search-button"}
        opened = set()
        for method, path, body, _ in ROUTES:
            answer = await test.client.request(method, path.format(**ids), json=body)
            if answer.status_code == 403:
                refused(answer, 403, "link-elsewhere")
            else:
                opened.add(path)
        assert opened == {f"/sessions/{{t}}{part}" for part in BY_LINK}

    async def test_it_opens_no_other_test_whoever_has_it(self, assessment: RunningService, test: Taking) -> None:
        for method, path, body, _ in ROUTES:
            if "{t}" in path:
                for other in (str(uuid4()), "x", "%00"):
                    refused(await test.client.request(method, path.format(t=other), json=body), 403, "link-elsewhere")

    async def test_the_id_may_be_written_as_uuids_may_be(self, test: Taking) -> None:
        done(await test.client.get(f"/sessions/{test.test_id.upper()}"))

    async def test_a_link_that_was_changed_anywhere_opens_nothing(
        self, assessment: RunningService, test: Taking
    ) -> None:
        token = token_of(test)
        changed = {token[:place] + other + token[place + 1 :] for place in range(5, len(token)) for other in "aB0.-_"}
        changed |= {
            token[:-1],
            token + "A",
            token + "=",
            token.replace("link.test", "link.best"),
            "link.",
            "link.test..",
        }
        for forged in sorted(changed - {token}):
            problem = refused(await by_link(assessment, forged).get(f"/sessions/{test.test_id}"), 401, "link-invalid")
            assert token not in str(problem)
        done(await test.client.get(f"/sessions/{test.test_id}"))

    async def test_a_link_of_another_key_kind_or_municipality_opens_nothing(
        self, assessment: RunningService, test: Taking
    ) -> None:
        expires = now() + timedelta(hours=1)
        ours, theirs = Links(bytes.fromhex(LINK_KEY)), Links(bytes(32))
        opens = Link("test", UUID(test.test_id), "0101", 0, expires)
        address = f"/sessions/{test.test_id}"
        done(await by_link(assessment, ours.make(opens)).get(address))
        refused(await by_link(assessment, theirs.make(opens)).get(address), 401, "link-invalid")
        profile = Link("profile", opens.id, "0101", 0, expires)
        refused(await by_link(assessment, ours.make(profile)).get(address), 403, "link-elsewhere")
        elsewhere = Link("test", opens.id, "0147", 0, expires)
        refused(await by_link(assessment, ours.make(elsewhere)).get(address), 404, "test-unknown")

    async def test_it_runs_out_after_a_day_and_beginning_gives_a_new_one(
        self, assessment: RunningService, test: Taking, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address = f"/sessions/{test.test_id}"
        monkeypatch.setattr(links, "now", lambda: now() + timedelta(hours=23, minutes=59))
        await test.begin()
        monkeypatch.setattr(links, "now", lambda: now() + timedelta(hours=24, seconds=1))
        refused(await test.client.get(address), 401, "link-expired")
        assert test.shown["link"] is not None

    async def test_replaced_links_open_nothing_any_more(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, test: Taking
    ) -> None:
        address = f"/sessions/{test.test_id}"
        second = done(await caseworker.post(f"{address}/links", json={}), 201)
        done(await test.client.get(address))
        third = done(await caseworker.post(f"{address}/links", json={"replace": True}), 201)
        refused(await test.client.get(address), 401, "link-replaced")
        refused(await by_link(assessment, second["token"]).get(address), 401, "link-replaced")
        refused(await by_link(assessment, second["token"]).post(f"{address}/pause", json={}), 401, "link-replaced")
        done(await by_link(assessment, third["token"]).get(address))

    async def test_with_a_link_everything_happens_now(self, test: Taking) -> None:
        early = {"happened": "2026-01-01T09:00:00Z"}
        refused(await test.post("abandon", early), 409, "happened-by-staff-only")

    async def test_it_tells_nothing_of_the_citizen_and_stands_in_no_log_and_no_table(
        self, assessment: RunningService, test: Taking, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("DEBUG")
        token = token_of(test)
        assert str(CITIZEN) not in token
        assert CITIZEN.hex not in token
        await test.begin()
        await test.post("skip", {"question": 1}, **{"Idempotency-Key": "one"})
        await by_link(assessment, token[:-3] + "AAA").get(f"/sessions/{test.test_id}")
        secret = token.rpartition(".")[2]
        assert "skip_question" in caplog.text, "something is logged"
        assert "link-invalid" in caplog.text
        assert secret[:20] not in caplog.text
        assert secret not in str(await assessment.text())


class TestKeys:
    async def test_a_new_key_is_put_before_the_old_one(self) -> None:
        old, new = bytes(range(32)), bytes(range(1, 33))
        opens = Link("test", uuid4(), "0101", 0, (now() + timedelta(hours=1)).replace(microsecond=0))
        out = Links(old).make(opens)
        assert Links(new, old).read(out) == opens
        assert Links(new, old).make(opens) == Links(new).make(opens) != out

    async def test_without_a_key_no_link_is_made_and_none_opens(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, test: Taking, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(assessment.app.state.service, "links", Links())
        refused(await caseworker.post(f"/sessions/{test.test_id}/links", json={}), 503, "link-key-missing")
        refused(await test.client.get(f"/sessions/{test.test_id}"), 401, "link-invalid")
        assert (await caseworker.get(f"/sessions/{test.test_id}")).status_code == 200

    async def test_staff_of_another_municipality_find_no_test(self, assessment: RunningService, test: Taking) -> None:
        elsewhere = assessment.caller(Role.CASEWORKER, municipality="0147")
        refused(await elsewhere.get(f"/sessions/{test.test_id}"), 404, "test-unknown")
