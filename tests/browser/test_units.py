"""A caseworker finds her own unit's citizens first, and everybody else's by one choice that stays."""

from urllib.parse import parse_qs, urlparse

import pytest
from playwright.async_api import Page, expect

from services.desk.reference import reference
from tests.browser.caseworker import DESKTOP, PHONE, Others, cpr, must_be_touchable, unfold
from tests.browser.workplace import Visit, Workplace
from tests.real.answers import done
from tests.today import today

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(240)]


async def must_list(page: Page, *citizens: str, but: tuple[str, ...] = ()) -> None:
    """These are on the list, and those are not."""
    for citizen_id in citizens:
        await expect(page.get_by_role("link", name=reference(citizen_id))).to_be_visible()
    for citizen_id in but:
        await expect(page.get_by_role("link", name=reference(citizen_id))).to_have_count(0)


async def chosen(page: Page, words: str) -> None:
    """The unit that the page says it shows."""
    await expect(page.locator(".units [aria-current]")).to_have_text(words)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
async def test_her_own_unit_comes_first_and_the_choice_of_another_stays(
    workplace: Workplace, others: Others, width: int
) -> None:
    group = {PHONE: "4", DESKTOP: "5"}[width]
    mine, hers, nobodys = [await others.citizen(target_group=group, unit=unit) for unit in ("Nord", "Syd", None)]
    await others.cohort(f"Digital post {width}")
    visit = await workplace.visit("jobkonsulent", width=width)
    page = visit.page
    await visit.go(f"/borgere?maalgruppe={group}")
    await chosen(page, "Min afdeling (Nord)")
    await must_list(page, mine, but=(hers, nobodys))
    await visit.must_be_for_everybody()
    await must_be_touchable(visit)
    await visit.press("Uden afdeling", "link")
    await must_list(page, nobodys, but=(mine, hers))
    await visit.press("Alle afdelinger", "link")
    await must_list(page, mine, hers, nobodys)
    await expect(page.locator("tr", has_text=reference(hers))).to_contain_text("Syd")
    await visit.press("Syd", "link")
    await must_list(page, hers, but=(mine, nobodys))
    await page.get_by_label("Rækkefølge").select_option("newest")
    await visit.press("Vis listen")
    await chosen(page, "Syd")
    await must_list(page, hers, but=(mine, nobodys))
    await visit.press("Vælg alle på siden", "link")
    await visit.press("Invitér de valgte")
    await expect(page.get_by_role("alert")).to_contain_text("Vælg et hold først.")
    await chosen(page, "Syd")
    await must_list(page, hers, but=(mine, nobodys))
    await page.locator("#hold").select_option(index=1)
    await visit.press("Invitér de valgte")
    await page.locator(".ways a, a.target, main a").filter(has_text="arbejdslisten").first.click()
    await chosen(page, "Syd")
    assert parse_qs(urlparse(page.url).query)["sortering"] == ["newest"]
    await page.get_by_role("link", name=reference(hers)).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(reference(hers))
    await page.go_back()
    await chosen(page, "Syd")
    await visit.must_be_for_everybody()


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_citizen_is_moved_to_another_unit(workplace: Workplace, others: Others, scripts: bool) -> None:
    await others.citizen(unit="Syd")
    citizen_id = await others.citizen(unit="Nord")
    visit = await workplace.visit("jobkonsulent", width=PHONE, java_script_enabled=scripts)
    page = visit.page
    await visit.go(f"/borgere/{citizen_id}")
    await expect(page.locator(".head-facts")).to_contain_text("Nord")
    for field, value, said in (("known", "Syd", "Syd"), ("new", "Øst", "Øst"), ("known", "-", "Ingen")):
        await unfold(page, "Noget har ændret sig")
        if field == "known":
            await page.get_by_label("Afdeling", exact=True).select_option(value)
        else:
            await page.get_by_label("Ny afdeling").fill(value)
        if scripts:
            await visit.must_be_for_everybody()
        await visit.press("Gem ændringen")
        await expect(page.get_by_text("Ændringen er gemt.")).to_be_visible()
        await expect(page.locator(".head-facts")).to_contain_text(f"Afdeling{said}")
    timeline = page.locator("[data-part=timeline]")
    for said in ("afdeling (Syd)", "afdeling (Øst)", "afdeling (ingen)"):
        await visit.until(timeline, said)
    await unfold(page, "Noget har ændret sig")
    await page.get_by_label("Ny afdeling").fill("**")
    await visit.press("Gem ændringen")
    await expect(page.get_by_role("alert")).to_be_visible()
    await expect(page.get_by_label("Ny afdeling")).to_have_value("**")


async def test_a_new_citizen_belongs_to_the_caseworkers_own_unit_unless_she_says_otherwise(
    workplace: Workplace, others: Others
) -> None:
    visit = await workplace.visit("jobkonsulent")
    page = visit.page
    for unit in ("Nord", ""):
        await visit.go("/borgere/ny")
        await page.get_by_label("CPR-nummer").fill(cpr())
        await page.get_by_label("Målgruppe").select_option("1")
        await page.get_by_label("Højeste uddannelse").select_option("skilled")
        await page.get_by_label("Første ledighedsdag").fill(str(today()))
        await expect(page.get_by_label("Afdeling", exact=True)).to_have_value("Nord")
        await page.get_by_label("Afdeling", exact=True).select_option(unit)
        await visit.press("Registrér borger")
        await expect(page.get_by_text("Borgeren er registreret.")).to_be_visible()
        await expect(page.locator(".head-facts")).to_contain_text(f"Afdeling{unit or 'Ingen'}")


async def test_who_comes_to_the_unit_appears_on_the_open_list(workplace: Workplace, others: Others) -> None:
    citizen_id = await others.citizen(unit="Syd")
    visit = await workplace.visit("jobkonsulent")
    await visit.go("/borgere?sortering=newest")
    await must_list(visit.page, but=(citizen_id,))
    moved = {"valid_from": str(today()), "unit": "Nord"}
    done(await others.caller.post(f"/intake/citizens/{citizen_id}/changes", json=moved))
    await must_list(visit.page, citizen_id)
    assert visit.said == []


async def test_by_keyboard_a_colleague_who_stands_in_finds_anybody(workplace: Workplace, others: Others) -> None:
    citizen_id = await others.citizen(unit="Syd", target_group="6")
    visit: Visit = await workplace.visit("jobkonsulent")
    page = visit.page
    await visit.go("/borgere?maalgruppe=6")
    await must_list(page, but=(citizen_id,))
    await expect(page.locator("main")).to_contain_text("Ingen borgere i Nord passer til det, du har valgt.")
    await page.get_by_role("link", name="Min afdeling (Nord)").focus()
    await page.keyboard.press("Tab")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    await chosen(page, "Alle afdelinger")
    await must_list(page, citizen_id)
