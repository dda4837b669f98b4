"""What became of people, on the cards: what a manager reads, that it lives, and that everybody can use it."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import Desk, Open
from tests.unit.desk import examples

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

PHONE, DESKTOP = 375, 1280
ZOOMED = 640
"""What is left of a desktop's width at 200 % zoom."""


async def publish(desk: Desk) -> None:
    """Næstved's effort and Copenhagen's overview, each with its second document."""
    for key, document in examples.everything().items():
        if key != examples.CLAIM:
            await desk.put(key, document)
    await desk.shows('id="municipality-0370"')  # the last of them; a desk never forgets a watermark


async def text_of(part: Locator) -> str:
    """The visible text, with ordinary spaces."""
    return re.sub(r"\s+", " ", await part.inner_text())


async def test_an_effort_says_whether_it_works_and_how_sure_we_are(desk: Desk, open_page: Open) -> None:
    await publish(desk)
    page = await open_page()
    card = page.get_by_role("article", name="Digital koordinator")
    pilot = await text_of(card.locator(".pilot"))
    assert "Pilot: må den fortsætte? Stop 23 af 60 planlagte er målt. 3 af dem (13 %) nåede målet." in pilot
    assert "I ordinært job efter mikrosprint for mere end 45 % inden for et halvt år (182 dage)." in pilot
    assert "Udvid – leder, 10. januar 2022: »Vi vil se et hold mere« Tallene sagde da: kan ikke afgøres endnu." in pilot
    row = await text_of(page.locator("#row-effort-0370-ac36ce32-3149-5bf7-81dc-384a3e4d0450"))
    assert "Stop Kravet er mere end 45 %. 23 af 60 planlagte er målt. 3 af dem (13 %) nåede målet." in row
    below = card.locator(".outcomes")
    said = await text_of(below)
    assert "Et halvt år efter start er 14 % gået til ordinært job – det sande tal ligger sandsynligvis" in said
    assert "2 af 3 (67 %) – det sande tal ligger sandsynligvis mellem 21 % og 94 %." in said
    assert "Dertil 1 af 2 fleksjob." in said
    assert "Efter 1 måned 3 af 23 (13 %) sandsynligvis 5–32 % 0 2 1 15 1 1" in said  # the last one is the flexjob
    assert "Foreløbigt ude: 1 efter 3 måneder." in said
    curve = below.get_by_role("img")
    await expect(curve).to_have_attribute("aria-label", re.compile(r"9.% efter 30 dage, 14.% efter 91 dage"))
    table = below.get_by_role("table", name="Andel, der er gået til ordinært job")
    await expect(table).to_be_hidden()
    await below.get_by_text("Se kurven som tal").click()
    await expect(table).to_be_visible()
    assert "30 dage 9 % sandsynligvis 3–27 % 2 23" in await text_of(table)
    assert "365 dage for tidligt at sige 3 23" in await text_of(table)


async def test_the_overview_compares_and_calls_it_no_effect(desk: Desk, open_page: Open) -> None:
    await publish(desk)
    page = await open_page()
    summary = page.locator("#municipality-0101")
    await expect(summary.get_by_role("heading", name="sammenligning, ikke effekt")).to_be_visible()
    compared = await text_of(summary.locator(".comparison"))
    assert "Alle tilsammen 30 af 100 (30 %) sandsynligvis 22–40 % 43 af 210 (20 %) sandsynligvis 16–26 %" in compared
    assert "10 procentpoint flere i job sandsynligvis mellem 2 flere og 18 flere" in compared
    assert "Fastlåsning: job de første 91 dage 0 af 100 (0 %)" in compared
    said = await text_of(summary.locator(".outcomes"))
    assert "516 af 650 (79 %) – det sande tal ligger sandsynligvis mellem 76 % og 82 %." in said
    assert "10 af 40 (25 %) – det sande tal ligger sandsynligvis mellem 14 % og 40 %." in said
    assert "20 af 100 (20 %) – det sande tal ligger sandsynligvis mellem 13 % og 29 %." in said
    assert "Sikkerhed, niveau 5 eller højere 3 1 ordinært job og 2 praktikpladser 2 færre end pladserne" in said
    definition = summary.get_by_text("Sådan regnes gain.")
    await expect(definition).to_be_hidden()
    gain = summary.locator("section", has=page.get_by_role("heading", name="Målt fremgang i digitale kompetencer"))
    await gain.get_by_text("Sådan er tallet regnet ud").click()
    await expect(definition).to_be_visible()


async def test_a_change_moves_both_parts_of_the_open_card(desk: Desk, open_page: Open) -> None:
    await desk.put(examples.NAESTVED, examples.naestved())
    page = await open_page()
    await page.evaluate("window.untouched = true")
    card = page.get_by_role("article", name="Digital koordinator")
    await expect(card).to_be_visible()
    await expect(card.locator(".pilot")).to_have_count(0)
    await desk.put(examples.OUTCOMES, examples.naestved_outcomes())
    await expect(card.locator(".pilot")).to_contain_text("Udvid")
    await card.get_by_text("Se kurven som tal").click()
    await desk.put(examples.OUTCOMES, examples.naestved_outcomes(kept=3, verdict="continue", said="Fortsæt: se her."))
    await expect(card.locator(".outcomes")).to_contain_text("3 af 3 (100")
    await expect(card.locator(".pilot")).to_contain_text("Se her.")
    await expect(page.locator("table.overview .badge")).to_have_text("Fortsæt")
    await expect(card.get_by_role("table", name="Andel, der er gået")).to_be_visible()  # stays opened
    await desk.put(examples.NAESTVED, examples.naestved(job=4))
    await expect(card.locator(".so-far .count").first).to_have_text("4")
    await expect(card.locator(".outcomes")).to_contain_text("3 af 3 (100")  # and the second part stays
    await desk.bucket.delete(examples.OUTCOMES)
    await expect(card.locator(".outcomes")).to_have_count(0)
    await expect(card.locator(".so-far .count").first).to_have_text("4")
    assert await page.evaluate("window.untouched")  # the page was not loaded again


async def test_it_reads_without_scripts(desk: Desk, open_page: Open) -> None:
    await publish(desk)
    page = await open_page(java_script_enabled=False)
    await expect(page.locator("article .pilot")).to_have_count(1)
    await expect(page.locator("article .outcomes")).to_have_count(1)
    await page.get_by_text("Se kurven som tal").click()
    await expect(page.get_by_role("table", name="Andel, der er gået til ordinært job")).to_be_visible()


@pytest.mark.parametrize("width", [DESKTOP, ZOOMED, PHONE])
async def test_everybody_can_use_it(desk: Desk, open_page: Open, width: int) -> None:
    await publish(desk)
    page = await open_page(width)
    await expect(page.locator(".outcomes")).to_have_count(2)
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
