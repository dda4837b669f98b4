"""The whole system in a process of its own, as `make up` starts it, and the people who work at its desk."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from playwright.async_api import Browser, BrowserContext, Locator, Page

from deploy.cli import reach
from shared.contracts.intake import CitizensMerged
from shared.persistence import Origin
from shared.web import Role
from tests.browser.accessibility import violations
from tests.faults.stack import Stack
from tests.waiting import eventually

HERE = "0101"


@dataclass(slots=True)
class Visit:
    """A window of somebody who has signed in, and everything in it that should not be there."""

    page: Page
    address: str
    outside: list[str] = field(default_factory=list)
    """Requests to other hosts."""
    said: list[str] = field(default_factory=list)
    """What the console said, and answers that failed (but refused forms: 409 and 422 are answers)."""

    async def go(self, path: str) -> None:
        """Open a page of the desk."""
        await self.page.goto(f"{self.address}{path}")

    async def press(self, name: str, kind: Any = "button") -> None:
        """Press a button or follow a link, and wait for the page."""
        async with self.page.expect_navigation():
            await self.page.get_by_role(kind, name=name, exact=True).click()

    async def until(self, part: Locator, text: str) -> None:
        """Look again until a part says this: a time line comes by the bus, and without scripts no page asks again."""

        async def said() -> bool:
            if text in re.sub(r"\s+", " ", await part.inner_text()):
                return True
            await self.page.reload()
            return False

        await eventually(said, what=text)

    async def must_be_for_everybody(self) -> None:
        """No violation of WCAG 2.1 A and AA, nothing that must be scrolled sideways, and nothing said or asked."""
        assert await violations(self.page) == [], self.page.url
        widths = await self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert widths[0] <= widths[1], f"{self.page.url} is {widths[0]} wide in a window of {widths[1]}"
        assert (self.outside, self.said) == ([], [])


@dataclass(slots=True)
class Workplace:
    """The running system."""

    stack: Stack
    browser: Browser
    _contexts: list[BrowserContext] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its address."""
        return self.stack.url

    async def caller(self, *roles: Role, municipality: str = HERE) -> httpx.AsyncClient:
        """A program with these roles: ``await caller.post("/intake/citizens", json=…)``."""
        client = httpx.AsyncClient(base_url=self.url, timeout=60)
        wanted = {"roles": [role.value for role in roles], "municipalities": [municipality]}
        token = (await client.post("/local/token", json=wanted)).raise_for_status().json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        return client

    async def merge(self, kept: str, merged: str) -> None:
        """Tell intake that two ids were one citizen, as a file of events would: there is no command for it yet."""
        told = CitizensMerged(municipality=HERE, citizen_id=UUID(kept), merged_id=UUID(merged))
        async with (
            reach.machines(self.stack.directory) as settings,
            reach.databases(settings, ("intake",), writing=True) as databases,
            databases["intake"].transaction(Origin("merger")) as tx,
        ):
            await tx.append(told)

    async def visit(self, user: str, *, width: int = 1280, municipality: str = HERE, **options: Any) -> Visit:
        """A window of somebody who has signed in; ``user`` is the key of an invented person."""
        size = {"width": width, "height": 800}
        context = await self.browser.new_context(viewport=size, locale="da-DK", **options)
        self._contexts.append(context)
        sent = {"user": user, "municipality": municipality}
        answer = await context.request.post(f"{self.url}/login", form=sent, max_redirects=0)
        assert answer.status == 303, await answer.text()
        visit = Visit(await context.new_page(), self.url)
        visit.page.on("request", lambda request: self._asked(visit, request.url))
        visit.page.on("console", lambda message: _heard(visit, f"{message.type}: {message.text}"))
        visit.page.on("pageerror", lambda error: visit.said.append(str(error)))
        return visit

    def _asked(self, visit: Visit, url: str) -> None:
        if not url.startswith((f"{self.url}/", "data:", "blob:")):
            visit.outside.append(url)

    async def close_windows(self) -> None:
        """All of them."""
        for context in self._contexts:
            await context.close()
        self._contexts.clear()


def _heard(visit: Visit, line: str) -> None:
    refused = any(f"status of {status} " in line for status in (409, 422))
    if not refused:
        visit.said.append(line)


@asynccontextmanager
async def workplace_on(directory: Path, browser: Browser) -> AsyncIterator[Workplace]:
    """The system on a data directory, until the block ends."""
    stack = Stack(directory)
    try:
        await stack.start()
        yield Workplace(stack, browser)
    finally:
        await stack.stop()
