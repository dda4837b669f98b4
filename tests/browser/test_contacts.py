"""Contacts at the desk: they come by themselves, their clock counts down, and they are answered with one press."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.businesses import CASEWORKER, DESK, PHONE, Businesses, new_cvr, said
from tests.browser.workplace import Workplace

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

FREDERIKSBERG, ESBJERG, FREDERICIA = "0147", "0561", "0607"
"""Each story that counts has a municipality for itself."""
FOCUSED = "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"
OUTLINE = """() => {
    const at = document.activeElement, label = at.labels?.[0] ?? at;
    const widths = [[at], [label], [label, "::before"]].map((shown) => getComputedStyle(...shown).outlineWidth);
    return Math.max(...widths.map(parseFloat));
}"""
"""The line around what has the focus, in px; a radio button's is drawn on its label."""


def row(page: Page, company: str) -> Locator:
    """What waits for an answer to this company."""
    return page.locator(".contact").filter(has=page.get_by_role("link", name=company))


async def test_a_contact_appears_by_itself_with_its_clock(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace, FREDERICIA)
    visit = await workplace.visit(DESK, municipality=FREDERICIA)
    page = visit.page
    await visit.go("/henvendelser")
    await expect(page.locator("[data-part=waiting-summary]")).to_have_text("Ingen henvendelser venter på svar.")
    await firms.contact(await firms.company("Bageriet på Hjørnet"), wants="praktik", hours=23, minutes=29, seconds=1)
    bakery = row(page, "Bageriet på Hjørnet")
    await expect(bakery.get_by_role("timer")).to_have_text("30 minutter tilbage")
    await expect(bakery.locator(".deadline-mark")).to_have_text("Haster")
    await expect(bakery).to_contain_text("Vil have en i praktik")
    await expect(page.locator("#news")).to_have_text("1 henvendelse venter på svar.")  # read aloud
    await firms.contact(await firms.company("Smedjen"), hours=30)
    await expect(page.locator(".contact h3")).to_have_text(["Smedjen", "Bageriet på Hjørnet"])
    await expect(row(page, "Smedjen").get_by_role("timer")).to_have_text("Fristen er overskredet med 6 timer")
    await expect(row(page, "Smedjen").locator(".deadline-mark")).to_have_text("For sent")
    assert (visit.said, visit.outside) == ([], [])


async def test_the_clock_counts_down_while_the_page_is_open(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace)
    company = await firms.company()
    await firms.contact(company, hours=1, seconds=1)  # the minute that is shown has just begun
    visit = await workplace.visit(DESK)
    page = visit.page
    await page.clock.install()
    await visit.go(f"/virksomheder/{company}")
    timer, mark = page.get_by_role("timer"), page.locator(".deadline-mark")
    await expect(timer).to_have_text("22 timer og 59 minutter tilbage")
    await expect(mark).to_be_hidden()
    await page.clock.fast_forward("20:00:00")
    await expect(timer).to_have_text("2 timer og 59 minutter tilbage")
    await expect(mark).to_have_text("Haster")
    await page.clock.fast_forward("02:59:00")
    await expect(timer).to_have_text("under 1 minut tilbage")
    await page.clock.fast_forward("01:01:00")
    await expect(timer).to_have_text("Fristen er overskredet med 1 time")
    await expect(mark).to_have_text("For sent")


async def test_a_company_is_answered_with_one_press_and_only_once(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace, FREDERIKSBERG)
    await firms.contact(await firms.company("Bageriet"), hours=20, seconds=1)
    await firms.contact(await firms.company("Smedjen"), hours=24, minutes=1)
    old = await workplace.visit(CASEWORKER, municipality=FREDERIKSBERG, java_script_enabled=False)
    await old.go("/henvendelser")
    visit = await workplace.visit(DESK, municipality=FREDERIKSBERG)
    await visit.go("/henvendelser")
    for company in ("Bageriet", "Smedjen"):
        await visit.press(f"Besvaret nu: {company}, vil ansætte")
        await said(visit, "Svaret er noteret, og uret er stoppet.")
    await expect(visit.page.locator("[data-part=waiting-summary]")).to_have_text("Ingen henvendelser venter på svar.")
    answered = visit.page.get_by_role("table", name="Henvendelser, der er besvaret i dag").get_by_role("row")
    await expect(answered.filter(has_text="Bageriet")).to_contain_text(
        re.compile(r"20\s+timer(\s+og\s+\d+\s+minut(ter)?)?\s+–\s+inden\s+fristen")
    )
    await expect(answered.filter(has_text="Smedjen")).to_contain_text(
        re.compile(r"24\s+timer\s+og\s+\d\s+minut(ter)?\s+–\s+for\s+sent")
    )
    await old.press("Besvaret nu: Bageriet, vil ansætte")
    await said(old, "Virksomheden har allerede fået svar. Det første svar tæller.")
    await expect(old.page.locator(".contact")).to_have_count(0)
    await visit.must_be_for_everybody()


