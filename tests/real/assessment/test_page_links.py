"""Opening a link in a browser: one test, for a while, in one place; and a kind page for everything else."""

from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from shared.clock import now
from shared.web import links
from tests.item_answers import right
from tests.real.answers import done
from tests.real.assessment.browsing import PlainBrowser, begun, link_to_test
from tests.real.running_service import RunningService


async def finished(browser: PlainBrowser, link: dict[str, str]) -> None:
    await begun(browser, link)
    while browser.page.heading.startswith("Spørgsmål"):
        await browser.respond(right)


class TestWrongLinks:
    async def test_a_link_that_is_not_whole_or_not_ours(self, browser: PlainBrowser, link: dict[str, str]) -> None:
        for address in (link["page"][:-1], link["page"] + ".", "/open/", "/open/x", "/open/a/b"):
            page = await browser.open(address)
            assert (page.status, page.heading) == (401, "Linket passer ikke"), address
            assert page.headers["www-authenticate"] == "Bearer"

    async def test_a_link_that_has_run_out(
        self, browser: PlainBrowser, link: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await browser.open(link["page"])
        monkeypatch.setattr(links, "now", lambda: now() + timedelta(hours=24, seconds=1))
        for address in (link["page"], f"/tests/{link['test']}"):
            page = await browser.open(address)
            assert (page.status, page.heading) == (401, "Linket virker ikke længere")

    async def test_a_link_that_was_replaced(
        self, caseworker: httpx.AsyncClient, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        newer = done(await caseworker.post(f"/sessions/{link['test']}/links", json={"replace": True}), 201)
        page = await browser.open(link["page"])
        assert (page.status, page.heading) == (401, "Du har fået et nyere link")
        assert (await browser.open(newer["page"])).heading == "Velkommen"

    async def test_a_test_that_is_no_more(
        self, assessment: RunningService, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        await browser.open(link["page"])
        await assessment.database.execute("DELETE FROM test_session")
        page = await browser.open(link["page"])
        assert (page.status, page.heading) == (404, "Vi kan ikke finde testen")

    async def test_without_the_cookie_nothing_is_shown(self, browser: PlainBrowser, link: dict[str, str]) -> None:
        for part in ("", "/begin", "/stop", "/result", "/profile", "/profile.pdf"):
            page = await browser.open(f"/tests/{link['test']}{part}")
            assert (page.status, page.heading) == (401, "Åbn dit link igen"), part
        for part in ("", "/begin", "/answer", "/pause", "/resume", "/stop"):
            assert (await browser.post(f"/tests/{link['test']}{part}", {})).status == 401, part

    async def test_the_cookie_of_one_test_opens_no_other(self, browser: PlainBrowser, link: dict[str, str]) -> None:
        other = uuid4()
        stolen = {"Cookie": f"loeft-test={link['token']}"}
        answer = await browser.client.get(f"/tests/{other}", headers=stolen)
        assert answer.status_code == 403
        assert "Linket åbner en anden side" in answer.text

    async def test_a_staff_token_opens_no_page(self, caseworker: httpx.AsyncClient, link: dict[str, str]) -> None:
        assert (await caseworker.get(f"/tests/{link['test']}")).status_code == 401

    async def test_an_address_that_is_none(self, browser: PlainBrowser, link: dict[str, str]) -> None:
        await browser.open(link["page"])
        page = await browser.open("/tests/not-an-id/answer")
        assert (page.status, page.heading) == (404, "Siden findes ikke")
        assert (await browser.open(f"/tests/{link['test']}/answer")).heading == "Velkommen", (
            "a reopened browser asks so"
        )


class TestTheLifeOfALink:
    async def test_after_the_test_it_shows_the_result_and_changes_nothing(
        self, assessment: RunningService, browser: PlainBrowser, link: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await finished(browser, link)
        entries = await assessment.database.fetchval("SELECT count(*) FROM test_entry")
        elsewhere = PlainBrowser(assessment.caller())
        assert (await elsewhere.open(link["page"])).heading == "Dit resultat"
        for part, body in (("answer", {"question": "1", "do": "skip"}), ("pause", {}), ("resume", {}), ("stop", {})):
            page = await elsewhere.post(f"/tests/{link['test']}/{part}", body)
            assert (page.status, page.heading) == (409, "Testen er færdig"), part
        assert await assessment.database.fetchval("SELECT count(*) FROM test_entry") == entries
        monkeypatch.setattr(links, "now", lambda: now() + timedelta(hours=24, seconds=1))
        assert (await elsewhere.open(f"/tests/{link['test']}/result")).status == 401

    async def test_beginning_keeps_the_page_open_for_as_long_as_the_test(
        self, browser: PlainBrowser, link: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        later = timedelta(hours=23)
        monkeypatch.setattr("shared.persistence.database.now", lambda: now() + later)
        monkeypatch.setattr(links, "now", lambda: now() + later)
        await begun(browser, link)
        later = timedelta(hours=46)
        assert (await browser.open(f"/tests/{link['test']}")).heading == "Spørgsmål 1"
        assert (await browser.open(link["page"])).status == 401, "the link that she was sent has run out"

    async def test_closing_forgets_it_in_this_browser_only(
        self, assessment: RunningService, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        await begun(browser, link)
        await browser.send("/pause")
        page = await browser.send("/close")
        assert (page.status, page.heading) == (200, "Testen er lukket på denne enhed")
        assert (await browser.open(f"/tests/{link['test']}")).heading == "Åbn dit link igen"
        assert (await PlainBrowser(assessment.caller()).open(link["page"])).heading == "Du holder pause"

    async def test_it_is_kept_where_no_script_and_no_other_test_gets_it(
        self, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        opened = await browser.client.get(link["page"])
        cookie = opened.headers["set-cookie"].lower()
        assert f"path=/tests/{link['test']};" in cookie
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert "max-age" not in cookie, "it goes when the browser is closed"
        assert "secure" not in cookie
        secure = await browser.client.get(link["page"], headers={"X-Forwarded-Proto": "https"})
        assert "secure" in secure.headers["set-cookie"].lower()

    async def test_the_pages_keep_to_themselves(self, browser: PlainBrowser, link: dict[str, str]) -> None:
        await begun(browser, link)
        for address in (link["page"], f"/tests/{link['test']}", "/open/x"):
            headers = (await browser.client.get(address)).headers
            assert headers["content-security-policy"].startswith("default-src 'self';")
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["cache-control"] == "no-store"
        assert link["token"] not in browser.page.address

    async def test_the_link_is_in_no_log_line(
        self, browser: PlainBrowser, link: dict[str, str], caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("DEBUG")
        await begun(browser, link)
        await browser.open(link["page"][:-1])
        assert "link-invalid" in caplog.text, "something is logged"
        ours = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("httpx"))
        assert link["token"][45:70] not in ours
        assert "fine" not in ours


class TestOver:
    async def test_what_ran_out_is_told(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        link = await link_to_test(caseworker)
        browser = await begun(PlainBrowser(assessment.caller()), link)
        late = now() + timedelta(hours=24, minutes=1)
        monkeypatch.setattr("shared.persistence.database.now", lambda: late)
        page = await browser.respond(right)
        assert (page.status, page.heading) == (410, "Tiden løb ud")

    async def test_a_technical_fault_is_nobodys_fault(
        self, caseworker: httpx.AsyncClient, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        await begun(browser, link)
        done(await caseworker.post(f"/sessions/{link['test']}/abort", json={"reason": "Tabletten gik ud"}))
        page = await browser.open(link["page"])
        assert (page.status, page.heading) == (410, "Testen gik i stykker undervejs")
        assert "Tabletten" not in page.text

    async def test_a_fault_of_ours_is_a_page_too(
        self, assessment: RunningService, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        await begun(browser, link)
        await assessment.break_access_log()
        page = await browser.open(f"/tests/{link['test']}")
        assert (page.status, page.heading) == (503, "Siden kan ikke svare lige nu")
        assert page.headers["retry-after"] == "1"
