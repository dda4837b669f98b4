"""The frame that every working page has: parts by role, pages that do not exist, and what is refused."""

import pytest
from playwright.async_api import expect

from tests.browser.workplace import Workplace

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
