"""What a manager sees, with the numbers of the source documents."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import Desk, Open
from tests.unit.desk import examples

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

NARROW, WIDE = 320, 1280


async def publish_everything(desk: Desk) -> None:
    """Both stories, the 77 % claim and the summaries."""
    for key, document in examples.everything().items():
        await desk.put(key, document)
    await desk.shows('id="municipality-0370"')  # the last of them; a desk never forgets a watermark


async def text_of(page: Page, selector: str) -> str:
    """The visible text, with ordinary spaces."""
    return re.sub(r"\s+", " ", await page.locator(selector).inner_text())


async def test_figures_stand_with_number_interval_and_definition(desk: Desk, open_page: Open) -> None:
    await publish_everything(desk)
    page = await open_page()
    card = page.get_by_role("article", name="Digital koordinator")
    await expect(card).to_contain_text("23 borgere startede: 3 fik job undervejs, 17 gennemførte og 3 faldt fra.")
    naestved = await text_of(page, "#effort-0370-ac36ce32-3149-5bf7-81dc-384a3e4d0450")
    assert "3 af 23 (13 %) – det sande tal ligger sandsynligvis mellem 5 % og 32 %." in naestved
    assert "Det er få, så tallet er et fingerpeg og langt fra sikkert." in naestved
    azure = await text_of(page, "#effort-0101-b015f0e5-4fe2-5485-82a8-6dfd5a712a49 .stage-certified")
    assert "20 af 40 (50 %) sandsynligvis 35–65 %" in azure
    assert "20 af 100 (20 %) sandsynligvis 13–29 %" in azure
    claim = await text_of(page, "#effort-0101-77777777-7777-4777-8777-777777777777")
    assert "1.925 af 2.500 (77 %) sandsynligvis 75,3–78,6 %" in claim
    assert "725 af 2.500 (29 %) sandsynligvis 27,3–30,8 %" in claim
    definition = card.get_by_text(examples.DEFINITIONS["mikrosprint_job"])
    await expect(definition).to_be_hidden()
    await card.locator(".columns").get_by_text("Sådan er tallet regnet ud").first.click()
    await expect(definition).to_be_visible()
    await expect(page.get_by_text("Lokal demo – logget ind som leder")).to_be_visible()


async def test_a_change_moves_the_figure_on_the_open_page(desk: Desk, open_page: Open) -> None:
    await publish_everything(desk)
    page = await open_page()
    await page.evaluate("window.untouched = true")
    card = page.get_by_role("article", name="Digital koordinator")
    await card.locator(".columns").get_by_text("Sådan er tallet regnet ud").first.click()
    await page.keyboard.press("Tab")
    focused = await page.evaluate("document.activeElement.textContent")
    await desk.put(examples.NAESTVED, examples.naestved(job=4))
    await expect(card.locator(".so-far .count").first).to_have_text("4")
    await expect(page.locator("#row-effort-0370-ac36ce32-3149-5bf7-81dc-384a3e4d0450")).to_contain_text("4 af 23")
    await expect(page.locator("#news")).to_have_text("Tallene for Digital koordinator er ændret.")
    assert await page.evaluate("window.untouched")  # the page was not loaded again
    await expect(card.get_by_text(examples.DEFINITIONS["mikrosprint_job"])).to_be_visible()  # stays opened
    assert await page.evaluate("document.activeElement.textContent") == focused


async def test_efforts_come_and_go_in_order(desk: Desk, open_page: Open) -> None:
    page = await open_page()
    await expect(page.locator("table.overview")).to_contain_text("Der er ingen indsatser endnu.")
    await desk.put(examples.AZURE, examples.azure())
    await expect(page.get_by_role("article")).to_have_count(1)
    await expect(page.get_by_text("Der er ingen indsatser endnu.").first).to_be_hidden()
    await desk.put(examples.CLAIM, examples.claim())
    await expect(page.get_by_role("article").locator("h3")).to_have_text(["Online markedsføring", "Azure Fundamentals"])
    await desk.bucket.delete(examples.AZURE)
    await expect(page.get_by_role("article").locator("h3")).to_have_text(["Online markedsføring"])
    await expect(page.locator("table.overview tbody tr[data-order]")).to_have_count(1)
    await desk.put(examples.NAESTVED, examples.naestved())  # the first figures of another municipality
    await expect(page.get_by_role("heading", name="Næstved Kommune")).to_be_visible()


async def test_it_reads_without_scripts(desk: Desk, open_page: Open) -> None:
    await publish_everything(desk)
    page = await open_page(java_script_enabled=False)
    await expect(page.get_by_role("article")).to_have_count(3)
    await expect(page.get_by_role("link", name="Hent nye tal")).to_be_visible()
    await expect(page.get_by_role("status").first).to_have_text("● Tallene er friske.")


@pytest.mark.parametrize("width", [WIDE, NARROW])
async def test_everybody_can_use_it(desk: Desk, open_page: Open, width: int) -> None:
    page = await open_page(width)
    assert await violations(page) == []  # empty
    await publish_everything(desk)
    await expect(page.get_by_role("article")).to_have_count(3)
    await expect(page.locator(".outcomes")).to_have_count(2)  # what comes last
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_it_can_be_used_with_the_keyboard_alone(desk: Desk, open_page: Open) -> None:
    await publish_everything(desk)
    page = await open_page()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Gå til indhold")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Overlapper to indsatsers intervaller")).to_be_visible()


async def test_nothing_is_asked_of_another_host(desk: Desk, open_page: Open) -> None:
    await publish_everything(desk)
    page = await open_page()
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.on("console", lambda message: failed.append(message.text) if message.type == "error" else None)
    await page.reload()
    await expect(page.get_by_role("article")).to_have_count(3)
    await page.evaluate("document.fonts.ready")
    assert [url for url in asked if not url.startswith((f"{desk.url}/", "data:"))] == []
    assert {url.rpartition("/")[2].partition("?")[0] for url in asked} >= {"", "live", "live.js", "desk.css"}
    assert failed == []


async def test_headers_keep_the_page_to_itself(desk: Desk) -> None:
    async with await desk.visitor() as client:
        page = await client.get("/")
        assert page.headers["content-security-policy"].startswith("default-src 'self';")
        assert "unsafe" not in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["cache-control"] == "no-store"
        cookie = (await client.post("/login", data={"user": "leder"})).headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
