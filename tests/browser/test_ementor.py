"""The eMentor's tablet and the phone at the door: check-in, a visit in three taps, and the figure that moves."""

import io
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
import zxingcpp
from PIL import Image
from playwright.async_api import BrowserContext, Page, expect

from shared.clock import now
from shared.web import Role
from tests.browser.accessibility import violations
from tests.browser.workplace import HERE, Visit, Workplace
from tests.real.answers import done
from tests.waiting import eventually

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

PHONE, TABLET, DESKTOP = 375, 768, 1280
ELSEWHERE = "0607"
"""A municipality in which no other test counts visits."""
CROWDED = "0751"
"""One in which no other test refers anybody."""
TOO_SMALL = """() => [...document.querySelectorAll('main :is(a, button, summary, select, .segment, .choice)')]
  .filter(one => one.getClientRects().length)
  .filter(one => one.getBoundingClientRect().height < 44 || one.getBoundingClientRect().width < 44)
  .map(one => one.outerHTML.slice(0, 90))"""
COUNT_TAPS = """addEventListener('click', (event) => {
  if (event.isTrusted && event.detail > 0) sessionStorage.setItem('taps', Number(sessionStorage.getItem('taps')) + 1);
}, true)"""
FIELDS = "Object.fromEntries(new FormData(document.querySelector('form[action$=\"/besog\"]')))"
"""What the visit form sends."""
TAPS = "Number(sessionStorage.getItem('taps'))"

NewPhone = Callable[..., Awaitable[Page]]


@pytest.fixture
async def new_phone(workplace: Workplace) -> AsyncIterator[NewPhone]:
    """``await new_phone(java_script_enabled=False)`` is a citizen's phone: nobody has signed in on it."""
    contexts: list[BrowserContext] = []

    async def new(**options: Any) -> Page:
        size = {"width": PHONE, "height": 700}
        context = await workplace.browser.new_context(viewport=size, locale="da-DK", **options)
        contexts.append(context)
        return await context.new_page()

    yield new
    for context in contexts:
        await context.close()


def a_site() -> str:
    """A site that no other test uses."""
    return f"Værksted {uuid4().hex[:8]}"


async def opened(mentor: httpx.AsyncClient, site: str = "") -> dict[str, Any]:
    """A site that was just opened."""
    return done(await mentor.post("/intake/openings", json={"site": site or a_site()}))


async def written_up(mentor: httpx.AsyncClient, opening: dict[str, Any], *themes: str) -> dict[str, Any]:
    """Somebody who waits."""
    body = {"themes": list(themes)}
    return done(await mentor.post(f"/intake/openings/{opening['opening_id']}/check-ins", json=body), 201)


async def visits_at(mentor: httpx.AsyncClient, opening: dict[str, Any]) -> dict[str, Any]:
    """Today's visits at a site."""
    return done(await mentor.get("/intake/visits", params={"site": opening["site"]}))


async def a_citizen(workplace: Workplace, cpr: str, municipality: str = HERE) -> str:
    """A citizen of the municipality."""
    caseworker = await workplace.caller(Role.CASEWORKER, municipality=municipality)
    body = {"cpr": cpr, "target_group": "2", "education_level": "skilled", "unemployed_since": "2026-01-12"}
    return str(done(await caseworker.post("/intake/citizens", json=body), 201)["citizen_id"])


async def referred(workplace: Workplace, citizen_id: str, municipality: str = HERE) -> None:
    """The citizen is referred to a workshop."""
    caseworker = await workplace.caller(Role.CASEWORKER, municipality=municipality)
    due = str((now() + timedelta(days=14)).date())
    body = {"offer": "workshop", "reason": "Hjælp til MitID", "due": due}
    done(await caseworker.post(f"/intake/citizens/{citizen_id}/referrals", json=body), 201)


def reference_of(citizen_id: str) -> str:
    """The citizen's short reference."""
    return f"Borger {citizen_id[-8:-4]}-{citizen_id[-4:]}"


def list_of(opening: dict[str, Any]) -> str:
    """The address of a site's list."""
    return f"/vaerksted/{opening['opening_id']}"


async def must_be_for_everybody(visit: Visit) -> None:
    """No barrier on the page, and everything on it is large enough for a finger."""
    await visit.must_be_for_everybody()
    assert await visit.page.evaluate(TOO_SMALL) == [], visit.page.url


