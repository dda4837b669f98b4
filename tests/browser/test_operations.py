"""The operator sees whether everything runs, and lets what failed be tried again."""

from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest
from playwright.async_api import expect

from shared.contracts.intake import CitizenRegistered
from shared.ids import new_id
from shared.messaging.cloudevents import encode
from shared.web import Role
from tests.browser.workplace import Workplace
from tests.real.running_service import envelope_of

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

REASON = "RuntimeError: the rule has a bug"


@pytest.fixture
async def courses(workplace: Workplace) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """The database of courses, in which nothing is parked before and after."""
    address = workplace.stack.machines.addresses()["database_url"].replace("{service}", "courses")
    connection = await asyncpg.connect(address)
    yield connection
    await connection.execute("DELETE FROM parked")
    await connection.close()


async def park(connection: "asyncpg.Connection[asyncpg.Record]", reaction: str = "courses-know-citizen") -> UUID:
    """A citizen was registered, which courses could not handle; her id."""
    citizen_id = new_id()
    event = CitizenRegistered.example().model_copy(update={"citizen_id": citizen_id, "municipality": "0101"})
    envelope = envelope_of(event)
    await connection.execute(
        "INSERT INTO parked (reaction, event_id, subject, bus_subject, body, state, attempts, reason)"
        " VALUES ($1, $2, $3, $4, $5, 'parked', 6, $6)",
        reaction,
        envelope.id,
        envelope.subject,
        f"evt.0101.intake.citizen-registered.{citizen_id}",
        encode(envelope),
        REASON,
    )
    return citizen_id


@pytest.mark.parametrize("width", [375, 1280])
async def test_what_failed_appears_by_itself_and_goes_when_a_new_try_succeeds(
    workplace: Workplace, courses: "asyncpg.Connection[asyncpg.Record]", width: int
) -> None:
    visit = await workplace.visit("ops", width=width)
    await visit.go("/")  # she has no figures: she is led to her own work
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Drift")
    await expect(visit.page.locator("[data-part=sentence]")).to_contain_text("Alt kører, som det skal.")
    await expect(visit.page.locator(".health .badge")).to_have_text(["Kører"] * 4)
    await visit.must_be_for_everybody()
    citizen_id = await park(courses)
    await expect(visit.page.locator("[data-part=sentence]")).to_contain_text("1 hændelse venter på dig")
    item = visit.page.locator(".parked-event")
    await expect(item).to_contain_text(REASON)
    await expect(item).to_contain_text("prøvet 6 gange")
    assert str(citizen_id) not in await visit.page.content(), "the page tells nothing of whom it is about"
    await visit.must_be_for_everybody()
    async with visit.page.expect_navigation():
        await item.get_by_role("button").click()
    await expect(visit.page.get_by_text("Hændelsen bliver prøvet igen nu.")).to_be_visible()
    await expect(visit.page.locator(".parked-event")).to_have_count(0)
    await expect(visit.page.locator("[data-part=sentence]")).to_contain_text("Alt kører, som det skal.")
    caseworker = await workplace.caller(Role.CASEWORKER)
    known = await caseworker.get(f"/courses/citizens/{citizen_id}/participations")
    assert known.status_code == 200, "courses knows her now"


async def test_trying_again_without_javascript_and_twice(
    workplace: Workplace, courses: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """The reaction is nobody's: it stays, and the page says that it is being tried."""
    await park(courses, "nobodys-reaction")
    visit = await workplace.visit("ops", java_script_enabled=False)
    await visit.go("/drift")
    async with visit.page.expect_navigation():
        await visit.page.locator(".parked-event").get_by_role("button").click()
    await expect(visit.page.locator(".parked-event .badge")).to_have_text("Prøves igen")
    await courses.execute("DELETE FROM parked")
    async with visit.page.expect_navigation():
        await visit.page.locator(".parked-event").get_by_role("button").click()
    await expect(visit.page.get_by_text("Hændelsen var der ikke længere")).to_be_visible()


async def test_trying_again_with_the_keyboard_alone(
    workplace: Workplace, courses: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await park(courses)
    visit = await workplace.visit("ops")
    await visit.go("/drift")
    button = visit.page.locator(".parked-event").get_by_role("button")
    for _ in range(12):
        if await button.evaluate("button => button === document.activeElement"):
            break
        await visit.page.keyboard.press("Tab")
    async with visit.page.expect_navigation():
        await visit.page.keyboard.press("Enter")
    await expect(visit.page.locator(".parked-event")).to_have_count(0)


async def test_nobody_else_sees_operations(workplace: Workplace) -> None:
    visit = await workplace.visit("leder")
    await visit.go("/drift")
    await expect(visit.page.get_by_role("heading", name="Du har ikke adgang til denne side")).to_be_visible()
