"""A manager prints an effort as a memo and takes the figures with her."""

import csv
import hashlib
import io
import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.leader import leader, text_of
from tests.browser.naestved import COURSE, EFFORT
from tests.browser.workplace import Workplace

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]


async def test_it_prints_as_a_memo_of_at_most_three_pages(workplace: Workplace) -> None:
    visit = await leader(workplace)
    page = visit.page
    await visit.press("Udskriv som notat", "link")
    for missing in ("navigation", "form", "banner"):
        await expect(page.get_by_role(missing)).to_have_count(0)  # type: ignore[arg-type]
    memo = await text_of(page.locator("main"))
    for said in ("Notat til udvalget · Næstved Kommune", "Tal pr. ", "Til intern brug", "Noter: sådan er tallene"):
        assert said in memo
    await visit.must_be_for_everybody()
    assert 2 <= pages_in(await page.pdf(prefer_css_page_size=True)) <= 3
    await visit.go(f"{EFFORT}?dag=2022-03-31&kendt=2022-03-31")
    await page.emulate_media(media="print")  # the page itself prints as the memo, too
    await expect(page.get_by_role("navigation")).to_have_count(0)
    await expect(page.locator(".decide, .day-form, .file-link")).to_have_count(await _hidden(page))
    await expect(page.get_by_text("Noter: sådan er tallene regnet ud")).to_be_visible()
    assert "som det var kendt den 31. marts 2022" in await text_of(page.locator("[data-part=as-of]"))
    assert pages_in(await page.pdf(prefer_css_page_size=True)) <= 3


def pages_in(pdf: bytes) -> int:
    """How many pages it has."""
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


async def _hidden(page: Page) -> int:
    """How many of what is only for the screen is there and cannot be seen."""
    found = await page.locator(".decide, .day-form, .file-link").all()
    return sum([not await one.is_visible() for one in found])


async def test_figures_go_out_as_files_with_their_mark_and_their_contract(workplace: Workplace) -> None:
    visit = await leader(workplace, f"{EFFORT}?dag=2022-06-01")
    links = visit.page.locator("[data-part=files] tr", has_text="I ordinært job efter mikrosprint").locator("a")
    addresses = [await link.get_attribute("href") for link in await links.all()]
    got = [await visit.page.request.get(f"{workplace.url}{address}") for address in addresses]
    written, sheet, parquet, contract = [await one.body() for one in got]
    names = [one.headers["content-disposition"] for one in got]
    assert names == [
        f'attachment; filename="mikrosprint_job-course-2022-06-01-intern{end}"'
        for end in (".csv", ".xlsx", ".parquet", "-datakontrakt.json")
    ]
    assert got[0].headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))
    (mine,) = [row for row in rows if row["course"] == COURSE]
    assert (mine["numerator"], mine["denominator"], mine["use"]) == ("3", "23", "intern, ikke til offentliggørelse")
    assert sheet.startswith(b"PK")
    assert parquet.startswith(b"PAR1")
    assert hashlib.sha256(written).hexdigest() in contract.decode()
    refused = await visit.page.request.get(f"{workplace.url}/tal/nothing.csv")
    assert refused.status == 422
    assert "Det tal findes ikke." in await refused.text()
