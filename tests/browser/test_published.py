"""An analyst sees what is published and nothing live, and whoever talks with companies sees no figures."""

import pytest
from playwright.async_api import expect

from tests.browser.leader import DESKTOP, PHONE, leader, text_of
from tests.browser.naestved import COURSE, EFFORT, MUNICIPALITY
from tests.browser.workplace import Workplace

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_an_analyst_sees_what_is_published_and_on_which_days(workplace: Workplace, width: int) -> None:
    await leader(workplace)
    visit = await workplace.visit("analytiker", municipality=MUNICIPALITY, width=width)
    await visit.go(f"{EFFORT}?dag=2022-03-01")
    alert = visit.page.locator(".alert", has_text="Der er ikke offentliggjort tal for 1.")
    days = alert.get_by_role("link")
    await expect(days).to_have_count(1)
    await visit.must_be_for_everybody()
    async with visit.page.expect_navigation():
        await days.click()
    await expect(visit.page.locator("[data-part=figures]")).to_contain_text("0 af 17")  # a zero is published
    await expect(visit.page.locator("[data-part=figures]")).to_contain_text("Tallet ville fortælle om så få personer")
    assert "3 af 23" not in await text_of(visit.page.locator("main"))
    await expect(visit.page.locator("[data-part=verdict] .badge")).to_have_text("Stop")
    await visit.must_be_for_everybody()


async def test_an_analyst_fetches_what_is_published_as_files(workplace: Workplace) -> None:
    await leader(workplace)
    visit = await workplace.visit("analytiker", municipality=MUNICIPALITY)
    await visit.go(EFFORT)
    links = visit.page.locator("a.file-link")
    assert await links.count() % 4 == 0
    for link in await links.all():
        address = await link.get_attribute("href")
        fetched = await visit.page.request.get(f"{workplace.url}{address}")
        assert fetched.status == 200, (address, await fetched.text())
    written = await visit.page.request.get(f"{workplace.url}{await links.first.get_attribute('href')}")
    (row,) = [line for line in (await written.text()).splitlines() if COURSE in line]
    assert ";23;" not in row, "three of 23 would tell of too few"


async def test_an_analyst_begins_with_what_is_published_and_gets_nothing_live(workplace: Workplace) -> None:
    await leader(workplace)
    visit = await workplace.visit("analytiker", municipality=MUNICIPALITY)
    await visit.go("/")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Offentliggjorte tal")
    await visit.must_be_for_everybody()
    assert (await visit.page.request.get(f"{workplace.url}/live")).status == 403
    await visit.press("Digital koordinator", "link")
    await expect(visit.page.locator("[data-part=figures]")).to_be_visible()
    await expect(visit.page.locator("main").get_by_role("link", name="Offentliggjorte tal")).to_be_visible()


async def test_whoever_talks_to_companies_begins_with_them_and_sees_no_figures(workplace: Workplace) -> None:
    visit = await workplace.visit("virksomhedskonsulent", municipality=MUNICIPALITY)
    await visit.go("/")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Henvendelser")
    for address in ("/live", EFFORT):
        assert (await visit.page.request.get(f"{workplace.url}{address}")).status == 403
