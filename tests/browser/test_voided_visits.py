"""A visit that was registered by mistake is taken back: from the day's list and from the citizen's time line."""

import pytest
from playwright.async_api import Page, expect

from shared.web import Role
from tests.browser.workplace import Workplace
from tests.browser.workshop import (
    DESKTOP,
    PHONE,
    TABLET,
    a_citizen,
    list_of,
    must_be_for_everybody,
    opened,
    reference_of,
    visits_at,
)
from tests.real.answers import done

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]
VISIT = {"themes": [{"theme": "mitid", "autonomy": "helped"}], "minutes": 25, "device": "phone"}
NUMBERS = iter(range(1, 99))


async def hers(workplace: Workplace) -> str:
    """A citizen whom no other test has."""
    return await a_citizen(workplace, f"030380-{next(NUMBERS):04}")


async def take_back(page: Page, why: str, within: str) -> None:
    """Open the quiet form, say why, and press."""
    place = page.locator(within)
    await place.locator("summary", has_text="Fortryd").first.click()
    await place.get_by_label("Hvorfor skal besøget tages tilbage?").first.select_option(label=why)
    async with page.expect_navigation():
        await place.get_by_role("button", name="Tag besøget tilbage").first.click()


@pytest.mark.parametrize("width", [PHONE, TABLET, DESKTOP])
async def test_the_ementor_takes_back_one_of_todays_visits(workplace: Workplace, width: int) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening, citizen_id = await opened(mentor), await hers(workplace)
    for more in ({"citizen_id": citizen_id}, {"citizen_id": citizen_id}, {"count": 3}):
        done(await mentor.post("/intake/visits", json=VISIT | {"site": opening["site"]} | more), 201)
    visit = await workplace.visit("ementor", width=width)
    page = visit.page
    await visit.go(f"{list_of(opening)}/dagens")
    await expect(page.get_by_role("heading", name="Kendte borgere: 2")).to_be_visible()
    await page.locator("summary", has_text="Fortryd").first.click()
    await must_be_for_everybody(visit)
    await page.reload()
    await take_back(page, "Registreret to gange", "table")
    await expect(page.get_by_text("Besøget er taget tilbage og tæller ikke.")).to_be_visible()
    await expect(page.get_by_role("heading", name="Kendte borgere: 1")).to_be_visible()
    await page.locator("summary", has_text="Er et af dem forkert?").click()
    await take_back(page, "Andet", "main .each")
    await expect(page.get_by_role("heading", name="Uden registrering: 2")).to_be_visible()
    await must_be_for_everybody(visit)
    told = await visits_at(mentor, opening)
    assert (len(told["known"]), told["anonymous"]["visits"]) == (1, 2)
    await visit.go(f"/borgere/{citizen_id}")
    timeline = page.locator("[data-part=timeline]")
    await expect(timeline).to_contain_text("blev taget tilbage og tæller ikke: registreret to gange.")
    await expect(timeline.get_by_text("Taget tilbage", exact=True)).to_have_count(1)


@pytest.mark.parametrize("scripts", [True, False])
async def test_on_her_time_line_it_is_taken_back_with_and_without_scripts(workplace: Workplace, scripts: bool) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening, citizen_id = await opened(mentor), await hers(workplace)
    visited = VISIT | {"site": opening["site"], "citizen_id": citizen_id}
    done(await mentor.post("/intake/visits", json=visited), 201)
    visit = await workplace.visit("jobkonsulent", width=PHONE, java_script_enabled=scripts)
    page = visit.page
    await visit.go(f"/borgere/{citizen_id}")
    timeline = page.locator("[data-part=timeline]")
    await visit.until(timeline, "Besøgte det digitale værksted")
    await timeline.locator("summary", has_text="Fortryd").click()
    if scripts:
        await visit.must_be_for_everybody()
    await timeline.get_by_label("Hvorfor skal besøget tages tilbage?").select_option("wrong-citizen")
    await visit.press("Tag besøget tilbage")
    await expect(page.get_by_text("Besøget er taget tilbage og tæller ikke.")).to_be_visible()
    await visit.until(timeline, "blev taget tilbage og tæller ikke: forkert borger.")
    await expect(timeline.get_by_text("Taget tilbage", exact=True)).to_be_visible()
    await expect(timeline.locator("summary")).to_have_count(0)
    if scripts:
        await visit.must_be_for_everybody()


async def test_by_keyboard_and_what_a_colleague_has_taken_back_meanwhile_is_said_kindly(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening, citizen_id = await opened(mentor), await hers(workplace)
    visited = VISIT | {"site": opening["site"], "citizen_id": citizen_id}
    (visit_id,) = done(await mentor.post("/intake/visits", json=visited), 201)["visit_ids"]
    visit = await workplace.visit("ementor", width=TABLET)
    page, keys = visit.page, visit.page.keyboard
    await visit.go(f"{list_of(opening)}/dagens")
    await page.get_by_role("link", name=reference_of(citizen_id)).focus()
    await keys.press("Tab")
    await keys.press("Enter")
    await keys.press("Tab")
    await keys.type("Forkert v")
    await keys.press("Tab")
    done(await mentor.post(f"/intake/visits/{visit_id}/void", json={"reason": "registered-twice"}))
    async with page.expect_navigation():
        await keys.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("Besøget er allerede taget tilbage.")
    await expect(page.get_by_role("heading", name="Kendte borgere: 0")).to_be_visible()


async def test_what_is_taken_back_elsewhere_is_told_on_the_open_page(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening, citizen_id = await opened(mentor), await hers(workplace)
    visited = VISIT | {"site": opening["site"], "citizen_id": citizen_id}
    (visit_id,) = done(await mentor.post("/intake/visits", json=visited), 201)["visit_ids"]
    visit, day = await workplace.visit("jobkonsulent"), await workplace.visit("ementor")
    await visit.go(f"/borgere/{citizen_id}")
    await day.go(list_of(opening))
    timeline = visit.page.locator("[data-part=timeline]")
    await expect(timeline).to_contain_text("Besøgte det digitale værksted")
    await expect(day.page.locator("main")).to_contain_text("1 af kendte borgere")
    done(await mentor.post(f"/intake/visits/{visit_id}/void", json={"reason": "wrong-workshop"}))
    await expect(timeline).to_contain_text("blev taget tilbage og tæller ikke: forkert værksted.")
    await expect(day.page.locator("main")).not_to_contain_text("1 af kendte borgere")
    assert (visit.said, day.said) == ([], [])
