"""A manager sets targets, and sees how far they are reached."""

import re
from contextlib import aclosing

import pytest
from playwright.async_api import expect

from shared.web import Role
from tests.browser.leader import DESKTOP, PHONE, leader
from tests.browser.naestved import MUNICIPALITY
from tests.browser.workplace import Workplace
from tests.today import today

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_targets_are_set_and_show_how_far_they_are_reached(workplace: Workplace, width: int) -> None:
    year = today().year + (1 if width == PHONE else 2)  # each width on its own
    visit = await leader(workplace, "/maal", width=width)
    page = visit.page
    await page.get_by_label("Hvad?").select_option("agreements")
    await page.get_by_label("Hvilket år?").select_option(str(year))
    await page.get_by_label("Hvilken del af året?").select_option("H1")
    await page.get_by_label("Hvor mange?").fill("40")
    await visit.press("Gem målet")
    await expect(page.get_by_text("Målet er gemt.")).to_be_visible()
    goal = page.locator(".goal", has_text=f"1. halvår {year}")
    await expect(goal).to_contain_text("Målet er 40 virksomheder har en aftale")
    await expect(goal).to_contain_text("Perioden er ikke begyndt.")
    await page.get_by_label("Hvad?").select_option("agreements")
    await page.get_by_label("Hvilket år?").select_option(str(year))
    await page.get_by_label("Hvilken del af året?").select_option("H1")
    await page.get_by_label("Hvor mange?").fill("40")
    await visit.press("Gem målet")
    await expect(page.get_by_role("alert")).to_contain_text("Målet for den periode er det tal allerede.")
    await expect(page.get_by_label("Hvor mange?")).to_have_value("40")
    await visit.must_be_for_everybody()


async def test_a_target_set_elsewhere_and_what_comes_of_it_appear_by_themselves(workplace: Workplace) -> None:
    visit = await leader(workplace, "/maal")
    jobs = visit.page.locator(".goal", has_text="3. kvartal 2021")
    agreements = visit.page.locator(".goal", has_text=f"I ordinært job efter it-kursus mål 3 {today().year}")
    await expect(jobs).to_have_count(0)
    async with aclosing(await workplace.caller(Role.MANAGER, municipality=MUNICIPALITY)) as manager:
        for indicator, period, value in (("mikrosprint_job", "2021-Q3", 6), ("it_course_job", str(today().year), 5)):
            body = {"indicator": indicator, "period": period, "value": value}
            (await manager.post("/outcomes/targets", json=body)).raise_for_status()
    await expect(jobs).to_contain_text("3 af 6 deltagelser er blevet til job")  # all three jobs began in September
    await expect(jobs).to_contain_text(re.compile("50\\s%\\saf målet. Der mangler 3."))
    await expect(agreements).to_contain_text("0 af 5")
    await visit.must_be_for_everybody()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_one_target_has_one_number_and_says_what_it_counts(workplace: Workplace, width: int) -> None:
    """Three jobs came in 2021: they are all there is in all, and nothing of this year's target."""
    async with aclosing(await workplace.caller(Role.MANAGER, municipality=MUNICIPALITY)) as manager:
        wanted = {"indicator": "mikrosprint_job", "period": str(today().year), "value": 5 if width == PHONE else 7}
        (await manager.post("/outcomes/targets", json=wanted)).raise_for_status()
    visit = await leader(workplace, "/", width=width)
    whole = visit.page.locator(f"#municipality-{MUNICIPALITY} section.measure", has_text="efter mikrosprint")
    await expect(whole.locator(".so-far")).to_contain_text(f"Se målet for {today().year}")
    words = re.compile(rf"^\s*I alt, alle år\s*3\s*er kommet i job\s*Se målet for {today().year}\s*$")
    await expect(whole.locator(".so-far")).to_have_text(words)
    await visit.must_be_for_everybody()
    async with visit.page.expect_navigation():
        await whole.get_by_role("link", name=f"Se målet for {today().year}").click()
    goal = visit.page.locator(".goal", has_text=f"I ordinært job efter mikrosprint mål 2 {today().year}")
    await expect(goal).to_contain_text(f"0 af {wanted['value']} deltagelser er blevet til job")
    await expect(goal).to_contain_text(f"Talt fra 1. januar {today().year} til og med i dag. I alt, alle år: 3.")
    await visit.must_be_for_everybody()
