"""A manager asks what works, looks back, decides, sets targets, prints and takes the figures with her."""

import csv
import hashlib
import io
import re
from contextlib import aclosing
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from playwright.async_api import Locator, Page, expect

from shared.clock import danish_day, now
from shared.web import Role
from tests.browser.naestved import COURSE, EFFORT, MUNICIPALITY, tell
from tests.browser.workplace import Visit, Workplace
from tests.waiting import eventually

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

PHONE, DESKTOP = 375, 1280
TODAY = danish_day(now())
TOO_LOW = """() => [...document.querySelectorAll('main a, main button, main select, main input:not([type=hidden])')]
  .filter(one => one.checkVisibility() && !one.matches('[type=radio], [type=checkbox]'))
  .filter(one => !one.closest('p:not(.steps, .to-list, .depth)') && one.getBoundingClientRect().height < 44)
  .map(one => one.outerHTML.slice(0, 90))"""
NEW_COURSE = {
    "title": "Robotter i hverdagen", "kind": "course", "provider": "AOF", "methods": ["classroom"], "weeks": 2,
    "hours": 60, "digital_areas": [], "target_groups": ["9"], "it_specific": False,
}  # fmt: skip


async def text_of(part: Locator) -> str:
    """The visible text, with ordinary spaces."""
    return re.sub(r"\s+", " ", await part.inner_text())


async def leader(workplace: Workplace, path: str = EFFORT, **options: Any) -> Visit:
    """A manager of Næstved on a page, when the story has been told and counted."""
    await tell(workplace)
    async with aclosing(await workplace.caller(Role.MANAGER, municipality=MUNICIPALITY)) as manager:
        await eventually(lambda: _counted(manager), 30, what="the story is counted")
    visit = await workplace.visit("leder", municipality=MUNICIPALITY, **options)
    await visit.go(path)
    return visit


async def _counted(manager: httpx.AsyncClient) -> bool:
    verdicts = (await manager.get("/outcomes/effect/verdicts")).raise_for_status().json()
    return any(verdict["course_id"] == COURSE and verdict["n"] == 23 for verdict in verdicts)


async def new_course(workplace: Workplace, starts: date = TODAY + timedelta(days=20)) -> tuple[str, str]:
    """A course of Næstved with a cohort of 4 seats, and nobody on it."""
    async with aclosing(await workplace.caller(Role.MANAGER, municipality=MUNICIPALITY)) as manager:
        course = (await manager.post("/courses/courses", json=NEW_COURSE)).raise_for_status().json()["course_id"]
        body = {"course_id": course, "starts": str(starts), "ends": str(starts + timedelta(days=14)), "capacity": 4}
        cohort = await manager.post("/courses/cohorts", json=body | {"online": True})
        return course, cohort.raise_for_status().json()["cohort_id"]


async def open_pilot(workplace: Workplace, course: str) -> str:
    """Make it a pilot of 4 and then 8 seats."""
    plan = {"course_id": course, "benchmark": 0.4, "first_size": 4, "planned_size": 8, "measure": "moved_on"}
    async with aclosing(await workplace.caller(Role.MANAGER, municipality=MUNICIPALITY)) as manager:
        opened = await manager.post("/courses/pilots", json=plan)
        return str(opened.raise_for_status().json()["pilot_id"])


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
    tomorrow = TODAY + timedelta(days=1)
    await visit.go(f"{EFFORT}?dag={tomorrow}")
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


