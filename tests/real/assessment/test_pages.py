"""A citizen sits the test in a browser without scripts: forms, redirects, and every page that she may come to."""

import httpx
import pytest

from services.assessment.items.loading import item_bank
from services.assessment.web.wording import interval
from tests.item_answers import Choice, nothing, right, wrong
from tests.real.answers import done
from tests.real.assessment.browsing import FINE, PlainBrowser, begun, filled, link_to_test
from tests.real.assessment.measured import CITIZEN
from tests.real.running_service import RunningService


class TestWholeTests:
    @pytest.mark.parametrize(
        ("choice", "group"), [(right, "specialiseret"), (wrong, "grundlæggende")], ids=["expert", "beginner"]
    )
    async def test_from_the_link_to_the_profile(
        self, browser: PlainBrowser, link: dict[str, str], choice: Choice, group: str
    ) -> None:
        test = f"/tests/{link['test']}"
        welcome = await browser.open(link["page"])
        assert (welcome.status, welcome.heading, browser.passed) == (200, "Velkommen", [test])
        assert "Hvordan er det for dig at læse en kort tekst" in welcome.text
        beginning = await browser.send(link["test"], **FINE)
        assert beginning.heading == "Før du begynder"
        assert "Testen viser, hvad du allerede kan." in beginning.text
        await browser.send("/begin", device="computer")
        titles, asked = set(), 0
        while browser.page.heading.startswith("Spørgsmål"):
            asked += 1
            titles.add(browser.page.title)
            assert browser.page.heading == f"Spørgsmål {asked}"
            assert browser.page.language == "da"
            await browser.respond(choice)
            assert browser.passed[0] == test, "every form ends in a redirect: a reload sends nothing again"
        assert len(titles) == asked
        assert browser.passed == [test, f"{test}/result"]
        assert (browser.page.status, browser.page.heading) == (200, "Dit resultat")
        assert browser.page.text.count("Ikke kalibreret.") == 1
        assert browser.page.text.count(f"({group})") >= 5
        assert browser.page.text.count("– sandsynligvis ") == 5
        assert "Det, vi ikke målte" not in browser.page.text
        profile = await browser.open(f"{test}/profile")
        assert f"Opgavebank: {item_bank().version}" in profile.text
        assert "Ikke kalibreret." in profile.text
        assert str(CITIZEN) not in profile.text

    async def test_who_skips_all_is_told_kindly_that_nothing_was_measured(
        self, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        await begun(browser, link)
        while browser.page.heading.startswith("Spørgsmål"):
            number = int(browser.page.heading.split()[1])
            assert number < 41 or "Det er det sidste spørgsmål." in browser.page.text
            await browser.respond(nothing)
        assert browser.page.heading == "Dit resultat"
        assert "Derfor kan vi ikke sige noget om dit niveau." in browser.page.text
        assert "Prøv sammen med en" in browser.page.text
        assert "niveau 1" not in browser.page.text.lower()
        profile = await browser.open(f"/tests/{link['test']}/profile")
        assert (profile.status, profile.heading) == (404, "Der er ingen profil at vise")
        assert (await browser.open(f"/tests/{link['test']}/profile.pdf")).status == 404

    async def test_i_dont_know_counts_and_skipping_does_not(
        self, assessment: RunningService, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        await begun(browser, link)
        await browser.send("/answer", "Jeg ved det ikke")
        await browser.send("/answer", "Spring over")
        rows = await assessment.database.fetch("SELECT told FROM test_entry ORDER BY sequence")
        told = [row["told"] for row in rows]
        assert ['"answered"' in one for one in told] == [False, False, True, False]
        assert '"right": false' in told[2]
        assert '"response": null' in told[2]
        assert '"skipped"' in told[3]

    async def test_the_result_is_the_one_that_the_interface_tells(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        await begun(browser, link)
        choices = [right, wrong, nothing]
        while browser.page.heading.startswith("Spørgsmål"):
            await browser.respond(choices[int(browser.page.heading.split()[1]) % 3])
        result = done(await caseworker.get(f"/sessions/{link['test']}/result"))
        for one in result["areas"]:
            assert f"Niveau {one['level']} (" in browser.page.text
            assert interval(one["level_low"], one["level_high"]) in browser.page.text
        reads = await assessment.reads()
        assert (str(CITIZEN), "test result") in reads, "the citizen's own reading is logged, too"


class TestTheBeginning:
    @pytest.mark.parametrize(
        ("told", "said"),
        [
            ({"reading": "difficult", "danish": "fine"}, "digitale værksted"),
            ({"reading": "fine", "danish": "difficult"}, "bedre til dansk"),
        ],
    )
    async def test_who_finds_something_hard_is_offered_another_way(
        self, assessment: RunningService, browser: PlainBrowser, link: dict[str, str], told: dict[str, str], said: str
    ) -> None:
        await browser.open(link["page"])
        await browser.send(link["test"], **told)
        assert (browser.page.status, browser.page.heading) == (200, "Vi begynder et andet sted")
        assert said in browser.page.text
        assert await assessment.log() == []
        assert "difficult" not in str(await assessment.text())

    async def test_both_questions_are_asked_again_by_name_and_what_was_chosen_stays(
        self, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        await browser.open(link["page"])
        page = await browser.send(link["test"], danish="fine")
        assert (page.status, page.title) == (422, "Fejl: Velkommen – Test af digitale færdigheder")
        assert "#reading-fine" in page.links
        assert "reading-fine" in page.ids
        assert page.form(link["test"]).sends == {"danish": ["fine"]}

    async def test_a_device_must_be_chosen_and_the_browser_suggests_one(
        self, assessment: RunningService, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        await browser.open(link["page"])
        page = await browser.send(link["test"], **FINE)
        assert page.form("/begin").sends == {"device": ["computer"]}
        page = await browser.post(f"/tests/{link['test']}/begin", {"device": "fridge"})
        assert page.status == 422
        assert "#device-computer" in page.links
        phone = PlainBrowser(assessment.caller(**{"User-Agent": "Mozilla/5.0 (Linux; Android 16) Mobile"}))
        await phone.open(link["page"])
        assert (await phone.send(link["test"], **FINE)).form("/begin").sends == {"device": ["phone"]}

    async def test_who_uses_aids_gets_items_that_can_be_answered_with_them(
        self, caseworker: httpx.AsyncClient, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        await browser.open(link["page"])
        await browser.send(link["test"], **FINE)
        await browser.send("/begin", device="phone", accessible="yes")
        shown = done(await caseworker.get(f"/sessions/{link['test']}"))
        assert (shown["device"], shown["pool"]) == ("phone", "accessible")
        await browser.open(f"/tests/{link['test']}/stop")
        await browser.send("/stop")
        again = await link_to_test(caseworker)
        await browser.open(again["page"])
        page = await browser.send(again["test"], **FINE)
        assert page.form("/begin").sends["accessible"] == ["yes"], "it is remembered"
        await browser.send_values("/begin", "", {"device": "phone", "accessible": []})
        assert done(await caseworker.get(f"/sessions/{again['test']}"))["pool"] == "phone"

    async def test_she_may_decline(
        self, assessment: RunningService, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        await browser.open(link["page"])
        assert (await browser.open(f"/tests/{link['test']}/stop")).heading == "Vil du sige nej til testen?"
        page = await browser.send("/stop")
        assert (page.status, page.heading) == (200, "Du har sagt nej til testen")
        assert await assessment.log() == []
        assert (await browser.open(link["page"])).heading == "Du har sagt nej til testen"

    async def test_purposes_are_told(self, assessment: RunningService, caseworker: httpx.AsyncClient) -> None:
        link = await link_to_test(caseworker, assisted=True)
        browser = PlainBrowser(assessment.caller())
        await browser.open(link["page"])
        page = await browser.send(link["test"], **FINE)
        assert "En eMentor sidder ved siden af dig" in page.text


class TestGoingOn:
    async def test_a_pause_and_going_on_elsewhere_with_the_same_link(
        self, assessment: RunningService, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        await begun(browser, link)
        asked = browser.item.id
        page = await browser.send("/pause")
        assert (page.status, page.heading) == (200, "Du holder pause")
        (again,) = (address for address in page.links if "/open/" in address)
        phone = PlainBrowser(assessment.caller())
        for address in (link["page"], again):
            assert (await phone.open(address)).heading == "Du holder pause"
        await phone.send("/resume", device="computer")
        assert (phone.page.heading, phone.item.id) == ("Spørgsmål 1", asked)

    async def test_on_a_phone_a_question_for_a_computer_is_exchanged_on_request(
        self, assessment: RunningService, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        await begun(browser, link)
        while browser.item.device != "computer":
            await browser.respond(nothing)  # the longest test there is
        phone = PlainBrowser(assessment.caller(**{"User-Agent": "Mobile"}))
        number = (await phone.open(link["page"])).heading
        page = await phone.send("/resume", "telefon")
        assert (page.heading, phone.item.device) == (number, "any")

    async def test_a_second_tab_is_told_what_happened_and_shows_the_question_that_stands(
        self, assessment: RunningService, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        await begun(browser, link)
        left_open, item = browser.page, browser.item
        await browser.respond(right)
        body = left_open.form("/answer").sends | {"do": ["answer"], "answer": ["a"]}
        page = await browser.post(f"/tests/{link['test']}/answer", body)
        assert (page.status, page.heading) == (409, "Spørgsmål 2")
        assert "allerede besvaret" in page.text
        assert browser.item.id != item.id
        answered = await assessment.database.fetchval(
            "SELECT count(*) FROM test_entry WHERE told->>'kind' = 'answered'"
        )
        assert answered == 1
        await browser.respond(right)
        assert browser.page.heading == "Spørgsmål 3"

    async def test_every_step_that_does_not_fit_is_told_and_changes_nothing(
        self, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        test = f"/tests/{link['test']}"
        await browser.open(link["page"])
        answer = {"question": "1", "do": "answer", "answer": "a"}
        for step in ("answer", "pause", "resume"):
            page = await browser.post(f"{test}/{step}", answer)
            assert (page.status, page.heading) == (409, "Velkommen"), step
        await begun(browser, link)
        page = await browser.post(f"{test}/answer", answer | {"question": "7"})
        assert (page.status, page.heading) == (409, "Spørgsmål 1")
        assert "ikke nået til endnu" in page.text
        page = await browser.post(f"{test}/begin", {"device": "phone"})
        assert (page.status, page.heading) == (409, "Spørgsmål 1")
        assert (await browser.post(test, FINE)).heading == "Spørgsmål 1"
        for form in (test, f"{test}/begin"):
            page = await browser.post(form, {})
            assert (page.status, page.heading) == (409, "Spørgsmål 1")
        assert (await browser.open(f"{test}/begin")).heading == "Spørgsmål 1"
        assert (await browser.open(f"{test}/result")).heading == "Spørgsmål 1"
        await browser.send("/pause")
        page = await browser.post(f"{test}/answer", answer)
        assert (page.status, page.heading) == (409, "Du holder pause")
        assert "Dit svar blev ikke gemt" in page.text

    async def test_stopping_is_asked_first_and_ends_it(
        self, assessment: RunningService, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        await begun(browser, link)
        assert (await browser.open(f"/tests/{link['test']}/stop")).heading == "Vil du stoppe testen helt?"
        assert (await browser.send("/pause")).heading == "Du holder pause"
        await browser.open(f"/tests/{link['test']}/stop")
        page = await browser.send("/stop")
        assert (page.status, page.heading) == (200, "Du har stoppet testen")
        assert (await browser.open(f"/tests/{link['test']}/stop")).heading == "Du har stoppet testen"
        assert [envelope.name for envelope in await assessment.log()] == ["test-started", "test-abandoned"]
        page = await browser.post(f"/tests/{link['test']}/answer", {"question": "1", "do": "skip"})
        assert (page.status, page.heading) == (409, "Du har stoppet testen")

    async def test_in_an_assisted_test_it_is_said_who_did_it(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        link = await link_to_test(caseworker, assisted=True)
        browser = await begun(PlainBrowser(assessment.caller()), link)
        page = await browser.send_values("/answer", "Svar", filled(browser.item, right(browser.item)))
        assert page.status == 422
        assert "#alone-yes" in page.links
        given = page.form("/answer").sends
        await browser.send("/answer", alone="yes")
        assert browser.page.heading == "Spørgsmål 2"
        assert "alone" not in given
        told = await assessment.database.fetchval("SELECT told FROM test_entry WHERE sequence = 3")
        assert '"alone": true' in told
        assert '"right": true' in told, "what was chosen before the reminder was kept"


class TestWrongInput:
    async def test_no_answer_is_told_beside_its_field(self, browser: PlainBrowser, link: dict[str, str]) -> None:
        await begun(browser, link)
        for _ in range(12):
            page = await browser.send("/answer", "Svar")
            assert page.status == 422
            assert page.title.startswith("Fejl: Spørgsmål")
            targets = {address.removeprefix("#") for address in page.links if address.startswith("#")} - {"main"}
            assert targets
            assert targets <= set(page.ids)
            await browser.respond(right)
            assert browser.page.status == 200

    @pytest.mark.parametrize(
        "body",
        [{}, {"question": ""}, {"question": "x"}, {"question": "0"}, {"question": "9" * 50}, {"question": "²"}],
        ids=str,
    )
    async def test_what_no_page_sends_is_refused_as_a_page(
        self, browser: PlainBrowser, link: dict[str, str], body: dict[str, str]
    ) -> None:
        await begun(browser, link)
        page = await browser.post(f"/tests/{link['test']}/answer", body)
        assert (page.status, page.heading) == (422, "Vi kunne ikke læse det, du sendte")

    async def test_bytes_that_are_no_form_are_refused_as_a_page(
        self, browser: PlainBrowser, link: dict[str, str]
    ) -> None:
        await begun(browser, link)
        for content in (b"\xff\xfe", b"question=%FF", b"&".join([b"a=1"] * 500)):
            answer = await browser.client.post(f"/tests/{link['test']}/answer", content=content)
            assert (answer.status_code, answer.headers["content-type"]) == (422, "text/html; charset=utf-8")
