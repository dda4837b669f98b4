"""Who waits at a workshop: the phone at the door, the list on the tablet, and whoever goes."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, expect

from shared.web import Role
from tests.browser.accessibility import violations
from tests.browser.workplace import Workplace
from tests.browser.workshop import (
    PHONE,
    TABLET,
    TOO_SMALL,
    list_of,
    must_be_for_everybody,
    opened,
    visits_at,
    written_up,
)

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

NewPhone = Callable[..., Awaitable[Page]]


@pytest.fixture
async def new_phone(workplace: Workplace) -> AsyncIterator[NewPhone]:
    """``await new_phone(java_script_enabled=False)`` is a citizen's phone: nobody has signed in on it."""
    contexts: list[BrowserContext] = []

    async def new(**options: Any) -> Page:
        size = {"width": PHONE, "height": 700}
        context = await workplace.browser.new_context(viewport=size, locale="da-DK", **options)
        contexts.append(context)
        return await context.new_page()

    yield new
    for context in contexts:
        await context.close()


async def test_a_phone_without_scripts_checks_in_and_appears_on_the_tablet_by_itself(
    workplace: Workplace, new_phone: NewPhone
) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening = await opened(mentor)
    tablet = await workplace.visit("ementor", width=TABLET)
    await tablet.go(list_of(opening))
    await expect(tablet.page.get_by_text("Ingen venter.")).to_be_visible()

    phone = await new_phone(java_script_enabled=False)
    await phone.goto(f"{workplace.url}/intake{opening['link']['page']}")
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Velkommen")
    await phone.get_by_label("Jobnet").check()
    await phone.get_by_label("Nej, det er første gang").check()
    await phone.get_by_role("button", name="Få et nummer").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile(r"Du er nummer\s+1"))
    await expect(phone.get_by_text("Du er den næste.")).to_be_visible()
    assert await phone.context.cookies() == []

    await expect(tablet.page.get_by_role("heading", name="Venter: 1")).to_be_visible()
    await expect(tablet.page.get_by_role("link", name="Nummer 1")).to_contain_text("Jobnet Første gang")
    await expect(tablet.page.locator("#news")).to_have_text("Nu venter 1.")
    await must_be_for_everybody(tablet)


async def test_a_phone_that_scans_twice_keeps_its_number(workplace: Workplace, new_phone: NewPhone) -> None:
    opening = await opened(await workplace.caller(Role.EMENTOR))
    address = f"{workplace.url}/intake{opening['link']['page']}"
    phone = await new_phone()
    for _ in range(2):
        await phone.goto("about:blank")
        await phone.goto(address)
        await phone.get_by_role("button", name="Få et nummer").click()
        await expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile(r"Du er nummer\s+1"))
    assert await phone.evaluate(TOO_SMALL) == []
    await phone.get_by_role("link", name="Få et nummer til").click()
    await phone.get_by_role("button", name="Få et nummer").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile(r"Du er nummer\s+2"))
    other = await new_phone()
    await other.goto(address)
    await other.get_by_role("button", name="Få et nummer").click()
    await expect(other.get_by_role("heading", level=1)).to_have_text(re.compile(r"Du er nummer\s+3"))
    await expect(other.get_by_text("Der er 2 før dig.")).to_be_visible()
    assert await violations(other) == []


async def test_the_manual_way_is_one_tap_and_whoever_goes_is_taken_off(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening = await opened(mentor)
    visit = await workplace.visit("ementor", width=TABLET)
    await visit.go(list_of(opening))
    await visit.press("Ny besøgende")
    await expect(visit.page.get_by_role("link", name="Nummer 1")).to_contain_text("Har ikke valgt emne")
    await visit.page.get_by_role("link", name="Nummer 1").click()
    await visit.press("Tag af listen uden besøg")
    await expect(visit.page.get_by_text("Ingen venter.")).to_be_visible()
    await expect(visit.page.get_by_text("1 gik uden hjælp.")).to_be_visible()
    assert (await visits_at(mentor, opening))["anonymous"]["visits"] == 0


async def test_the_list_is_emptied_at_once(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening = await opened(mentor)
    for _ in range(3):
        await written_up(mentor, opening)
    visit = await workplace.visit("ementor", width=PHONE)
    await visit.go(list_of(opening))
    await visit.page.get_by_text("Tøm listen").click()
    await must_be_for_everybody(visit)
    await visit.press("Tag alle af listen")
    await expect(visit.page.get_by_text("Ingen venter.")).to_be_visible()
    await expect(visit.page.get_by_text("3 gik uden hjælp.")).to_be_visible()