async def test_a_manager_stops_a_pilot_with_the_keyboard_and_says_why(workplace: Workplace) -> None:
    course, _ = await new_course(workplace)
    pilot = await open_pilot(workplace, course)
    visit = await leader(workplace, f"/indsatser/{course}")
    page = visit.page
    await expect(page.locator("[data-part=verdict] .badge")).to_have_text("Kan ikke afgøres endnu")
    await expect(page.locator(".stop-means")).to_contain_text("0 borgere med plads")
    await page.get_by_role("radio", name="Fortsæt: den går videre som nu").focus()
    for _ in range(2):
        await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("radio", name="Stop")).to_be_checked()
    await page.keyboard.press("Tab")
    await page.keyboard.type("Ingen virksomheder spørger efter det")
    for _ in range(2):
        await page.keyboard.press("Tab")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")  # without having confirmed
    await expect(page.get_by_role("alert")).to_contain_text("Sæt hak ved, at du har læst, hvad et stop betyder")
    await expect(page.get_by_label("Hvorfor?")).to_have_value("Ingen virksomheder spørger efter det")
    await expect(page.get_by_role("radio", name="Stop")).to_be_checked()
    await visit.must_be_for_everybody()
    await page.get_by_role("checkbox", name=re.compile("Jeg har læst")).focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    await expect(page.get_by_role("status").filter(has_text="Indsatsen er stoppet.")).to_be_visible()
    await expect(page.locator(".decisions")).to_contain_text("»Ingen virksomheder spørger efter det«")
    await expect(page.locator(".decide")).to_have_count(0)
    async with aclosing(await workplace.caller(Role.MANAGER, municipality=MUNICIPALITY)) as manager:
        told = (await manager.get(f"/courses/pilots/{pilot}")).json()
        (decided,) = told["decisions"]
        assert (decided["decision"], decided["verdict"]) == ("stop", "cannot-tell-yet")
        assert decided["decided_by_role"] == "manager"
        assert (await manager.get(f"/courses/courses/{course}")).json()["closed_on"] == str(TODAY)


async def test_a_decision_of_somebody_else_is_seen_before_ones_own(workplace: Workplace) -> None:
    course, _ = await new_course(workplace)
    pilot = await open_pilot(workplace, course)
    visit = await leader(workplace, f"/indsatser/{course}", java_script_enabled=False)
    await eventually(lambda: _is_judged(visit.page), 30, what="the pilot is judged")
    widen = {"decision": "widen", "verdict": "cannot-tell-yet", "reason": "Virksomhederne venter"}
    async with aclosing(await workplace.caller(Role.MANAGER, municipality=MUNICIPALITY)) as manager:
        (await manager.post(f"/courses/pilots/{pilot}/decide", json=widen)).raise_for_status()
    await visit.page.get_by_role("radio", name=re.compile("Udvid")).check()
    await visit.page.get_by_label("Hvorfor?").fill("Det går godt")
    await visit.press("Gem beslutningen")
    await expect(visit.page.get_by_role("alert")).to_contain_text("En anden har ændret det samme")
    await expect(visit.page.get_by_label("Hvorfor?")).to_have_value("Det går godt")
    await expect(visit.page.get_by_role("radio", name=re.compile("Udvid"))).to_have_count(0)
    await visit.page.get_by_role("radio", name=re.compile("Fortsæt")).check()
    await visit.press("Gem beslutningen")
    await expect(visit.page.get_by_text("Beslutningen er gemt sammen med det, tallene sagde.")).to_be_visible()


async def _is_judged(page: Page) -> bool:
    await page.reload()
    return await page.locator(".decide").count() == 1


