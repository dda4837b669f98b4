"""Cohorts at the desk, from the opening to the certificates, on a phone and on a wide screen."""

import pytest
from playwright.async_api import expect

from services.desk.reference import reference
from tests.browser.class_of import Programs, day
from tests.browser.cohort_page import add, numbers, part, press_in, row, unfold
from tests.browser.workplace import Visit, Workplace

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

BOTH = pytest.mark.parametrize("width", [375, 1280])


@BOTH
async def test_two_seats_and_three_citizens_from_the_opening_to_the_certificates(
    workplace: Workplace, width: int
) -> None:
    programs = await Programs.of(workplace)
    anna, bo, cecilie = await programs.citizens(3)
    title = f"Digital start {width}"
    manager = await workplace.visit("leder", width=width)
    await manager.go("/hold/nyt-kursus")
    await _describe_course(manager, title)
    await manager.must_be_for_everybody()
    await manager.press("Opret kursus")
    await expect(manager.page.get_by_text("Kurset er oprettet.")).to_be_visible()
    await _open_cohort(manager, title)
    address = manager.page.url.removeprefix(manager.address).partition("?")[0]

    visit = await workplace.visit("jobkonsulent", width=width)
    await visit.go(address)
    await add(visit, anna, "Borgeren har fået en plads.")
    await add(visit, bo, "Borgeren har fået en plads.")
    await add(visit, cecilie, "Borgeren står nu sidst på ventelisten.")
    counted = {"Pladser": "2", "Taget": "2", "Tilbudt": "0", "På venteliste": "1", "Ledige": "0"}
    assert counted.items() <= (await numbers(visit)).items()
    await expect(row(visit, cecilie)).to_contain_text("Nr. 1")
    await unfold(row(visit, bo), "Meld fra")
    await row(visit, bo).get_by_label("Hvorfor?").fill("Har fået andet arbejde")
    await press_in(visit, row(visit, bo), "Meld fra")
    await expect(row(visit, cecilie)).to_contain_text("Tilbudt en plads")
    await visit.must_be_for_everybody()
    await press_in(visit, row(visit, cecilie), "Tag imod pladsen")
    await expect(row(visit, cecilie)).to_contain_text("Har plads")
    await visit.must_be_for_everybody()


async def _describe_course(visit: Visit, title: str) -> None:
    page = visit.page
    await page.get_by_label("Navn").fill(title)
    await page.get_by_label("Slags").select_option("mikrosprint")
    await page.get_by_label("Hvem underviser?").fill("Ivækst")
    await page.get_by_label("Uger").fill("3")
    await page.get_by_label("Undervisningstimer i alt").fill("60")
    await page.get_by_label("undervisning på hold").check()
    await page.get_by_role("group", name="Er det et egentligt it-kursus?").get_by_label("Ja").check()
    await page.get_by_label("Kontakt og samarbejde").select_option("4")


async def _open_cohort(visit: Visit, title: str) -> None:
    page = visit.page
    await page.get_by_label("Første dag").fill(str(day(7)))
    await page.get_by_label("Sidste dag").fill(str(day(6)))
    await page.get_by_label("Antal pladser").fill("2")
    await page.get_by_label("Sted").fill("Skelbækgade")
    await visit.press("Opret hold")
    await expect(page.get_by_role("alert")).to_contain_text("Holdet ville slutte, før det starter")
    await expect(page.get_by_label("Antal pladser")).to_have_value("2")
    await page.get_by_label("Sidste dag").fill(str(day(20)))
    await visit.must_be_for_everybody()
    await visit.press("Opret hold")
    await expect(page.get_by_role("heading", level=1)).to_have_text(title)


