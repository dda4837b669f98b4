"""Visits at a workshop: registered in three taps, by keyboard and without scripts, and the figure that moves."""

import httpx
import pytest
from playwright.async_api import Page, expect

from shared.web import Role
from tests.browser.workplace import Workplace
from tests.browser.workshop import (
    DESKTOP,
    PHONE,
    TABLET,
    a_citizen,
    a_site,
    list_of,
    must_be_for_everybody,
    opened,
    visits_at,
    written_up,
)
from tests.real.answers import done
from tests.today import days_ago
from tests.waiting import eventually

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

ELSEWHERE = "0607"
"""A municipality in which no other test counts visits."""
COUNT_TAPS = """addEventListener('click', (event) => {
  if (event.isTrusted && event.detail > 0) sessionStorage.setItem('taps', Number(sessionStorage.getItem('taps')) + 1);
}, true)"""
TAPS = "Number(sessionStorage.getItem('taps'))"


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
    assert (told["known"], told["anonymous"]["visits"]) == ([], 1)
    assert told["anonymous"]["themes"] == [{"theme": "mitid", "helped": 0, "partly": 0, "alone": 1}]


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
    assert (told["visits"], len(told["each"])) == (5, 5)
    assert told["themes"] == [{"theme": "e-boks", "helped": 5, "partly": 0, "alone": 0}]


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


async def test_the_figure_of_self_reliance_moves_with_a_visit(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR, municipality=ELSEWHERE)
    opening, citizen_id = await opened(mentor), await a_citizen(workplace, "020380-0003", ELSEWHERE)
    earlier = {
        "site": opening["site"],
        "themes": [{"theme": "pdf", "autonomy": "helped"}],
        "minutes": 30,
        "device": "phone",
        "citizen_id": citizen_id,
        "happened": days_ago(3).isoformat(),
    }
    done(await mentor.post("/intake/visits", json=earlier), 201)
    assert await _self_reliant(mentor) == (0, 0), "one visit tells nothing yet"
    visit = await workplace.visit("ementor", width=TABLET, municipality=ELSEWHERE)
    await visit.go(f"{list_of(opening)}/besog?borger={citizen_id}")
    await visit.page.get_by_role("radiogroup", name="PDF-filer").get_by_role("radio", name="Selv").click()
    await visit.press("Gem besøget")

    async def moved() -> bool:
        return await _self_reliant(mentor) == (1, 1)

    await eventually(moved, what="the one theme that she came back with is managed alone")


async def _self_reliant(caller: httpx.AsyncClient) -> tuple[int, int]:
    asked = {"indicator": "self_reliance", "by": "theme"}
    told = (await caller.get("/outcomes/effect", params=asked)).raise_for_status().json()
    rows = [row for row in told if row["dimensions"].get("theme") == "pdf"]
    return (sum(row["numerator"] for row in rows), sum(row["denominator"] for row in rows))


async def _tab_to(page: Page, wanted: str, limit: int = 60) -> None:
    """Press Tab until what has the focus says this, or is called so."""
    said = "(one => one === document.body ? '' : `${one.textContent} ${one.name ?? ''}`)(document.activeElement)"
    for _ in range(limit):
        await page.keyboard.press("Tab")
        if wanted in await page.evaluate(said):
            return
    raise AssertionError(f"{wanted} cannot be reached by Tab")