async def test_an_effort_becomes_a_pilot_before_anyone_starts(workplace: Workplace) -> None:
    course, _ = await new_course(workplace)
    visit = await leader(workplace, f"/indsatser/{course}", width=PHONE)
    page = visit.page
    await expect(page.locator("[data-part=as-of]")).to_contain_text("var ingen startet endnu")
    await page.get_by_text("Gør indsatsen til en pilot").click()
    await visit.must_be_for_everybody()
    await page.get_by_label("Hvad skal den måles på?").select_option("mikrosprint_job")
    await page.get_by_label("Hvor mange procent").fill("halvdelen")
    await page.get_by_label("Pladser, før I beslutter").fill("4")
    await page.get_by_label("Pladser i alt").fill("12")
    await visit.press("Gør til pilot")
    await expect(page.get_by_role("alert")).to_contain_text("Kravet skal være en procent mellem 0 og 100")
    await page.get_by_label("Hvor mange procent").fill("37,5")
    await visit.press("Gør til pilot")
    await expect(page.get_by_role("alert")).to_contain_text("Målet tæller ingen på dette kursus.")
    await page.get_by_label("Hvad skal den måles på?").select_option("moved_on")
    await visit.press("Gør til pilot")
    await expect(page.get_by_text("Indsatsen er nu en pilot. Kravet og størrelsen ligger fast.")).to_be_visible()
    await expect(page.locator("[data-part=verdict]")).to_contain_text("for mere end 37,5")


async def test_a_figure_that_moves_elsewhere_moves_on_the_open_page(workplace: Workplace) -> None:
    course, cohort = await new_course(workplace, starts=TODAY)
    visit = await leader(workplace, f"/indsatser/{course}")
    page = visit.page
    await page.evaluate("window.untouched = true")
    await expect(page.locator("[data-part=figures] .headline")).to_contain_text("Ingen er startet endnu.")
    roles = (Role.CASEWORKER, Role.MANAGER)
    async with aclosing(await workplace.caller(*roles, municipality=MUNICIPALITY)) as caseworker:
        person = {"target_group": "9", "education_level": "unskilled", "unemployed_since": str(TODAY), "cpr": CPR}
        citizen = (await caseworker.post("/intake/citizens", json=person)).raise_for_status().json()["citizen_id"]
        seat = f"/courses/cohorts/{cohort}/enrolments"
        await eventually(lambda: _accepted(caseworker, seat, {"citizen_id": citizen}), 30, what="she is enrolled")
        (await caseworker.post(f"/courses/cohorts/{cohort}/freeze", json={})).raise_for_status()
    await expect(page.locator("[data-part=figures] .headline")).to_have_text("1 borger startede: 1 er i gang.")
    await expect(page.locator("[data-part=groups]")).to_contain_text("Visiterede til fleksjob")
    await expect(page.locator("#news")).not_to_be_empty()
    assert await page.evaluate("window.untouched")  # the page was not loaded again


CPR = "0201801234"