@pytest.mark.parametrize("width", [PHONE, TABLET, DESKTOP])
async def test_every_page_is_for_everybody(workplace: Workplace, width: int) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening, citizen_id = await opened(mentor), await a_citizen(workplace, f"010280-{width:04}")
    waits = await written_up(mentor, opening, "mitid", "application")
    await written_up(mentor, opening)
    await referred(workplace, citizen_id)
    visited = {"site": opening["site"], "minutes": 20, "device": "phone"}
    for whose, autonomy in ((citizen_id, "alone"), (None, "partly")):
        theme = {"theme": "pdf", "autonomy": autonomy}
        done(await mentor.post("/intake/visits", json=visited | {"themes": [theme], "citizen_id": whose}), 201)
    here = list_of(opening)
    visit = await workplace.visit("ementor", width=width)
    pages = ("/vaerksted", here, f"{here}/besog?nummer={waits['check_in_id']}", f"{here}/besog?borger=vis")
    for path in (*pages, f"{here}/dagens", f"{here}/plakat", f"/intake{opening['link']['page']}"):
        await visit.go(path)
        await must_be_for_everybody(visit)
    await visit.press("Få et nummer")
    await must_be_for_everybody(visit)


async def test_a_visit_takes_three_taps(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening = await opened(mentor)
    await written_up(mentor, opening, "mitid")
    visit = await workplace.visit("ementor", width=TABLET)
    await visit.page.add_init_script(COUNT_TAPS)
    await visit.go(list_of(opening))
    await visit.page.get_by_role("link", name="Nummer 1").click()
    asked = visit.page.get_by_role("radiogroup", name="MitID")
    await asked.get_by_role("radio", name="Selv").click()
    await visit.press("Gem besøget")
    assert await visit.page.evaluate(TAPS) == 3
    await expect(visit.page.get_by_text("Besøget er gemt.")).to_be_visible()
    await expect(visit.page.get_by_role("heading", name="Venter: 0")).to_be_visible()
    told = await visits_at(mentor, opening)
    assert (told["known"], told["anonymous"]) == (
        [],
        {"visits": 1, "themes": [{"theme": "mitid", "helped": 0, "partly": 0, "alone": 1}]},
    )


async def test_a_phone_without_scripts_checks_in_and_appears_on_the_tablet_by_itself(
    workplace: Workplace, new_phone: NewPhone
) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening = await opened(mentor)
    tablet = await workplace.visit("ementor", width=TABLET)
    await tablet.go(list_of(opening))
    await expect(tablet.page.get_by_text("Ingen venter.")).to_be_visible()

    phone = await new_phone(java_script_enabled=False)
    await phone.goto(f"{workplace.url}/intake{opening['link']['page']}")
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Velkommen")
    await phone.get_by_label("Jobnet").check()
    await phone.get_by_label("Nej, det er første gang").check()
    await phone.get_by_role("button", name="Få et nummer").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile(r"Du er nummer\s+1"))
    await expect(phone.get_by_text("Du er den næste.")).to_be_visible()
    assert await phone.context.cookies() == []

    await expect(tablet.page.get_by_role("heading", name="Venter: 1")).to_be_visible()
    await expect(tablet.page.get_by_role("link", name="Nummer 1")).to_contain_text("Jobnet Første gang")
    await expect(tablet.page.locator("#news")).to_have_text("Nu venter 1.")
    await must_be_for_everybody(tablet)


async def test_a_phone_that_scans_twice_keeps_its_number(workplace: Workplace, new_phone: NewPhone) -> None:
    opening = await opened(await workplace.caller(Role.EMENTOR))
    address = f"{workplace.url}/intake{opening['link']['page']}"
    phone = await new_phone()
    for _ in range(2):
        await phone.goto("about:blank")
        await phone.goto(address)
        await phone.get_by_role("button", name="Få et nummer").click()
        await expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile(r"Du er nummer\s+1"))
    assert await phone.evaluate(TOO_SMALL) == []
    await phone.get_by_role("link", name="Få et nummer til").click()
    await phone.get_by_role("button", name="Få et nummer").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile(r"Du er nummer\s+2"))
    other = await new_phone()
    await other.goto(address)
    await other.get_by_role("button", name="Få et nummer").click()
    await expect(other.get_by_role("heading", level=1)).to_have_text(re.compile(r"Du er nummer\s+3"))
    await expect(other.get_by_text("Der er 2 før dig.")).to_be_visible()
    assert await violations(other) == []


