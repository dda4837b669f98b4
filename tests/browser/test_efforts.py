"""A manager asks what works and looks back; a caseworker sees the same and decides nothing."""

import re
from contextlib import aclosing
from typing import Any

import httpx
import pytest
from playwright.async_api import expect

from shared.web import Role
from tests.browser.leader import DESKTOP, PHONE, leader, new_course, text_of
from tests.browser.naestved import COURSE, EFFORT, MUNICIPALITY
from tests.browser.workplace import Workplace
from tests.today import today, tomorrow
from tests.waiting import eventually

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

TOO_LOW = """() => [...document.querySelectorAll('main a, main button, main select, main input:not([type=hidden])')]
  .filter(one => one.checkVisibility() && !one.matches('[type=radio], [type=checkbox]'))
  .filter(one => !one.closest('p:not(.ways, .depth)') && one.getBoundingClientRect().height < 44)
  .map(one => one.outerHTML.slice(0, 90))"""
CPR = "0201801234"


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_the_list_says_what_it_is_for_whom_how_many_how_sure_and_the_verdict(
    workplace: Workplace, width: int
) -> None:
    visit = await leader(workplace, "/", width=width)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Hvad virker?")
    row = visit.page.locator(f"#row-effort-{MUNICIPALITY}-{COURSE}")
    await expect(row.locator(".badge")).to_have_text("Stop")
    said = await text_of(row)
    assert "Digital koordinator Mikrosprint · Ivækst" in said
    assert "For dagpengemodtagere og jobparate kontanthjælpsmodtagere" in said
    assert "3 af 23 (13 %) sandsynligvis 5–32 %" in said
    assert "Indtil nu 3: 3 i ordinært job, 0 i løntilskud, 0 i praktik" in said
    assert "Kravet er mere end 45 %. 23 af 60 planlagte er målt. 3 af dem (13 %) nåede målet." in said
    await visit.must_be_for_everybody()
    await visit.press("Digital koordinator", "link")
    await expect(visit.page).to_have_url(re.compile(EFFORT))
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Digital koordinator")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_an_effort_in_depth_shows_each_figure_with_its_definition(workplace: Workplace, width: int) -> None:
    visit = await leader(workplace, width=width)
    page = visit.page
    main = await text_of(page.locator("main"))
    assert "23 borgere startede: 3 fik job undervejs, 17 gennemførte og 3 faldt fra." in main
    assert "17 af 23 (74 %) sandsynligvis 54–87 %" in main  # came to matchmaking
    groups = await text_of(page.locator("[data-part=groups] table"))
    assert re.search(r"Dagpengemodtagere.* 2 af 15 \(13 %\)", groups)
    assert re.search(r"Jobparate.* 1 af 8 \(13 %\)", groups)
    assert "sammenligning, ikke effekt" in main
    assert "alle kommunens kurser under ét" in main
    assert "6. september 2021" in await text_of(page.locator("[data-part=cohorts]"))
    await expect(page.get_by_role("img", name=re.compile("Kurve over andelen"))).to_be_visible()
    await expect(page.get_by_role("table", name=re.compile("Andel, der er gået til ordinært job"))).to_be_visible()
    for summary in await page.locator("details:not([data-key$='-table']) > summary").all():
        await summary.click()
    await expect(page.get_by_text("Løntilskud og praktik er ikke job.").first).to_be_visible()
    await visit.must_be_for_everybody()
    if width == PHONE:
        assert await page.evaluate(TOO_LOW) == []


async def test_an_effort_of_another_municipality_of_hers_opens_from_the_first_page(workplace: Workplace) -> None:
    await leader(workplace)
    visit = await workplace.visit("leder")  # of Copenhagen, who sees the figures of Næstved too
    page = visit.page
    await visit.go("/")
    await visit.press("Digital koordinator", "link")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Digital koordinator")
    whose = page.locator("p.facts", has_text="Næstved")
    await expect(whose).to_be_visible()  # she may be about to decide there
    await expect(page.locator("[data-part=figures]")).to_contain_text("3 af 23")
    await page.locator("#dag").fill("2021-12-31")
    await visit.press("Vis")
    await expect(page.locator("[data-part=as-of]")).to_contain_text("Tal pr. 31. december 2021")
    address = await page.locator("a.file-link", has_text="CSV med I ordinært job efter mikrosprint").get_attribute(
        "href"
    )
    written = await page.request.get(f"{workplace.url}{address}")
    assert f";{COURSE};182;3;" in await written.text()
    foreign = await page.request.get(f"{workplace.url}/tal/moved_on.csv?kommune=9999", headers={"Accept": "text/html"})
    assert foreign.status == 403
    assert "Det hører til en kommune, som du ikke arbejder for." in await foreign.text()
    await visit.go(EFFORT)
    await expect(page.locator(".decide")).to_have_count(1)
    await visit.must_be_for_everybody()


