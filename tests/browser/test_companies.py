"""Companies at the desk: found, registered, changed, with their agreements; and that every page is for everybody."""

import pytest
from playwright.async_api import Page, expect

from shared.clock import danish_day, now
from shared.web import Role
from tests.browser.businesses import CASEWORKER, DESK, DESKTOP, MANAGER, PHONE, Businesses, new_cvr, said
from tests.browser.workplace import Workplace
from tests.real.answers import done

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

FREDERICIA = "0607"


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
async def test_every_page_is_for_everybody(workplace: Workplace, width: int) -> None:
    firms = await Businesses.of(workplace)
    company = await firms.company("Det Lange Virksomhedsnavn på Hjørnet af Nordhavnsgade A/S")
    await firms.contact(company, hours=1)
    await firms.contact(company, hours=22)
    await firms.contact(company, hours=30)
    order = await firms.order(company, demands=[{"area": 1, "level": 3}], expectations="Møder kl. 8")
    await firms.tested_citizen(4)
    signed = {"kind": "cooperation", "on": "2026-01-01"}
    done(await firms.caller.post(f"/outcomes/companies/{company}/agreements", json=signed), 201)
    pages = (f"/virksomheder/{company}", "/virksomheder", "/henvendelser", "/jobordrer", f"/jobordrer/{order}")
    forms = (f"/virksomheder/{company}/jobordre", f"/jobordrer/{order}/ret")
    for user, paths in ((DESK, pages + forms), (CASEWORKER, pages), (MANAGER, pages)):
        visit = await workplace.visit(user, width=width)
        for path in paths:
            await visit.go(path)
            for summary in await visit.page.locator("main summary").all():
                await summary.click()
            await visit.must_be_for_everybody()
            if width == PHONE:
                assert await too_small(visit.page) == [], path


async def too_small(page: Page) -> list[str]:
    """Buttons, fields and openers in the page that a thumb would miss: under 44 px high."""
    found = await page.locator("main :is(button, summary, select, input:not([type=hidden]), .button)").evaluate_all(
        "all => all.map((one) => [one.matches('.form-radio, .form-checkbox') ? 44 : one.offsetHeight, one.outerHTML])"
    )
    return [html[:120] for height, html in found if height < 44]


async def test_a_company_is_registered_found_and_changed(workplace: Workplace) -> None:
    visit = await workplace.visit(DESK, width=PHONE)
    page, cvr = visit.page, new_cvr()
    await visit.go("/virksomheder")
    await page.get_by_text("Registrér en virksomhed").click()
    await page.get_by_label("Navn", exact=True).fill("Værftet")
    await page.get_by_label("CVR-nummer", exact=True).fill("123")
    await page.get_by_label("Antal ansatte").fill("12")
    await visit.press("Registrér virksomheden")
    await said(visit, "Noget i formularen er ikke udfyldt rigtigt. Ret det, og send igen.")
    await expect(page.get_by_label("CVR-nummer", exact=True)).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_label("Navn", exact=True)).to_have_value("Værftet")
    await page.get_by_label("CVR-nummer", exact=True).fill(cvr)
    await visit.press("Registrér virksomheden")
    await said(visit, "Virksomheden er registreret.")
    address = page.url.partition("?")[0]
    await expect(page.get_by_role("heading", level=1)).to_have_text("Værftet")
    await page.get_by_text("Ret oplysningerne").click()
    await page.get_by_label("Antal ansatte").fill("250")
    await visit.press("Gem oplysningerne")
    await said(visit, "Oplysningerne er gemt.")
    await expect(page.locator(".facts")).to_contain_text("250 ansatte (stor virksomhed)")
    await visit.go("/virksomheder")
    await page.get_by_label("Navn eller CVR-nummer").fill(cvr)
    await page.get_by_label("Størrelse").select_option("Store (mindst 250 ansatte)")
    await visit.press("Søg")
    await expect(page.get_by_role("rowheader")).to_have_text([f"Værftet CVR {cvr}"])
    await page.get_by_label("Størrelse").select_option("Små og mellemstore")
    await visit.press("Søg")
    await expect(page.get_by_text("Ingen virksomheder passer til søgningen.")).to_be_visible()
    await page.get_by_text("Registrér en virksomhed").click()
    for label, typed in (("Navn", "Værftet igen"), ("CVR-nummer", cvr), ("Antal ansatte", "3")):
        await page.get_by_label(label, exact=True).fill(typed)
    await visit.press("Registrér virksomheden")
    await said(visit, "CVR-nummeret er registreret i forvejen. Brug den virksomhed, der er registreret.")
    await visit.must_be_for_everybody()
    await visit.press("Åbn den registrerede virksomhed", "link")
    assert page.url == address


