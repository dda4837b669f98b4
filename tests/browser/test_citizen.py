"""The citizen's pages in a real browser: on a phone and a desk, by keyboard, without scripts, for everybody."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, Route, expect

from services.assessment.items.item import Item
from services.assessment.items.loading import item_bank
from services.assessment.views.session import asked
from services.assessment.web.answer import untouched
from services.assessment.web.render import PAGES, STATIC
from shared.web.design import DESIGN
from tests.browser.accessibility import violations
from tests.browser.citizen import Jobcenter, jobcenter_on
from tests.item_answers import BY_QUESTION, right
from tests.real.assessment.browsing import filled
from tests.real_machines import RealNats, RealPostgres, machine_directory

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

PHONE, DESKTOP = 375, 1280
SMALLEST = 44
TOO_SMALL = f"""() => [...document.querySelectorAll('a, button, summary, select, input[type=text], .choice, .switched')]
  .filter(one => one.className !== 'skipnav')
  .filter(one => one.getBoundingClientRect().height < {SMALLEST} || one.getBoundingClientRect().width < {SMALLEST})
  .map(one => one.outerHTML.slice(0, 90))"""
FOCUSED = """() => {
  const one = document.activeElement, drawn = /radio|checkbox/.test(one.type) ? one.labels[0] : one;
  const style = getComputedStyle(drawn), outline = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
  return {tag: one.tagName, type: one.type ?? '', text: one.textContent.trim(), outline};
}"""


@pytest.fixture(scope="module")
async def jobcenter(nats: RealNats, postgres: RealPostgres) -> AsyncIterator[Jobcenter]:
    """The service, for all tests of this file."""
    address = await postgres.fresh("assessment")
    with machine_directory() as directory:
        async with jobcenter_on(address, nats, directory) as running:
            yield running
    await postgres.drop(address)


@dataclass(slots=True)
class Visit:
    """A browser window, and what went wrong in it."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    async def press(self, name: str, kind: Any = "button") -> None:
        """Press a button or follow a link, and wait for the page."""
        async with self.page.expect_navigation():
            await self.page.get_by_role(kind, name=name, exact=True).click()

    async def begin(self, link: str) -> None:
        """From the link to the first question."""
        await self.page.goto(link)
        await self.welcome()
        await self.press("Begynd testen")

    async def welcome(self) -> None:
        """Say that reading and Danish are fine."""
        for one in range(2):
            await self.page.get_by_label("Det går fint").nth(one).check()
        await self.press("Fortsæt")

    async def item(self) -> Item:
        """The item of the question that is shown, once the page has put the focus on its number.

        Whoever types before that, as only a machine can, is told by the browser that the focus was taken already.
        """
        await expect(self.page.locator("h1")).to_be_focused()
        text = await self.page.inner_text("main")
        return next(item for question, item in BY_QUESTION.items() if question in text)

    async def fill(self, item: Item) -> None:
        """Fill the right answer in."""
        for name, value in filled(item, right(item)).items():
            controls = self.page.locator(f'[name="{name}"]')
            match await controls.first.evaluate("one => one.type"):
                case "radio":
                    await self.page.locator(f'[id="{name}-{value}"]').check()
                case "checkbox":
                    for control in await controls.all():
                        await control.set_checked(await control.get_attribute("value") in value)
                case "text":
                    await controls.fill(str(value))
                case _:
                    await controls.select_option(value)


@pytest.fixture
async def visits(browser: Browser) -> AsyncIterator[Any]:
    """``await visits(375)`` is a window of that width."""
    contexts: list[BrowserContext] = []

    async def visit(width: int, **options: Any) -> Visit:
        phone = {"user_agent": "Mozilla/5.0 (Linux; Android 16) Mobile"} if width < 500 else {}
        size = {"width": width, "height": 740}
        context = await browser.new_context(viewport=size, locale="da-DK", **phone, **options)
        contexts.append(context)
        visited = Visit(await context.new_page())
        visited.page.on("request", lambda request: visited.asked.append(request.url))
        visited.page.on("response", lambda answer: visited.said.append(answer.url) if answer.status >= 400 else None)
        visited.page.on("console", lambda message: visited.said.append(f"{message.type}: {message.text}"))
        return visited

    yield visit
    for context in contexts:
        await context.close()


async def must_be_for_everybody(visit: Visit, width: int) -> str:
    """No violation, and it fits; the title."""
    assert await violations(visit.page) == [], await visit.page.title()
    return await must_fit(visit, width)


async def must_fit(visit: Visit, width: int) -> str:
    """Nothing wider than the screen, nothing too small to hit, one heading; the title."""
    title = await visit.page.title()
    assert await visit.page.evaluate("document.documentElement.scrollWidth") <= width, title
    assert await visit.page.evaluate(TOO_SMALL) == [], title
    assert await visit.page.locator("h1").count() == 1, title
    return title


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
async def test_everybody_can_use_every_page(jobcenter: Jobcenter, visits: Any, width: int) -> None:
    visit: Visit = await visits(width)
    page, titles = visit.page, []

    async def look() -> None:
        titles.append(await must_be_for_everybody(visit, width))

    await page.goto(await jobcenter.link(assisted=True))
    await look()
    await visit.press("Jeg vil ikke tage testen", "link")
    await look()
    await visit.press("Tilbage", "link")
    await visit.press("Fortsæt")
    await look()
    await visit.welcome()
    await look()
    await visit.press("Begynd testen")
    await look()
    await page.get_by_text("»Jeg ved det ikke« eller »Spring over«?").click()
    await visit.press("Svar")
    await look()
    left_open = await page.context.new_page()
    await left_open.goto(page.url.removesuffix("/answer"))
    await visit.press("Spring over")
    async with left_open.expect_navigation():
        await left_open.get_by_role("button", name="Spring over").click()
    assert await must_be_for_everybody(Visit(left_open), width) == titles[4].replace("Spørgsmål 1", "Spørgsmål 2")
    await visit.press("Hold pause")
    await look()
    await visit.press("Stop testen", "link")
    await look()
    await visit.press("Ja, stop testen")
    await look()
    await page.goto(f"{jobcenter.url}/open/nothing")
    await look()
    assert len(set(titles)) == len(titles), "each page has a title of its own"
    assert [url for url in visit.asked if not url.startswith(f"{jobcenter.url}/")] == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
