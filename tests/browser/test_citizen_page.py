"""What else a citizen's page does: placements by agreement, who is found and who is not, and what an eMentor may."""

import pytest
from playwright.async_api import expect

from services.desk.reference import reference
from tests.browser.caseworker import PHONE, Others, cpr, must_be_touchable, step, unfold
from tests.browser.workplace import Workplace
from tests.today import today

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(240)]


async def test_an_agreed_placement_from_approval_to_its_end(workplace: Workplace, others: Others) -> None:
    citizen_id = await others.citizen()
    company = {"name": "Amager Bageri", "cvr": "20000001", "employees": 8}
    await others.post("/outcomes/companies", company)
    visit = await workplace.visit("jobkonsulent", width=PHONE)
    page = visit.page
    await visit.go(f"/borgere/{citizen_id}")
    await unfold(page, "Aftal et forløb, der skal godkendes")
    await page.locator("#aftale_kind").select_option("praktik")
    await page.locator("#aftale_company_id").select_option(label="Amager Bageri")
    await page.locator("#aftale_hours_per_week").fill("40")
    await page.locator("#aftale_starts").fill(str(today()))
    await visit.press("Gem aftalen")
    await expect(page.get_by_role("alert")).to_contain_text("ikke udfyldt rigtigt")
    await expect(page.locator("#aftale_hours_per_week")).to_have_attribute("aria-invalid", "true")
    await page.locator("#aftale_hours_per_week").fill("30")
    await visit.press("Gem aftalen")
    await step(page, "Få aftalen godkendt")
    await unfold(page, "Godkend aftalen")
    await page.get_by_label("Hvem har godkendt?").fill("tillidsrepræsentant")
    await visit.press("Godkend")
    await step(page, "Registrér, når det begynder")
    await unfold(page, "Registrér, at det er begyndt")
    await visit.press("Gem")
    await step(page, "Følg op i virksomheden")
    await unfold(page, "Ret oplysningerne")
    await page.locator("input[id^=ret-][id$=hours_per_week]").fill("25")
    await visit.press("Ret")
    await expect(page.locator("[data-part=placements]")).to_contain_text("25 timer om ugen")
    await unfold(page, "Registrér, at det er slut")
    await page.locator("input[id^=slut-][id$=_on]").fill(str(today()))
    await visit.press("Gem")
    await expect(page.locator("[data-part=placements]")).to_contain_text("Slut")
    await visit.must_be_for_everybody()
    await must_be_touchable(visit)


async def test_who_is_known_is_found_and_who_is_not_is_said_so(workplace: Workplace, others: Others) -> None:
    number = cpr()
    citizen_id = await others.citizen(cpr=number, protected=True)
    visit = await workplace.visit("jobkonsulent")
    page = visit.page
    await visit.go("/borgere/ny")
    await page.get_by_label("CPR-nummer").fill(number)
    await page.get_by_label("Målgruppe").select_option("2")
    await page.get_by_label("Højeste uddannelse").select_option("none")
    await page.get_by_label("Første ledighedsdag").fill(str(today()))
    await visit.press("Registrér borger")
    await expect(page.get_by_text("Borgeren er registreret i forvejen")).to_be_visible()
    await expect(page.get_by_role("heading", level=1)).to_have_text(reference(citizen_id))
    await expect(page.get_by_text("Navn og adresse er beskyttet").first).to_be_visible()
    for typed, said in (("310281-0001", "første seks cifre er ikke en dato"), (cpr(), "Ingen borger i kommunen")):
        await visit.go("/borgere")
        await page.get_by_label("CPR-nummer", exact=True).fill(typed)
        await visit.press("Find borger")
        await expect(page.get_by_role("alert")).to_contain_text(said)
    visit.said.clear()  # the browser says that nobody was found
    await visit.go("/borgere")
    await page.get_by_label("Reference", exact=True).fill("0000-0000")
    await visit.press("Vis borger")
    await expect(page.get_by_role("alert")).to_contain_text("Ingen borger i kommunen har den reference")
    await page.get_by_label("Reference", exact=True).fill("010180-0001")
    await visit.press("Vis borger")
    assert "010180" not in page.url, "a CPR number in the wrong field is in no address"
    visit.said.clear()
    elsewhere = await workplace.visit("jobkonsulent", municipality="0370")
    await elsewhere.go(f"/borgere/{citizen_id}")
    await expect(elsewhere.page.get_by_role("heading", level=1)).to_have_text("Siden findes ikke")


async def test_an_ementor_sees_and_helps_and_does_not_decide(workplace: Workplace, others: Others) -> None:
    citizen_id = await others.citizen()
    visit = await workplace.visit("ementor", width=PHONE)
    page = visit.page
    await visit.go("/borgere?sortering=newest")
    await visit.must_be_for_everybody()
    await expect(page.get_by_text("CPR-nummer")).to_have_count(0)
    await expect(page.get_by_text("Tilmeld de valgte")).to_have_count(0)
    await page.get_by_role("link", name=reference(citizen_id)).click()
    await unfold(page, "Notér en barriere")
    await page.get_by_label("Hvad står i vejen?").select_option("device")
    await page.get_by_label("Hvor meget?").select_option("low")
    await visit.press("Notér barrieren")
    await expect(page.get_by_text("Barrieren er noteret.")).to_be_visible()
    await expect(page.get_by_text("Henvis til et tilbud")).to_have_count(0)
    await expect(page.get_by_text("Afmeld fra jobcentret")).to_have_count(0)
    await visit.must_be_for_everybody()