async def test_who_saw_older_facts_looks_again_before_they_are_changed(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace)
    company = await firms.company("Bageriet")
    visit = await workplace.visit(DESK)
    await visit.go(f"/virksomheder/{company}")
    await visit.page.get_by_text("Ret oplysningerne").click()
    await visit.page.get_by_label("Branche").fill("Bager")
    done(await firms.caller.patch(f"/outcomes/companies/{company}", json={"name": "Bageriet ApS"}))
    await visit.press("Gem oplysningerne")
    await said(visit, "En anden har ændret det samme, siden du åbnede siden. Se, hvad der står nu, og prøv igen.")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Bageriet ApS")
    await expect(visit.page.get_by_label("Branche")).to_have_value("Bager")
    await visit.page.get_by_label("Navn", exact=True).fill("Bageriet ApS")
    await visit.press("Gem oplysningerne")
    await said(visit, "Oplysningerne er gemt.")


async def test_an_agreement_is_signed_and_ended(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace)
    name = f"Aftaleparten {new_cvr()}"
    company = await firms.company(name)
    visit = await workplace.visit(DESK)
    page = visit.page
    await visit.go(f"/virksomheder/{company}")
    await page.get_by_text("Notér en ny aftale").click()
    await page.get_by_label("Hvilken aftale?").select_option("Samarbejdsaftale")
    await page.get_by_label("Gælder fra").fill("2026-01-01")
    await page.get_by_label("Gælder til og med").fill("2025-12-31")
    await visit.press("Notér aftalen")
    await said(visit, "Aftalen kan ikke slutte, før den begynder. Ret datoen.")
    await expect(page.get_by_label("Gælder fra")).to_have_value("2026-01-01")
    await page.get_by_label("Gælder til og med").fill("")
    await visit.press("Notér aftalen")
    await said(visit, "Aftalen er noteret.")
    agreement = page.locator(".agreement")
    await expect(agreement.get_by_role("heading")).to_have_text("Samarbejdsaftale Gælder")
    manager = await workplace.visit(MANAGER)
    await manager.go(f"/virksomheder?search={name}")
    listed = manager.page.get_by_role("row").filter(has_text=name)
    await expect(listed).to_contain_text("Gælder")
    await agreement.get_by_text("Notér, at aftalen ophører").click()
    await agreement.get_by_label("Første dag, aftalen ikke gælder").fill(str(danish_day(now())))
    await agreement.get_by_label("Hvorfor?").fill("Virksomheden flytter")
    await visit.press("Notér ophøret")
    await said(visit, "Det er noteret, hvornår aftalen ophører.")
    await expect(agreement.get_by_role("heading")).to_have_text("Samarbejdsaftale Ophørt")
    await expect(page.get_by_text("Notér, at aftalen ophører")).to_have_count(0)
    await expect(listed).to_contain_text("Ingen gældende")  # by itself, on the manager's open page


async def test_managers_look_and_change_nothing(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace)
    company = await firms.company()
    await firms.contact(company, hours=1)
    order = await firms.order(company)
    visit = await workplace.visit(MANAGER)
    for path in ("/henvendelser", "/virksomheder", f"/virksomheder/{company}", "/jobordrer", f"/jobordrer/{order}"):
        await visit.go(path)
        await expect(visit.page.locator("main form[method=post]")).to_have_count(0)
    await visit.go(f"/jobordrer/{order}/ret")
    await expect(visit.page.get_by_role("heading", name="Du har ikke adgang til denne side")).to_be_visible()


async def test_a_page_says_so_when_there_is_no_such_company(workplace: Workplace) -> None:
    elsewhere = await Businesses.of(workplace, FREDERICIA)
    company = await elsewhere.company()
    visit = await workplace.visit(DESK)
    await visit.go(f"/virksomheder/{company}")
    await expect(visit.page.get_by_text("Virksomheden findes ikke i din kommune.")).to_be_visible()
    caller = await workplace.caller(Role.COMPANY_DESK)
    assert (await caller.get(f"/virksomheder/{company}")).status_code == 404