async def test_a_whole_test_and_its_result(jobcenter: Jobcenter, visits: Any, width: int) -> None:
    visit: Visit = await visits(width)
    page = visit.page
    await visit.begin(await jobcenter.link())
    while "Spørgsmål" in await page.title():
        item = await visit.item()
        if item.area == 2:
            await visit.press("Spring over")
            continue
        await visit.fill(item)
        await visit.press("Svar")
    assert await must_be_for_everybody(visit, width) == "Dit resultat – Test af digitale færdigheder"
    await expect(page.get_by_role("heading", name="Det, vi ikke målte")).to_be_visible()
    await visit.press("Se din kompetenceprofil", "link")
    assert (await must_be_for_everybody(visit, width)).startswith("Digital kompetenceprofil")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Hent som pdf").click()
    assert re.fullmatch(r"kompetenceprofil-\d{4}-\d\d-\d\d\.pdf", (await download.value).suggested_filename)
    await visit.press("Luk testen på denne enhed")
    assert (await must_be_for_everybody(visit, width)).startswith("Lukket på denne enhed")
    assert visit.said == []
    assert [url for url in visit.asked if not url.startswith(f"{jobcenter.url}/")] == []
    names = {url.rpartition("/")[2] for url in visit.asked}
    assert {"dkfds.min.css", "base.css", "citizen.css", "test.css", "IBMPlexSans-Regular.woff2"} <= names


async def test_a_whole_test_without_scripts(jobcenter: Jobcenter, visits: Any) -> None:
    visit: Visit = await visits(PHONE, java_script_enabled=False)
    await visit.begin(await jobcenter.link())
    await visit.press("Hold pause")
    await visit.press("Fortsæt testen")
    while "Spørgsmål" in await visit.page.title():
        await visit.fill(await visit.item())
        await visit.press("Svar")
    await expect(visit.page.get_by_role("heading", name="Hvad kan du gøre nu?")).to_be_visible()
    assert visit.said == []


async def test_a_whole_test_by_keyboard_alone(jobcenter: Jobcenter, visits: Any) -> None:
    visit: Visit = await visits(DESKTOP)
    page = visit.page
    await page.goto(await jobcenter.link())
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Gå til indhold")).to_be_focused()
    await by_keyboard(page, "Fortsæt")
    await by_keyboard(page, "Begynd testen")
    answered = 0
    while "Spørgsmål" in await page.title():
        await expect(page.locator("h1")).to_be_focused()  # not the top of the page, nor an answer
        await by_keyboard(page, "Svar")
        if (await page.title()).startswith("Fejl"):  # what is left to do is read first
            await expect(page.get_by_role("alert")).to_be_focused()
            await page.keyboard.press("Tab")
            await page.keyboard.press("Enter")
            assert (await page.evaluate(FOCUSED))["tag"] in {"INPUT", "SELECT"}
            await by_keyboard(page, "Jeg ved det ikke", touch=False)
        else:
            answered += 1
    assert answered > 10
    await by_keyboard(page, "Se din kompetenceprofil")
    await expect(page.get_by_role("heading", name="Digital kompetenceprofil")).to_be_visible()


async def by_keyboard(page: Page, button: str, *, touch: bool = True) -> None:
    """Go from control to control, do something to each, and press a button; whatever has the focus shows it."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        focused = await page.evaluate(FOCUSED)
        assert focused["outline"] >= 2, focused
        if focused["text"] == button:
            async with page.expect_navigation():
                await page.keyboard.press("Enter")
            return
        if touch and focused["type"] in {"radio", "checkbox"}:
            await page.keyboard.press("Space")
        elif touch and focused["type"] == "select-one":
            await page.keyboard.press("ArrowDown")
        elif touch and focused["type"] == "text":
            await page.keyboard.type("Syg i dag")
    raise AssertionError(f"{button} cannot be reached")


async def test_every_item_of_the_bank_can_be_used_by_everybody(visits: Any) -> None:
    visit: Visit = await visits(PHONE)
    pages = {item.id: drawn(item) for item in item_bank().items}

    async def serve(route: Route) -> None:
        _, _, path = route.request.url.partition("//items/")
        if path in pages:
            await route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
            return
        own, design = STATIC / path.removeprefix("static/"), DESIGN / path.removeprefix("static/design/")
        await route.fulfill(path=own if own.is_file() else design)

    await visit.page.route("http://items/**", serve)
    items = item_bank().items
    first = next(item for item in items if item.kind == "single")
    for item in items:
        await visit.page.goto(f"http://items/{item.id}")
        # the others are drawn as the first is, with other words
        alike = item.kind == "single" and item is not first
        await (must_fit if alike else must_be_for_everybody)(visit, PHONE)
    assert visit.said == []


def drawn(item: Item) -> str:
    """The page that asks an item."""
    question = asked(item, 1, 40)
    return PAGES.environment.get_template("question.html").render(
        root="",
        static="/static",
        here=f"/tests/{item.id}",
        test=SimpleNamespace(assisted=False),
        question=question,
        fields=untouched(question),
        missing=(),
        notice="",
        progress="",
        mobile=False,
    )
