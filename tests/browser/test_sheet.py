"""The frame that every working page has: parts by role, pages that do not exist, and what is refused."""

import pytest
from playwright.async_api import expect

from tests.browser.caseworker import Others, step
from tests.browser.workplace import Workplace
from tests.real.answers import done

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]


@pytest.mark.parametrize("width", [375, 1280])
async def test_a_page_that_does_not_exist_says_so_and_shows_the_way(workplace: Workplace, width: int) -> None:
    visit = await workplace.visit("jobkonsulent", width=width)
    await visit.go("/nowhere/at-all")
    await expect(visit.page.get_by_role("heading", name="Siden findes ikke")).to_be_visible()
    visit.said.clear()  # the browser says that the page was not found
    await visit.must_be_for_everybody()
    await visit.press("Gå til forsiden", "link")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Hvad virker?")


async def test_what_is_pressed_stays_until_it_is_let_go(workplace: Workplace, others: Others) -> None:
    """Else nothing would come of a press in the moment in which something changes elsewhere."""
    citizen_id = await others.citizen()
    visit = await workplace.visit("jobkonsulent")
    page = visit.page
    await visit.go(f"/borgere/{citizen_id}")
    await step(page, "Tilbyd den digitale test")
    await page.locator("[data-part=step] h2").hover()
    await page.mouse.down()
    async with page.expect_response(page.url):  # it looks again by itself
        barrier = {"kind": "danish", "severity": "low"}
        done(await others.caller.post(f"/intake/citizens/{citizen_id}/barriers", json=barrier))
    await page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    await step(page, "Tilbyd den digitale test")
    await page.mouse.up()
    await step(page, "Henvis til det digitale værksted")