async def test_the_service_goal_stands_with_its_definition_and_moves(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace, ESBJERG)
    company = await firms.company()
    for hours, later in ((100, 99), (80, 57), (70, 40)):  # answered after 1, 23 and 30 hours
        await firms.answered(await firms.contact(company, hours=hours), hours=later)
    waiting = await firms.contact(company, hours=50)
    await firms.contact(company)  # is not due before tomorrow
    visit = await workplace.visit(DESK, municipality=ESBJERG)
    await visit.go("/henvendelser")
    goal = visit.page.locator("[data-part=goal]")
    await expect(goal.locator(".figure strong")).to_have_text("2 af 4 (50 %)")
    await goal.get_by_text("Sådan er tallet regnet ud").click()
    await expect(goal).to_contain_text("der blev besvaret senest 24 timer efter, at de kom")
    await firms.answered(waiting, hours=49)  # it was, but nobody had written it down
    await expect(goal.locator(".figure strong")).to_have_text("3 af 4 (75 %)")


async def test_a_contact_is_recorded_and_answered_by_keyboard_alone(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace)
    visit = await workplace.visit(DESK)
    page = visit.page
    await visit.go(f"/virksomheder/{await firms.company()}")
    await press_by_keyboard(page, "Notér en ny henvendelse")
    await tab_to(page, "Vil ansætte")
    await page.keyboard.press("ArrowDown")
    async with page.expect_navigation():
        await press_by_keyboard(page, "Notér henvendelsen")
    await said(visit, "Henvendelsen er noteret. Virksomheden skal have svar inden 24 timer.")
    await expect(page.locator(".contact h3")).to_have_text("Vil have en i løntilskud")
    async with page.expect_navigation():
        await press_by_keyboard(page, "Besvaret nu")
    await said(visit, "Svaret er noteret, og uret er stoppet.")
    await expect(page.get_by_text("Virksomheden venter ikke på svar.")).to_be_visible()


async def tab_to(page: Page, words: str) -> None:
    """Tab until the focus is on what begins with these words, or on the field with that label."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        if str(await page.evaluate(FOCUSED)).startswith(words):
            assert await page.evaluate(OUTLINE) >= 2, f"{words} shows no focus"
            return
    raise AssertionError(f"{words} cannot be reached")


async def press_by_keyboard(page: Page, words: str) -> None:
    """Tab to it and press Enter."""
    await tab_to(page, words)
    await page.keyboard.press("Enter")


async def test_everything_works_without_java_script(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace)
    name = f"Uden Script {new_cvr()}"
    await firms.contact(await firms.company(name), hours=23, minutes=29, seconds=1)
    visit = await workplace.visit(DESK, width=PHONE, java_script_enabled=False)
    page = visit.page
    await visit.go("/virksomheder")
    await page.get_by_label("Navn eller CVR-nummer").fill(name)
    await visit.press("Søg")
    await visit.press(name, "link")
    await expect(page.get_by_role("timer")).to_have_text("30 minutter tilbage")
    await expect(page.get_by_role("link", name="Hent siden igen")).to_be_visible()
    assert "Tiden, der er tilbage, er regnet ud kl." in await page.content()  # text under noscript is not searched
    await page.get_by_text("Besvaret tidligere").click()
    await page.get_by_label("Dag").first.fill("2020-01-01")
    await page.get_by_label("Klokkeslæt").first.fill("08:00")
    await visit.press("Gem svaret")
    await said(visit, "Svaret kan ikke ligge før henvendelsen. Ret dag og klokkeslæt.")
    await expect(page.get_by_label("Dag").first).to_have_value("2020-01-01")
    async with page.expect_navigation():
        await page.get_by_role("button", name="Besvaret nu: vil ansætte").click()
    await said(visit, "Svaret er noteret, og uret er stoppet.")
