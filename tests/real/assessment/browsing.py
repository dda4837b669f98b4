"""A browser without scripts: it opens pages, follows redirects, fills in forms and sends what a form would send."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx

from services.assessment.items.item import Do, Item, Match, Multiple, Order, Short, Single
from tests.item_answers import BY_QUESTION, Choice
from tests.real.answers import done
from tests.real.assessment.measured import CITIZEN

Values = Mapping[str, str | list[str]]
FINE = {"reading": "fine", "danish": "fine"}


@dataclass(slots=True)
class HtmlForm:
    """A form: where it goes, what it sends as it stands, and what can be chosen or typed."""

    action: str
    sends: dict[str, list[str]] = field(default_factory=dict)
    offers: dict[str, list[str]] = field(default_factory=dict)
    """By name: the values that can be chosen; empty for a text."""
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, value and text of each button that sends it."""


class HtmlPage(HTMLParser):
    """What a page says and offers."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.status, self.headers = answer.status_code, answer.headers
        self.address = answer.url.path
        self.forms: list[HtmlForm] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.title = ""
        self.language = ""
        self._words: list[str] = []
        self._select = ""
        self._in: list[str] = []
        self.feed(answer.text)

    @property
    def text(self) -> str:
        """Everything that can be read, with single ordinary spaces."""
        return re.sub(r"\s+", " ", "".join(self._words)).strip()

    @property
    def heading(self) -> str:
        """The one main heading."""
        (found,) = self.headings
        return found

    def form(self, end: str) -> HtmlForm:
        """The form whose address ends so."""
        return next(form for form in self.forms if form.action.endswith(end))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what can be filled in, pressed and followed."""
        told = {name: value if value is not None else "" for name, value in attrs}
        if "id" in told:
            self.ids.append(told["id"])
        match tag:
            case "html":
                self.language = told["lang"]
            case "form":
                self.forms.append(HtmlForm(told["action"]))
            case "a":
                self.links.append(told["href"])
            case "h1":
                self.headings.append("")
            case "input":
                self._input(told)
            case "select":
                self._select = told["name"]
                self.forms[-1].offers[self._select] = []
            case "option":
                self.forms[-1].offers[self._select].append(told["value"])
                if "selected" in told or self._select not in self.forms[-1].sends:
                    self.forms[-1].sends[self._select] = [told["value"]]
            case "button":
                self.forms[-1].buttons.append((told.get("name", ""), told.get("value", ""), ""))
        if tag not in {"input", "meta", "link", "br"}:
            self._in.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element: each is closed in its turn."""
        assert self._in.pop() == tag, f"</{tag}> closes nothing on {self.address}"

    def handle_data(self, data: str) -> None:
        """Note what can be read."""
        if "title" in self._in:
            self.title += data
            return
        self._words.append(data)
        if "h1" in self._in:
            self.headings[-1] += data
        if "button" in self._in and data.strip():
            name, value, said = self.forms[-1].buttons[-1]
            self.forms[-1].buttons[-1] = (name, value, said + data.strip())

    def _input(self, told: dict[str, str]) -> None:
        form, name, value = self.forms[-1], told["name"], told.get("value", "on")
        if told["type"] in {"radio", "checkbox"}:
            form.offers.setdefault(name, []).append(value)
            if "checked" in told:
                form.sends.setdefault(name, []).append(value)
            return
        form.sends[name] = [value]
        if told["type"] == "text":
            form.offers[name] = []


class PlainBrowser:
    """One browser with its cookies, and the page that it shows."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.page: HtmlPage
        self.passed: list[str] = []

    async def open(self, address: str) -> HtmlPage:
        """Open a page by its address."""
        return await self._show(await self.client.get(address))

    async def send(self, end: str, button: str = "", **filled: Any) -> HtmlPage:
        """Fill in the form whose address ends so, and press the button with that text (else the first)."""
        return await self.send_values(end, button, filled)

    async def send_values(self, end: str, button: str, filled: Values) -> HtmlPage:
        """The same, with names that are none in Python."""
        form = self.page.form(end)
        body: dict[str, list[str]] = dict(form.sends)
        for name, value in filled.items():
            chosen = [value] if isinstance(value, str) else list(value)
            offered = form.offers[name]
            assert not offered or set(chosen) <= set(offered), f"{name} offers {offered}, not {chosen}"
            body[name] = chosen
        name, value, _ = next(one for one in form.buttons if button in one[2])
        if name:
            body[name] = [value]
        return await self.post(form.action, body)

    async def post(self, address: str, body: Mapping[str, Any]) -> HtmlPage:
        """Send any form whatever, as a page that was left open does."""
        return await self._show(await self.client.post(address, data=body))

    async def _show(self, answer: httpx.Response) -> HtmlPage:
        self.passed = []
        while answer.status_code == 303:
            self.passed.append(answer.headers["location"])
            answer = await self.client.get(answer.headers["location"])
        assert answer.headers["content-type"] == "text/html; charset=utf-8", answer.text
        self.page = HtmlPage(answer)
        return self.page

    @property
    def item(self) -> Item:
        """The item of the question that is shown."""
        said = self.page.text
        return next(item for question, item in BY_QUESTION.items() if re.sub(r"\s+", " ", question) in said)

    async def respond(self, choice: Choice, button: str = "Svar") -> HtmlPage:
        """Answer the question that is shown as one who reads it; skip it where the choice gives none."""
        response = choice(self.item)
        if response is None:
            return await self.send("/answer", "Spring over")
        await self.send_values("/answer", button, filled(self.item, response))
        if self.page.status == 422:  # the page takes nothing half done: whoever cannot do it says so
            await self.send("/answer", "Jeg ved det ikke")
        return self.page


def filled(item: Item, response: Any) -> dict[str, str | list[str]]:
    """How an answer is filled in."""
    match item:
        case Single() | Multiple() | Short():
            return {"answer": response}
        case Order():
            return {f"place-{name}": str(place) for place, name in enumerate(response, start=1)}
        case Match():
            return {f"match-{prompt}": option for prompt, option in response.items()}
        case Do():
            return _screen(item, response)


def _screen(item: Do, state: Mapping[str, Any]) -> dict[str, str | list[str]]:
    form: dict[str, str | list[str]] = {}
    for element in item.screen:
        if element.id not in state:
            continue
        name, value = f"screen-{element.id}", state[element.id]
        if element.kind == "sequence":
            form |= {f"{name}-{row}": str(place) for place, row in enumerate(value, start=1)}
        elif element.kind == "switch":
            form[name] = ["on"] if value else []
        else:
            form[name] = value
    return form


async def link_to_test(staff: httpx.AsyncClient, **given: object) -> dict[str, str]:
    """A test that was just offered: its id, the link to it, and the address at which a browser opens that."""
    answer = done(await staff.post(f"/citizens/{CITIZEN}/sessions", json={"purpose": "entry"} | given), 201)
    return {"page": answer["link"]["page"], "token": answer["link"]["token"], "test": answer["test_id"]}


async def begun(browser: PlainBrowser, link: dict[str, str], device: str = "computer") -> PlainBrowser:
    """The browser with the first question."""
    await browser.open(link["page"])
    await browser.send(link["test"], **FINE)
    await browser.send("/begin", device=device)
    assert browser.page.heading == "Spørgsmål 1"
    return browser