async def test_looking_back_shows_what_had_happened_by_then(workplace: Workplace) -> None:
    visit = await leader(workplace, f"{EFFORT}?dag=2021-10-31")
    page = visit.page
    await expect(page.locator("[data-part=as-of]")).to_contain_text("23 borgere er startet, men ingen kan tælles med")
    await expect(page.locator("[data-part=verdict] .badge")).to_have_text("Kan ikke afgøres endnu")
    await expect(page.locator(".decide")).to_have_count(0)  # one decides by the figures of today
    await visit.press("Kvartalet efter: 31. december 2021", "link")
    await expect(page.locator("[data-part=as-of]")).to_contain_text("Tal pr. 31. december 2021")
    await visit.go(f"{EFFORT}?dag=2021-09-05")
    await expect(page.locator("[data-part=as-of]")).to_contain_text(
        re.compile("Den 5.\\s+september 2021 var ingen startet endnu. Det første hold begynder 6.\\s+september 2021.")
    )
    await visit.go(f"{EFFORT}?dag={tomorrow()}")
    await expect(page.locator("[data-part=as-of]")).to_contain_text("er ikke kommet endnu")
    await expect(page.locator("[data-part=figures]")).to_contain_text("3 af 23")
    await visit.must_be_for_everybody()


async def test_as_known_then_leaves_out_what_was_recorded_later(workplace: Workplace) -> None:
    """On 7 September everybody had been recorded as started, and no end of any."""
    visit = await leader(workplace, f"{EFFORT}?dag=2022-06-01&kendt=2021-09-07")
    await expect(visit.page.locator("[data-part=as-of]")).to_contain_text("som det var kendt den 7.")
    await expect(visit.page.locator("[data-part=figures] .headline")).to_have_text("23 borgere startede: 23 er i gang.")
    await visit.press("I dag, med alt, der er kendt", "link")
    await expect(visit.page.locator("[data-part=figures] .headline")).to_contain_text("17 gennemførte")


async def test_the_slider_moves_the_day_with_the_keyboard(workplace: Workplace) -> None:
    visit = await leader(workplace)
    page = visit.page
    await page.evaluate("window.untouched = true")
    slider = page.get_by_role("slider", name=re.compile("Træk for at se en anden dag"))
    await slider.focus()
    await page.keyboard.press("Home")
    await expect(page.locator("#month-text")).to_have_text("30. september 2021")
    await expect(slider).to_have_attribute("aria-valuetext", "30. september 2021")
    await expect(page.locator("[data-part=as-of]")).to_contain_text(
        "Tal pr. 30. september 2021".replace(". s", ".\xa0s")
    )
    await expect(page.locator("[data-part=figures] .headline")).to_contain_text("er i gang")
    await expect(page).to_have_url(re.compile(r"dag=2021-09-30"))
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("[data-part=as-of]")).to_contain_text("31.\xa0oktober 2021")
    await expect(slider).to_be_focused()
    assert await page.evaluate("window.untouched")  # the page was not loaded again


async def test_the_day_can_be_chosen_without_scripts(workplace: Workplace) -> None:
    visit = await leader(workplace, java_script_enabled=False)
    await expect(visit.page.locator("#slider")).to_be_hidden()
    await visit.page.get_by_label("Tal pr.").fill("2021-09-30")
    await visit.page.get_by_label("Som det var kendt den").fill("2021-09-30")
    await visit.press("Vis")
    await expect(visit.page.locator("[data-part=as-of]")).to_contain_text("som det var kendt den 30.")
    await expect(visit.page.locator("[data-part=figures] .headline")).to_contain_text("er i gang")


async def test_a_figure_that_moves_elsewhere_moves_on_the_open_page(workplace: Workplace) -> None:
    course, cohort = await new_course(workplace, starts=today())
    visit = await leader(workplace, f"/indsatser/{course}")
    page = visit.page
    await page.evaluate("window.untouched = true")
    await expect(page.locator("[data-part=figures] .headline")).to_contain_text("Ingen er startet endnu.")
    roles = (Role.CASEWORKER, Role.MANAGER)
    async with aclosing(await workplace.caller(*roles, municipality=MUNICIPALITY)) as caseworker:
        person = {"target_group": "9", "education_level": "unskilled", "unemployed_since": str(today()), "cpr": CPR}
        citizen = (await caseworker.post("/intake/citizens", json=person)).raise_for_status().json()["citizen_id"]
        seat = f"/courses/cohorts/{cohort}/enrolments"
        await eventually(lambda: _accepted(caseworker, seat, {"citizen_id": citizen}), what="she is enrolled")
        (await caseworker.post(f"/courses/cohorts/{cohort}/freeze", json={})).raise_for_status()
    await expect(page.locator("[data-part=figures] .headline")).to_have_text("1 borger startede: 1 er i gang.")
    await expect(page.locator("[data-part=groups]")).to_contain_text("Visiterede til fleksjob")
    await expect(page.locator("#news")).not_to_be_empty()
    assert await page.evaluate("window.untouched")  # the page was not loaded again


async def _accepted(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> bool:
    return (await client.post(path, json=body)).is_success


async def test_a_caseworker_sees_the_figures_and_decides_nothing(workplace: Workplace) -> None:
    await leader(workplace)
    visit = await workplace.visit("jobkonsulent", municipality=MUNICIPALITY)
    await visit.go(EFFORT)
    await expect(visit.page.locator("[data-part=figures]")).to_contain_text("3 af 23")
    await expect(visit.page.locator(".decide")).to_have_count(0)