async def _accepted(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> bool:
    return (await client.post(path, json=body)).is_success


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_targets_are_set_and_show_how_far_they_are_reached(workplace: Workplace, width: int) -> None:
    year = TODAY.year + (1 if width == PHONE else 2)  # each width on its own
    visit = await leader(workplace, "/maal", width=width)
    page = visit.page
    await page.get_by_label("Hvad?").select_option("agreements")
    await page.get_by_label("Hvilket år?").select_option(str(year))
    await page.get_by_label("Hvilken del af året?").select_option("H1")
    await page.get_by_label("Hvor mange?").fill("40")
    await visit.press("Gem målet")
    await expect(page.get_by_text("Målet er gemt.")).to_be_visible()
    goal = page.locator(".goal", has_text=f"1. halvår {year}")
    await expect(goal).to_contain_text("Målet er 40 virksomheder har en aftale")
    await expect(goal).to_contain_text("Perioden er ikke begyndt.")
    await page.get_by_label("Hvad?").select_option("agreements")
    await page.get_by_label("Hvilket år?").select_option(str(year))
    await page.get_by_label("Hvilken del af året?").select_option("H1")
    await page.get_by_label("Hvor mange?").fill("40")
    await visit.press("Gem målet")
    await expect(page.get_by_role("alert")).to_contain_text("Målet for den periode er det tal allerede.")
    await expect(page.get_by_label("Hvor mange?")).to_have_value("40")
    await visit.must_be_for_everybody()


async def test_a_target_set_elsewhere_and_what_comes_of_it_appear_by_themselves(workplace: Workplace) -> None:
    visit = await leader(workplace, "/maal")
    jobs = visit.page.locator(".goal", has_text="3. kvartal 2021")
    agreements = visit.page.locator(".goal", has_text=f"I ordinært job efter it-kursus mål 3 {TODAY.year}")
    await expect(jobs).to_have_count(0)
    async with aclosing(await workplace.caller(Role.MANAGER, municipality=MUNICIPALITY)) as manager:
        for indicator, period, value in (("mikrosprint_job", "2021-Q3", 6), ("it_course_job", str(TODAY.year), 5)):
            body = {"indicator": indicator, "period": period, "value": value}
            (await manager.post("/outcomes/targets", json=body)).raise_for_status()
    await expect(jobs).to_contain_text("3 af 6 deltagelser er blevet til job")  # all three jobs began in September
    await expect(jobs).to_contain_text(re.compile("50\\s%\\saf målet. Der mangler 3."))
    await expect(agreements).to_contain_text("0 af 5")
    await visit.must_be_for_everybody()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_one_target_has_one_number_and_says_what_it_counts(workplace: Workplace, width: int) -> None:
    """Three jobs came in 2021: they are all there is in all, and nothing of this year's target."""
    async with aclosing(await workplace.caller(Role.MANAGER, municipality=MUNICIPALITY)) as manager:
        wanted = {"indicator": "mikrosprint_job", "period": str(TODAY.year), "value": 5 if width == PHONE else 7}
        (await manager.post("/outcomes/targets", json=wanted)).raise_for_status()
    visit = await leader(workplace, "/", width=width)
    whole = visit.page.locator(f"#municipality-{MUNICIPALITY} section.measure", has_text="efter mikrosprint")
    await expect(whole.locator(".so-far")).to_contain_text(f"Se målet for {TODAY.year}")
    assert await text_of(whole.locator(".so-far")) == f"I alt, alle år 3 er kommet i job Se målet for {TODAY.year}"
    await visit.must_be_for_everybody()
    await visit.press(f"Se målet for {TODAY.year}", "link")
    goal = visit.page.locator(".goal", has_text=f"I ordinært job efter mikrosprint mål 2 {TODAY.year}")
    told = await text_of(goal)
    assert f"0 af {wanted['value']} deltagelser er blevet til job" in told
    assert f"Talt fra 1. januar {TODAY.year} til og med i dag. I alt, alle år: 3." in told
    await visit.must_be_for_everybody()


async def test_it_prints_as_a_memo_of_at_most_three_pages(workplace: Workplace) -> None:
    visit = await leader(workplace)
    page = visit.page
    await visit.press("Udskriv som notat", "link")
    for missing in ("navigation", "form", "banner"):
        await expect(page.get_by_role(missing)).to_have_count(0)  # type: ignore[arg-type]
    memo = await text_of(page.locator("main"))
    for said in ("Notat til udvalget · Næstved Kommune", "Tal pr. ", "Til intern brug", "Noter: sådan er tallene"):
        assert said in memo
    await visit.must_be_for_everybody()
    assert 2 <= pages_in(await page.pdf(prefer_css_page_size=True)) <= 3
    await visit.go(f"{EFFORT}?dag=2022-03-31&kendt=2022-03-31")
    await page.emulate_media(media="print")  # the page itself prints as the memo, too
    await expect(page.get_by_role("navigation")).to_have_count(0)
    await expect(page.locator(".decide, .day-form, .file-link")).to_have_count(await _hidden(page))
    await expect(page.get_by_text("Noter: sådan er tallene regnet ud")).to_be_visible()
    assert "som det var kendt den 31. marts 2022" in await text_of(page.locator("[data-part=as-of]"))
    assert pages_in(await page.pdf(prefer_css_page_size=True)) <= 3


def pages_in(pdf: bytes) -> int:
    """How many pages it has."""
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


async def _hidden(page: Page) -> int:
    """How many of what is only for the screen is there and cannot be seen."""
    found = await page.locator(".decide, .day-form, .file-link").all()
    return sum([not await one.is_visible() for one in found])


async def test_figures_go_out_as_files_with_their_mark_and_their_contract(workplace: Workplace) -> None:
    visit = await leader(workplace, f"{EFFORT}?dag=2022-06-01")
    links = visit.page.locator("[data-part=files] tr", has_text="I ordinært job efter mikrosprint").locator("a")
    addresses = [await link.get_attribute("href") for link in await links.all()]
    got = [await visit.page.request.get(f"{workplace.url}{address}") for address in addresses]
    written, sheet, parquet, contract = [await one.body() for one in got]
    names = [one.headers["content-disposition"] for one in got]
    assert names == [
        f'attachment; filename="mikrosprint_job-course-2022-06-01-intern{end}"'
        for end in (".csv", ".xlsx", ".parquet", "-datakontrakt.json")
    ]
    assert got[0].headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))
    (mine,) = [row for row in rows if row["course"] == COURSE]
    assert (mine["numerator"], mine["denominator"], mine["use"]) == ("3", "23", "intern, ikke til offentliggørelse")
    assert sheet.startswith(b"PK")
    assert parquet.startswith(b"PAR1")
    assert hashlib.sha256(written).hexdigest() in contract.decode()
    refused = await visit.page.request.get(f"{workplace.url}/tal/nothing.csv")
    assert refused.status == 422
    assert "Det tal findes ikke." in await refused.text()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_an_analyst_sees_what_is_published_and_on_which_days(workplace: Workplace, width: int) -> None:
    await leader(workplace)
    visit = await workplace.visit("analytiker", municipality=MUNICIPALITY, width=width)
    await visit.go(f"{EFFORT}?dag=2022-03-01")
    alert = visit.page.locator(".alert", has_text="Der er ikke offentliggjort tal for 1.")
    days = alert.get_by_role("link")
    await expect(days).to_have_count(1)
    await visit.must_be_for_everybody()
    async with visit.page.expect_navigation():
        await days.click()
    await expect(visit.page.locator("[data-part=figures]")).to_contain_text("0 af 17")  # a zero is published
    await expect(visit.page.locator("[data-part=figures]")).to_contain_text("Tallet ville fortælle om så få personer")
    assert "3 af 23" not in await text_of(visit.page.locator("main"))
    await expect(visit.page.locator("[data-part=verdict] .badge")).to_have_text("Stop")
    await visit.must_be_for_everybody()