async def test_the_manual_way_is_one_tap_and_whoever_goes_is_taken_off(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening = await opened(mentor)
    visit = await workplace.visit("ementor", width=TABLET)
    await visit.go(list_of(opening))
    await visit.press("Ny besøgende")
    await expect(visit.page.get_by_role("link", name="Nummer 1")).to_contain_text("Har ikke valgt emne")
    await visit.page.get_by_role("link", name="Nummer 1").click()
    await visit.press("Tag af listen uden besøg")
    await expect(visit.page.get_by_text("Ingen venter.")).to_be_visible()
    await expect(visit.page.get_by_text("1 gik uden hjælp.")).to_be_visible()
    assert (await visits_at(mentor, opening))["anonymous"]["visits"] == 0


async def test_the_list_is_emptied_at_once(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening = await opened(mentor)
    for _ in range(3):
        await written_up(mentor, opening)
    visit = await workplace.visit("ementor", width=PHONE)
    await visit.go(list_of(opening))
    await visit.page.get_by_text("Tøm listen").click()
    await must_be_for_everybody(visit)
    await visit.press("Tag alle af listen")
    await expect(visit.page.get_by_text("Ingen venter.")).to_be_visible()
    await expect(visit.page.get_by_text("3 gik uden hjælp.")).to_be_visible()


async def test_visitors_nobody_wrote_up_are_counted(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening = await opened(mentor)
    visit = await workplace.visit("ementor", width=PHONE)
    await visit.go(list_of(opening))
    await visit.page.get_by_label("Hvor mange?").fill("5")
    await visit.page.get_by_label("Mest om").select_option("Digital post")
    await visit.press("Tæl med")
    await expect(visit.page.get_by_role("heading", name="Besøg i dag: 5")).to_be_visible()
    await expect(visit.page.get_by_text("0 af kendte borgere og 5 uden registrering.")).to_be_visible()
    told = (await visits_at(mentor, opening))["anonymous"]
    assert told == {"visits": 5, "themes": [{"theme": "e-boks", "helped": 5, "partly": 0, "alone": 0}]}


async def test_what_is_missing_is_said_and_what_was_chosen_stands(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening = await opened(mentor)
    await written_up(mentor, opening, "pdf")
    visit = await workplace.visit("ementor", width=TABLET)
    await visit.go(list_of(opening))
    await visit.page.get_by_role("link", name="Nummer 1").click()
    await visit.press("Gem besøget")
    await expect(visit.page.get_by_role("alert")).to_contain_text("Vælg mindst ét emne")
    await expect(visit.page.get_by_role("heading", name="Nummer 1")).to_be_visible()
    pdf = visit.page.get_by_role("radiogroup", name="PDF-filer")
    await pdf.get_by_role("radio", name="Delvist").click()
    await visit.page.get_by_label("Kendt borger").fill("Anna")
    await visit.press("Gem besøget")
    await expect(visit.page.get_by_role("alert")).to_contain_text("Det er ikke en reference")
    await expect(pdf.get_by_role("radio", name="Delvist")).to_be_checked()
    await expect(visit.page.get_by_label("Kendt borger")).to_have_value("Anna")
    await must_be_for_everybody(visit)
    await visit.page.get_by_label("Kendt borger").fill("Borger 0000-0000")
    await visit.press("Gem besøget")
    await expect(visit.page.get_by_role("alert")).to_contain_text("Ingen borger i din kommune har den reference")
    await visit.page.get_by_label("Kendt borger").fill("")
    await visit.press("Gem besøget")
    await expect(visit.page.get_by_text("Besøget er gemt.")).to_be_visible()
    assert (await visits_at(mentor, opening))["anonymous"]["visits"] == 1


async def test_two_tablets_do_not_register_one_person_twice(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening = await opened(mentor)
    await written_up(mentor, opening, "pdf")
    slow = await workplace.visit("ementor", width=TABLET)
    await slow.go(list_of(opening))
    await slow.page.get_by_role("link", name="Nummer 1").click()
    fast = await workplace.visit("jobkonsulent", width=DESKTOP)
    for visit in (fast, slow):
        if visit is fast:
            await visit.go(list_of(opening))
            await visit.page.get_by_role("link", name="Nummer 1").click()
        await visit.page.get_by_role("radiogroup", name="PDF-filer").get_by_role("radio", name="Selv").click()
        await visit.press("Gem besøget")
    await expect(slow.page.get_by_role("alert")).to_contain_text("En kollega har taget sig af dette nummer")
    assert (await visits_at(mentor, opening))["anonymous"]["visits"] == 1


async def test_a_citizen_who_was_referred_is_chosen_and_her_referral_answered(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening, citizen_id = await opened(mentor), await a_citizen(workplace, "020380-0001")
    await referred(workplace, citizen_id)
    visit = await workplace.visit("ementor", width=TABLET)
    await visit.go(list_of(opening))
    await visit.press("Registrér uden nummer", "link")
    await visit.page.get_by_text("Uden borger. Vælg en borger").click()
    await visit.press("Vis dem, der er henvist til et værksted", "link")
    reference = reference_of(citizen_id)
    await visit.page.get_by_label(reference).check()
    await visit.page.get_by_role("radiogroup", name="MitID").get_by_role("radio", name="Hjulpet").click()
    await visit.press("Gem besøget")
    await expect(visit.page.get_by_text("henvisningen er besvaret: taget imod")).to_be_visible()
    (told,) = done(await mentor.get(f"/intake/citizens/{citizen_id}/referrals"))
    assert told["answer"] == "accepted"
    await visit.press("Dagens besøg", "link")
    row = visit.page.get_by_role("row", name=reference)
    await expect(row).to_contain_text("MitID: hjulpet")
    await expect(row.get_by_role("link")).to_have_attribute("href", f"/borgere/{citizen_id}")
    await must_be_for_everybody(visit)


async def test_a_form_that_is_sent_twice_is_one_visit_of_hers(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening = await opened(mentor)
    listed, typed = await a_citizen(workplace, "020380-0004"), await a_citizen(workplace, "020380-0005")
    visit = await workplace.visit("ementor", width=TABLET)
    for citizen_id, borger in ((listed, "vis"), (typed, typed)):
        await referred(workplace, citizen_id)
        await visit.go(f"{list_of(opening)}/besog?borger={borger}")
        if citizen_id == listed:
            await visit.page.get_by_label(reference_of(citizen_id)).check()
        await visit.page.get_by_role("radiogroup", name="MitID").get_by_role("radio", name="Selv").click()
        form = await visit.page.evaluate(FIELDS)
        for _ in range(2):
            sent = await visit.page.request.post(visit.page.url.partition("?")[0], form=form)
            assert "henvisningen er besvaret: taget imod" in await sent.text()
    told = await visits_at(mentor, opening)
    assert [one["citizen_id"] for one in told["known"]] == [typed, listed]
    assert told["anonymous"]["visits"] == 0


async def test_a_visit_keeps_its_citizen_when_a_colleague_has_answered(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening, citizen_id = await opened(mentor), await a_citizen(workplace, "020380-0006")
    await referred(workplace, citizen_id)
    visit = await workplace.visit("ementor", width=PHONE)
    await visit.go(f"{list_of(opening)}/besog?borger=vis")
    await visit.page.get_by_label(reference_of(citizen_id)).check()
    await visit.page.get_by_role("radiogroup", name="MitID").get_by_role("radio", name="Selv").click()
    (made,) = done(await mentor.get(f"/intake/citizens/{citizen_id}/referrals"))
    done(await mentor.post(f"/intake/referrals/{made['referral_id']}/answer", json={"answer": "accepted"}))
    await visit.press("Gem besøget")
    await expect(visit.page.get_by_role("alert")).to_contain_text("Henvisningen er allerede besvaret")
    await expect(visit.page.get_by_label(reference_of(citizen_id))).to_be_checked()
    await must_be_for_everybody(visit)
    await visit.page.get_by_label("så besvar henvisningen").uncheck()
    await visit.press("Gem besøget")
    await expect(visit.page.get_by_text("Besøget er gemt.")).to_be_visible()
    told = await visits_at(mentor, opening)
    assert ([one["citizen_id"] for one in told["known"]], told["anonymous"]["visits"]) == ([citizen_id], 0)


async def test_a_reference_names_any_citizen_of_ours(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening, citizen_id = await opened(mentor), await a_citizen(workplace, "020380-0007")
    visit = await workplace.visit("ementor", width=TABLET)
    await visit.go(f"{list_of(opening)}/besog")
    await visit.page.get_by_text("Uden borger. Vælg en borger").click()
    await visit.page.get_by_label("Kendt borger").fill(f"{citizen_id[-8:-4]}-{citizen_id[-4:]}")
    await visit.page.get_by_role("radiogroup", name="Jobnet").get_by_role("radio", name="Delvist").click()
    await visit.press("Gem besøget")
    await expect(visit.page.get_by_text("Besøget er gemt.")).to_be_visible()
    assert [one["citizen_id"] for one in (await visits_at(mentor, opening))["known"]] == [citizen_id]


async def test_more_than_are_listed_are_told_of(workplace: Workplace) -> None:
    opening = await opened(await workplace.caller(Role.EMENTOR, municipality=CROWDED))
    for number in range(1, 102):
        citizen_id = await a_citizen(workplace, f"030380-{number:04}", CROWDED)
        await referred(workplace, citizen_id, CROWDED)
    visit = await workplace.visit("ementor", width=PHONE, municipality=CROWDED)
    await visit.go(f"{list_of(opening)}/besog?borger=vis")
    await expect(visit.page.get_by_text("Listen viser de 100 af 101, der har frist først.")).to_be_visible()
    await must_be_for_everybody(visit)
    await visit.press("Skriv borgerens reference i stedet", "link")
    await visit.page.get_by_text("Uden borger. Vælg en borger").click()
    await visit.page.get_by_label("Kendt borger").fill(f"{citizen_id[-8:-4]}-{citizen_id[-4:]}")
    await visit.page.get_by_role("radiogroup", name="MitID").get_by_role("radio", name="Selv").click()
    await visit.press("Gem besøget")
    await expect(visit.page.get_by_text("henvisningen er besvaret: taget imod")).to_be_visible()


async def test_her_id_is_enough_and_an_open_referral_is_answered_with_it(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening, citizen_id = await opened(mentor), await a_citizen(workplace, "020380-0002")
    await referred(workplace, citizen_id)
    visit = await workplace.visit("ementor", width=TABLET)
    for said in ("henvisningen er besvaret: taget imod", "Besøget er gemt."):
        await visit.go(f"{list_of(opening)}/besog?borger={citizen_id}")
        await expect(visit.page.get_by_label("Kendt borger")).to_have_value(citizen_id)
        await visit.page.get_by_role("radiogroup", name="Jobnet").get_by_role("radio", name="Delvist").click()
        await visit.press("Gem besøget")
        await expect(visit.page.get_by_text(said)).to_be_visible()
    assert [one["citizen_id"] for one in (await visits_at(mentor, opening))["known"]] == [citizen_id] * 2


async def test_by_keyboard_alone(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening = await opened(mentor)
    await written_up(mentor, opening, "upload")
    visit = await workplace.visit("ementor", width=TABLET)
    await visit.go(list_of(opening))
    keys = visit.page.keyboard
    await _tab_to(visit.page, "Nummer 1")
    async with visit.page.expect_navigation():
        await keys.press("Enter")
    await _tab_to(visit.page, "emne-upload")
    for _ in range(3):  # from "not today" over helped and partly to alone
        await keys.press("ArrowRight")
    await expect(visit.page.locator("#emne-upload-alone")).to_be_checked()
    outline = "getComputedStyle(document.activeElement.nextElementSibling).outlineStyle"
    assert await visit.page.evaluate(outline) == "solid"
    async with visit.page.expect_navigation():
        await keys.press("Enter")
    await expect(visit.page.get_by_text("Besøget er gemt.")).to_be_visible()
    told = (await visits_at(mentor, opening))["anonymous"]["themes"]
    assert told == [{"theme": "upload", "helped": 0, "partly": 0, "alone": 1}]


async def test_the_tablet_works_without_scripts_from_choosing_the_site(workplace: Workplace) -> None:
    site = a_site()
    visit = await workplace.visit("ementor", width=TABLET, java_script_enabled=False)
    await visit.go("/vaerksted")
    await visit.page.get_by_label("Navnet på stedet").fill(site)
    await visit.press("Åbn værkstedet")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text(site)
    await visit.press("Ny besøgende")
    await visit.page.get_by_role("link", name="Nummer 1").click()
    await visit.page.get_by_role("radiogroup", name="E-mail").get_by_role("radio", name="Hjulpet").click()
    await visit.press("Gem besøget")
    await expect(visit.page.get_by_role("heading", name="Besøg i dag: 1")).to_be_visible()
    await visit.press("Skift værksted", "link")
    await visit.press(site)
    await expect(visit.page.get_by_role("heading", name="Besøg i dag: 1")).to_be_visible()


async def test_the_poster_has_the_code_and_the_manual_way(workplace: Workplace) -> None:
    opening = await opened(await workplace.caller(Role.EMENTOR))
    visit = await workplace.visit("ementor", width=TABLET)
    await visit.go(f"{list_of(opening)}/plakat")
    code = visit.page.get_by_role("img", name="QR-kode")
    await expect(code).to_be_visible()
    assert await code.evaluate("one => one.complete && one.naturalWidth > 0")
    await expect(visit.page.get_by_text("Ingen telefon?")).to_be_visible()
    await visit.page.emulate_media(media="print")
    await expect(visit.page.get_by_text("Tilbage til listen")).to_be_hidden()
    await expect(code).to_be_visible()
    await visit.page.emulate_media(media="screen")
    await visit.press("Se siden, som koden åbner", "link")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Velkommen")


@pytest.mark.parametrize("medium", ["screen", "print"])
async def test_the_posters_code_read_as_a_phone_does_is_the_check_in_page(workplace: Workplace, medium: Any) -> None:
    opening = await opened(await workplace.caller(Role.EMENTOR))
    visit = await workplace.visit("ementor", width=TABLET)
    await visit.go(f"{list_of(opening)}/plakat")
    await visit.page.emulate_media(media=medium)
    await expect(visit.page.get_by_role("img", name="QR-kode")).to_be_visible()
    poster = Image.open(io.BytesIO(await visit.page.screenshot(full_page=True)))
    (code,) = zxingcpp.read_barcodes(poster)
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    assert code.text == f"{workplace.url}/intake{opening['link']['page']}"
    somebody = await (await workplace.browser.new_context()).new_page()  # who is not signed in
    await somebody.goto(code.text)
    await expect(somebody.get_by_role("heading", level=1)).to_have_text("Velkommen")
    await somebody.context.close()


async def test_yesterdays_list_leads_to_the_choice_of_a_site(workplace: Workplace) -> None:
    visit = await workplace.visit("ementor", width=TABLET)
    await visit.go(f"/vaerksted/{uuid4()}")
    await expect(visit.page.get_by_role("heading", name="Hvor er du i dag?")).to_be_visible()
    await expect(visit.page.get_by_text("Det er en ny dag.")).to_be_visible()


async def test_the_figure_of_self_reliance_moves_with_a_visit(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR, municipality=ELSEWHERE)
    opening, citizen_id = await opened(mentor), await a_citizen(workplace, "020380-0003", ELSEWHERE)
    earlier = {
        "site": opening["site"],
        "themes": [{"theme": "pdf", "autonomy": "helped"}],
        "minutes": 30,
        "device": "phone",
        "citizen_id": citizen_id,
        "happened": (now() - timedelta(days=3)).isoformat(),
    }
    done(await mentor.post("/intake/visits", json=earlier), 201)
    assert await _self_reliant(mentor) == (0, 0), "one visit tells nothing yet"
    visit = await workplace.visit("ementor", width=TABLET, municipality=ELSEWHERE)
    await visit.go(f"{list_of(opening)}/besog?borger={citizen_id}")
    await visit.page.get_by_role("radiogroup", name="PDF-filer").get_by_role("radio", name="Selv").click()
    await visit.press("Gem besøget")

    async def moved() -> bool:
        return await _self_reliant(mentor) == (1, 1)

    await eventually(moved, 15, what="the one theme that she came back with is managed alone")


async def test_others_have_no_workshop(workplace: Workplace) -> None:
    visit = await workplace.visit("leder")
    await visit.go("/vaerksted")
    await expect(visit.page.get_by_role("heading", name="Du har ikke adgang til denne side")).to_be_visible()


async def _self_reliant(caller: httpx.AsyncClient) -> tuple[int, int]:
    asked = {"indicator": "self_reliance", "by": "theme"}
    told = (await caller.get("/outcomes/effect", params=asked)).raise_for_status().json()
    rows = [row for row in told if row["dimensions"].get("theme") == "pdf"]
    return (sum(row["numerator"] for row in rows), sum(row["denominator"] for row in rows))


async def _tab_to(page: Page, wanted: str, limit: int = 60) -> None:
    """Press Tab until what has the focus says this, or is called so."""
    said = "`${document.activeElement.textContent} ${document.activeElement.name ?? ''}`"
    for _ in range(limit):
        await page.keyboard.press("Tab")
        if wanted in await page.evaluate(said):
            return
    raise AssertionError(f"{wanted} cannot be reached by Tab")
