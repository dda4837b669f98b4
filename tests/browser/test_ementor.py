"""The eMentor's tablet and the phone at the door: check-in, a visit in three taps, and the figure that moves."""

import re
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from shared.clock import danish_day, now
from shared.web import Role
from tests.browser.accessibility import violations
from tests.browser.workplace import Visit, Workplace
from tests.real.answers import done
from tests.waiting import eventually

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

PHONE, TABLET, DESKTOP = 375, 768, 1280
TOO_SMALL = """() => [...document.querySelectorAll('main a, main button, main summary, main select, main .segment')]
  .filter(one => one.getClientRects().length)
  .filter(one => one.getBoundingClientRect().height < 44 || one.getBoundingClientRect().width < 44)
  .map(one => one.outerHTML.slice(0, 90))"""
COUNT_TAPS = """() => {
  const before = Number(sessionStorage.getItem('taps') ?? 0);
  sessionStorage.setItem('taps', before);
  addEventListener('click', (event) => {
    if (!event.isTrusted || event.detail === 0) return;
    sessionStorage.setItem('taps', Number(sessionStorage.getItem('taps')) + 1);
  }, true);
}"""


def a_site() -> str:
    """A site that no other test uses."""
    return f"Værksted {uuid4().hex[:8]}"


async def opened(mentor: httpx.AsyncClient, site: str) -> dict[str, Any]:
    """A site that was just opened."""
    return done(await mentor.post("/intake/openings", json={"site": site}))


async def written_up(mentor: httpx.AsyncClient, opening: dict[str, Any], *themes: str) -> dict[str, Any]:
    """Somebody who waits."""
    body = {"themes": list(themes)}
    return done(await mentor.post(f"/intake/openings/{opening['opening_id']}/check-ins", json=body), 201)


def list_of(opening: dict[str, Any]) -> str:
    """The address of a site's list."""
    return f"/vaerksted/{opening['opening_id']}"


async def must_be_for_everybody(visit: Visit) -> None:
    """No barrier on the page, and everything on it is large enough for a finger."""
    await visit.must_be_for_everybody()
    assert await visit.page.evaluate(TOO_SMALL) == [], visit.page.url


@pytest.mark.parametrize("width", [PHONE, TABLET, DESKTOP])
async def test_every_page_is_for_everybody(workplace: Workplace, width: int) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening = await opened(mentor, a_site())
    waits = await written_up(mentor, opening, "mitid", "application")
    for _ in range(2):
        await written_up(mentor, opening)
    here = list_of(opening)
    visit = await workplace.visit("ementor", width=width)
    pages = ("/vaerksted", here, f"{here}/besog?nummer={waits['check_in_id']}", f"{here}/besog?borger=vis")
    for number, path in enumerate((*pages, f"{here}/dagens", f"{here}/plakat")):
        await visit.go(path)
        await visit.page.screenshot(path=f"/tmp/workshops-{width}-{number}.png", full_page=True)
        await must_be_for_everybody(visit)