async def test_an_analyst_begins_with_what_is_published_and_gets_nothing_live(workplace: Workplace) -> None:
    await leader(workplace)
    visit = await workplace.visit("analytiker", municipality=MUNICIPALITY)
    await visit.go("/")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Offentliggjorte tal")
    await visit.must_be_for_everybody()
    assert (await visit.page.request.get(f"{workplace.url}/live")).status == 403
    await visit.press("Digital koordinator", "link")
    await expect(visit.page.locator("[data-part=figures]")).to_be_visible()
    await expect(visit.page.locator("main").get_by_role("link", name="Offentliggjorte tal")).to_be_visible()


async def test_whoever_talks_to_companies_begins_with_them_and_sees_no_figures(workplace: Workplace) -> None:
    visit = await workplace.visit("virksomhedskonsulent", municipality=MUNICIPALITY)
    await visit.go("/")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Henvendelser")
    for address in ("/live", EFFORT):
        assert (await visit.page.request.get(f"{workplace.url}{address}")).status == 403


async def test_a_caseworker_sees_the_figures_and_decides_nothing(workplace: Workplace) -> None:
    await leader(workplace)
    visit = await workplace.visit("jobkonsulent", municipality=MUNICIPALITY)
    await visit.go(EFFORT)
    await expect(visit.page.locator("[data-part=figures]")).to_contain_text("3 af 23")
    await expect(visit.page.locator(".decide")).to_have_count(0)
