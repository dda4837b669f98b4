"""A manager opens pilots and decides about them."""

import re
from contextlib import aclosing

import pytest
from playwright.async_api import Page, expect

from shared.web import Role
from tests.browser.leader import PHONE, leader, new_course, open_pilot
from tests.browser.naestved import MUNICIPALITY
from tests.browser.workplace import Workplace
from tests.today import today
from tests.waiting import eventually

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]


async def test_a_manager_stops_a_pilot_with_the_keyboard_and_says_why(workplace: Workplace) -> None:
    course, _ = await new_course(workplace)
    pilot = await open_pilot(workplace, course)
    visit = await leader(workplace, f"/indsatser/{course}")
    page = visit.page
    await expect(page.locator("[data-part=verdict] .badge")).to_have_text("Kan ikke afgøres endnu")
    await expect(page.locator(".stop-means")).to_contain_text("0 borgere med plads")
    await page.get_by_role("radio", name="Fortsæt: den går videre som nu").focus()
    for _ in range(2):
        await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("radio", name="Stop")).to_be_checked()
    await page.keyboard.press("Tab")
    await page.keyboard.type("Ingen virksomheder spørger efter det")
    for _ in range(2):
        await page.keyboard.press("Tab")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")  # without having confirmed
    await expect(page.get_by_role("alert")).to_contain_text("Sæt hak ved, at du har læst, hvad et stop betyder")
    await expect(page.get_by_label("Hvorfor?")).to_have_value("Ingen virksomheder spørger efter det")
    await expect(page.get_by_role("radio", name="Stop")).to_be_checked()
    await visit.must_be_for_everybody()
    await page.get_by_role("checkbox", name=re.compile("Jeg har læst")).focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    await expect(page.get_by_role("status").filter(has_text="Indsatsen er stoppet.")).to_be_visible()
    await expect(page.locator(".decisions")).to_contain_text("»Ingen virksomheder spørger efter det«")
    await expect(page.locator(".decide")).to_have_count(0)
    async with aclosing(await workplace.caller(Role.MANAGER, municipality=MUNICIPALITY)) as manager:
        told = (await manager.get(f"/courses/pilots/{pilot}")).json()
        (decided,) = told["decisions"]
        assert (decided["decision"], decided["verdict"]) == ("stop", "cannot-tell-yet")
        assert decided["decided_by_role"] == "manager"
        assert (await manager.get(f"/courses/courses/{course}")).json()["closed_on"] == str(today())


async def test_a_decision_of_somebody_else_is_seen_before_ones_own(workplace: Workplace) -> None:
    course, _ = await new_course(workplace)
    pilot = await open_pilot(workplace, course)
    visit = await leader(workplace, f"/indsatser/{course}", java_script_enabled=False)
    await eventually(lambda: _is_judged(visit.page), what="the pilot is judged")
    widen = {"decision": "widen", "verdict": "cannot-tell-yet", "reason": "Virksomhederne venter"}
    async with aclosing(await workplace.caller(Role.MANAGER, municipality=MUNICIPALITY)) as manager:
        (await manager.post(f"/courses/pilots/{pilot}/decide", json=widen)).raise_for_status()
    await visit.page.get_by_role("radio", name=re.compile("Udvid")).check()
    await visit.page.get_by_label("Hvorfor?").fill("Det går godt")
    await visit.press("Gem beslutningen")
    await expect(visit.page.get_by_role("alert")).to_contain_text("En anden har ændret det samme")
    await expect(visit.page.get_by_label("Hvorfor?")).to_have_value("Det går godt")
    await expect(visit.page.get_by_role("radio", name=re.compile("Udvid"))).to_have_count(0)
    await visit.page.get_by_role("radio", name=re.compile("Fortsæt")).check()
    await visit.press("Gem beslutningen")
    await expect(visit.page.get_by_text("Beslutningen er gemt sammen med det, tallene sagde.")).to_be_visible()


async def _is_judged(page: Page) -> bool:
    await page.reload()
    return await page.locator(".decide").count() == 1


async def test_an_effort_becomes_a_pilot_before_anyone_starts(workplace: Workplace) -> None:
    course, _ = await new_course(workplace)
    visit = await leader(workplace, f"/indsatser/{course}", width=PHONE)
    page = visit.page
    await expect(page.locator("[data-part=as-of]")).to_contain_text("var ingen startet endnu")
    await page.get_by_text("Gør indsatsen til en pilot").click()
    await visit.must_be_for_everybody()
    await page.get_by_label("Hvad skal den måles på?").select_option("mikrosprint_job")
    await page.get_by_label("Hvor mange procent").fill("halvdelen")
    await page.get_by_label("Pladser, før I beslutter").fill("4")
    await page.get_by_label("Pladser i alt").fill("12")
    await visit.press("Gør til pilot")
    await expect(page.get_by_role("alert")).to_contain_text("Kravet skal være en procent mellem 0 og 100")
    await page.get_by_label("Hvor mange procent").fill("37,5")
    await visit.press("Gør til pilot")
    await expect(page.get_by_role("alert")).to_contain_text("Målet tæller ingen på dette kursus.")
    await page.get_by_label("Hvad skal den måles på?").select_option("moved_on")
    await visit.press("Gør til pilot")
    await expect(page.get_by_text("Indsatsen er nu en pilot. Kravet og størrelsen ligger fast.")).to_be_visible()
    await expect(page.locator("[data-part=verdict]")).to_contain_text("for mere end 37,5")