@BOTH
async def test_an_invited_citizen_says_yes_and_is_enrolled(workplace: Workplace, width: int) -> None:
    programs = await Programs.of(workplace)
    cohort_id = await programs.cohort(await programs.course(f"Inviteret {width}"), day(6))
    anna, bo = await programs.citizens(2)
    visit = await workplace.visit("jobkonsulent", width=width)
    await visit.go(f"/hold/{cohort_id}")
    for citizen_id in (anna, bo):
        await visit.page.get_by_label("Invitér", exact=True).check()
        await add(visit, citizen_id, "Borgeren er inviteret.")
    await press_in(visit, row(visit, anna), "Sagde ja")
    await press_in(visit, row(visit, bo), "Sagde nej")
    await expect(row(visit, bo)).to_contain_text("Sagde nej")
    await visit.must_be_for_everybody()
    await press_in(visit, row(visit, anna), "Tilmeld")
    await expect(row(visit, anna)).to_contain_text("Har plads")
    counted = {"Taget": "1", "Ledige": "1", "Inviteret": "2", "Sagde ja": "1"}
    assert counted.items() <= (await numbers(visit)).items()
    await visit.must_be_for_everybody()


@BOTH
async def test_the_roster_attendance_ends_and_certificates(workplace: Workplace, width: int) -> None:
    programs = await Programs.of(workplace)
    cohort_id = await programs.cohort(await programs.course(f"Regneark {width}", certificate="RG-1"), day(0))
    anna, bo = await programs.citizens(2)
    for citizen_id in (anna, bo):
        await programs.enrol(cohort_id, citizen_id)
    visit = await workplace.visit("jobkonsulent", width=width)
    await visit.go(f"/hold/{cohort_id}")
    await expect(part(visit, "hold")).to_contain_text("Lås deltagerlisten")
    await unfold(visit, "Lås deltagerlisten")
    await visit.must_be_for_everybody()
    await visit.press("Lås deltagerlisten")
    assert await numbers(visit) == {"Pladser": "2", "Startede": "2", "I gang": "2"}

    await expect(part(visit, "fremmoede")).to_contain_text("Ikke registreret endnu.")
    await part(visit, "fremmoede").get_by_label(reference(anna)).check()
    await visit.must_be_for_everybody()
    await visit.press("Gem fremmøde")
    await expect(part(visit, "fremmoede")).to_contain_text("1 af 2 mødte.")
    await expect(row(visit, anna)).to_contain_text("Mødt 1 af 1 dag")
    await expect(row(visit, bo)).to_contain_text("Mødt 0 af 1 dag")
    await part(visit, "fremmoede").get_by_label(reference(bo)).check()
    await visit.press("Gem fremmøde")
    await expect(row(visit, bo)).to_contain_text("Mødt 1 af 1 dag")

    await unfold(row(visit, bo), "Afslut")
    await row(visit, bo).get_by_label("Grund").select_option("dropped_out")
    await press_in(visit, row(visit, bo), "Afslut deltagelsen")
    await expect(row(visit, bo)).to_contain_text("Faldt fra")
    await unfold(row(visit, bo), "Ret afslutningen")
    await press_in(visit, row(visit, bo), "Ret afslutningen")
    await expect(visit.page.get_by_role("alert")).to_contain_text("Afslutningen er sådan allerede.")
    await row(visit, bo).get_by_label("Grund").select_option("got_job")
    await press_in(visit, row(visit, bo), "Ret afslutningen")
    await expect(row(visit, bo)).to_contain_text("Fik job undervejs")

    await unfold(visit, "Afslut hele holdet")
    await visit.press("Afslut de valgte")
    await expect(row(visit, anna)).to_contain_text("Gennemførte")
    await unfold(visit, "Giv certifikater")
    await expect(visit.page.get_by_label(f"{reference(anna)} – Gennemførte")).to_be_checked()
    await expect(visit.page.get_by_label(f"{reference(bo)} – Fik job undervejs")).not_to_be_checked()
    await expect(visit.page.get_by_label("Kode")).to_have_value("RG-1")
    await visit.must_be_for_everybody()
    await visit.press("Giv certifikater")
    await expect(row(visit, anna)).to_contain_text(f"Regneark {width} (RG-1) – givet")
    await unfold(row(visit, anna), "Kald certifikatet tilbage")
    await row(visit, anna).get_by_label("Hvorfor?").fill("Forkert prøve")
    await press_in(visit, row(visit, anna), "Kald tilbage")
    await expect(row(visit, anna)).to_contain_text("Forkert prøve")
    await visit.must_be_for_everybody()
