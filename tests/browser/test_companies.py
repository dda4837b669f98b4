"""The company side at the desk: contacts with their clock, companies, agreements, orders and who suits them."""

import pytest
from playwright.async_api import Locator, Page, expect

from shared.clock import danish_day, now
from shared.web import Role
from tests.browser.businesses import Businesses, new_cvr
from tests.browser.workplace import Visit, Workplace
from tests.real.answers import done

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(120)]

PHONE, DESKTOP = 375, 1280
DESK, CASEWORKER, MANAGER = "virksomhedskonsulent", "jobkonsulent", "leder"
FREDERIKSBERG, ROEDOVRE, ESBJERG, FREDERICIA = "0147", "0175", "0561", "0607"
"""Each story that counts has a municipality for itself."""


FOCUSED = "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"
OUTLINE = """() => {
    const at = document.activeElement, label = at.labels?.[0] ?? at;
    const widths = [[at], [label], [label, "::before"]].map((shown) => getComputedStyle(...shown).outlineWidth);
    return Math.max(...widths.map(parseFloat));
}"""
"""The line around what has the focus, in px; a radio button's is drawn on its label."""


def row(page: Page, company: str) -> Locator:
    """What waits for an answer to this company."""
    return page.locator(".contact").filter(has=page.get_by_role("link", name=company))


async def said(visit: Visit, text: str) -> None:
    """The page says that it was done, or why not."""
    await expect(visit.page.locator(":is(.alert-success, .alert-error) .alert-text")).to_have_text(text)


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


async def test_a_contact_appears_by_itself_with_its_clock(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace, FREDERICIA)
    visit = await workplace.visit(DESK, municipality=FREDERICIA)
    page = visit.page
    await visit.go("/henvendelser")
    await expect(page.locator("[data-part=waiting-summary]")).to_have_text("Ingen virksomheder venter på svar.")
    await firms.contact(await firms.company("Bageriet på Hjørnet"), wants="praktik", hours=23, minutes=29, seconds=30)
    bakery = row(page, "Bageriet på Hjørnet")
    await expect(bakery.get_by_role("timer")).to_have_text("30 minutter tilbage")
    await expect(bakery.locator(".deadline-mark")).to_have_text("Haster")
    await expect(bakery).to_contain_text("Vil have en i praktik")
    await expect(page.locator("#news")).to_have_text("1 virksomhed venter på svar.")  # read aloud
    await firms.contact(await firms.company("Smedjen"), hours=30)
    await expect(page.locator(".contact h3")).to_have_text(["Smedjen", "Bageriet på Hjørnet"])
    await expect(row(page, "Smedjen").get_by_role("timer")).to_have_text("Fristen er overskredet med 6 timer")
    await expect(row(page, "Smedjen").locator(".deadline-mark")).to_have_text("For sent")
    assert (visit.said, visit.outside) == ([], [])


async def test_the_clock_counts_down_while_the_page_is_open(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace)
    company = await firms.company()
    await firms.contact(company, hours=1, seconds=30)
    visit = await workplace.visit(DESK)
    page = visit.page
    await page.clock.install()
    await visit.go(f"/virksomheder/{company}")
    timer, mark = page.get_by_role("timer"), page.locator(".deadline-mark")
    await expect(timer).to_have_text("22 timer og 59 minutter tilbage")
    await expect(mark).to_be_hidden()
    await page.clock.fast_forward("20:00:00")
    await expect(timer).to_have_text("2 timer og 59 minutter tilbage")
    await expect(mark).to_have_text("Haster")
    await page.clock.fast_forward("02:59:00")
    await expect(timer).to_have_text("under 1 minut tilbage")
    await page.clock.fast_forward("01:01:00")
    await expect(timer).to_have_text("Fristen er overskredet med 1 time")
    await expect(mark).to_have_text("For sent")


async def test_a_company_is_answered_with_one_press_and_only_once(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace, FREDERIKSBERG)
    await firms.contact(await firms.company("Bageriet"), hours=20, seconds=30)
    await firms.contact(await firms.company("Smedjen"), hours=24, minutes=1)
    old = await workplace.visit(CASEWORKER, municipality=FREDERIKSBERG, java_script_enabled=False)
    await old.go("/henvendelser")
    visit = await workplace.visit(DESK, municipality=FREDERIKSBERG)
    await visit.go("/henvendelser")
    for company in ("Bageriet", "Smedjen"):
        await visit.press(f"Besvaret nu: {company}, vil ansætte")
        await said(visit, "Svaret er noteret, og uret er stoppet.")
    await expect(visit.page.locator("[data-part=waiting-summary]")).to_have_text("Ingen virksomheder venter på svar.")
    answered = visit.page.get_by_role("table", name="Henvendelser, der er besvaret i dag").get_by_role("row")
    await expect(answered.filter(has_text="Bageriet")).to_contain_text("20 timer – inden fristen")
    await expect(answered.filter(has_text="Smedjen")).to_contain_text("24 timer og 1 minut – for sent")
    await old.press("Besvaret nu: Bageriet, vil ansætte")
    await said(old, "Virksomheden har allerede fået svar. Det første svar tæller.")
    await expect(old.page.locator(".contact")).to_have_count(0)
    await visit.must_be_for_everybody()


async def test_the_service_goal_stands_with_its_definition_and_moves(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace, ESBJERG)
    company = await firms.company()
    for hours, later in ((100, 99), (80, 57), (70, 40)):  # answered after 1, 23 and 30 hours
        await firms.answered(await firms.contact(company, hours=hours), hours=later)
    waiting = await firms.contact(company, hours=50)
    await firms.contact(company)  # is not due before tomorrow
    visit = await workplace.visit(DESK, municipality=ESBJERG)
    await visit.go("/henvendelser")
    goal = visit.page.locator("[data-part=goal]")
    await expect(goal.locator(".figure strong")).to_have_text("2 af 4 (50 %)")
    await goal.get_by_text("Sådan er tallet regnet ud").click()
    await expect(goal).to_contain_text("der blev besvaret senest 24 timer efter, at de kom")
    await firms.answered(waiting, hours=49)  # it was, but nobody had written it down
    await expect(goal.locator(".figure strong")).to_have_text("3 af 4 (75 %)")


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


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
async def test_an_order_is_placed_changed_and_closed(workplace: Workplace, width: int) -> None:
    firms = await Businesses.of(workplace)
    company = await firms.company("Webbutikken")
    visit = await workplace.visit(DESK, width=width)
    page = visit.page
    await visit.go(f"/virksomheder/{company}")
    await visit.press("Opret jobordre", "link")
    await page.get_by_label("Hvad søger virksomheden?").fill("Butiksassistent")
    await page.get_by_label("Virksomhedspraktik").check()
    await page.get_by_label("Antal pladser").fill("2")
    await page.get_by_label("Hvad forventer I af hinanden?").fill("Spørg efter 010190-1234")
    await page.get_by_label("Digitalt indhold").select_option("Niveau 4 (øvet)")
    await visit.press("Opret jobordren")
    await said(visit, "Noget i formularen er ikke udfyldt rigtigt. Ret det, og send igen.")
    expectations = page.get_by_label("Hvad forventer I af hinanden?")
    await expect(expectations).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_label("Virksomhedspraktik")).to_be_checked()
    await visit.must_be_for_everybody()
    await expectations.fill("Møder kl. 8")
    await visit.press("Opret jobordren")
    await said(visit, "Jobordren er oprettet.")
    order_id = page.url.partition("?")[0].rpartition("/")[2]
    placed = await firms.read(order_id)
    assert placed["demands"] == [{"area": 3, "level": 4, "weight": 1.0}]
    assert (placed["kind"], placed["seats"], placed["visible_in_app"]) == ("praktik", 2, True)
    await expect(page.get_by_role("heading", name="Kandidater")).to_have_count(0)  # a caseworker's matter

    await visit.press("Ret jobordren", "link")
    await page.get_by_label("Digitalt indhold").select_option("Intet krav")
    await page.get_by_label("Sikkerhed").select_option("Niveau 2 (grundlæggende)")
    await page.get_by_label("Borgere må se jobordren i jobappen").uncheck()
    await visit.press("Gem jobordren")
    await said(visit, "Jobordren er ændret.")
    await expect(page.locator(".order-facts")).to_contain_text("Sikkerhed: niveau 2 (grundlæggende)")
    await expect(page.locator(".order-facts")).to_contain_text("Vises ikke for borgere")
    changed = await firms.read(order_id)
    assert changed["demands"] == [{"area": 4, "level": 2, "weight": 1.0}]
    assert (changed["title"], changed["expectations"], changed["version"]) == ("Butiksassistent", "Møder kl. 8", 2)

    await page.get_by_text("Luk jobordren", exact=True).first.click()
    await page.get_by_label("Pladserne er besat").check()
    await visit.press("Luk jobordren")
    await said(visit, "Jobordren er lukket.")
    await expect(page.locator(".alert-info")).to_contain_text("Jobordren blev lukket")
    await expect(page.get_by_role("link", name="Ret jobordren")).to_have_count(0)
    assert (await firms.read(order_id))["closed_reason"] == "Besat"
    await visit.must_be_for_everybody()


async def test_an_order_placed_elsewhere_appears_by_itself(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace, FREDERIKSBERG)
    visit = await workplace.visit(MANAGER, municipality=FREDERIKSBERG)
    await visit.go("/jobordrer")
    await expect(visit.page.get_by_text("Der er ingen åbne jobordrer lige nu.")).to_be_visible()
    order = await firms.order(await firms.company("Værftet"), seats=3, demands=[{"area": 2, "level": 6}])
    shown = visit.page.locator(".order")
    await expect(shown).to_contain_text("3 pladser – virksomhedspraktik")
    await expect(shown).to_contain_text("Kommunikation og samarbejde: niveau 6 (avanceret)")
    done(await firms.caller.post(f"/outcomes/orders/{order}/close", json={}))
    await expect(shown).to_have_count(0)


async def test_a_caseworker_sees_who_suits_an_order_and_why(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace, ROEDOVRE)
    ready, uncertain, not_yet = (
        await firms.tested_citizen(4),
        await firms.tested_citizen(2, up_to=4),
        await firms.tested_citizen(2),
    )
    company = await firms.company()
    order = await firms.order(company, demands=[{"area": 1, "level": 3}])
    visit = await workplace.visit(CASEWORKER, municipality=ROEDOVRE)
    page = visit.page
    await visit.go("/jobordrer")
    await visit.press("Se kandidater: Butiksassistent med webshop, Nordhavn Data ApS", "link")
    for group, citizen, why in (
        ("Klar nu (1)", ready, "Jobbet kræver niveau 3. Målt til niveau 4"),
        ("Uvist – test mere (1)", uncertain, "Flere spørgsmål kan afgøre det."),
        ("Ikke endnu (1)", not_yet, "Det er under kravet."),
    ):
        section = page.get_by_role("region", name=group)
        link = section.get_by_role("link")
        await expect(link).to_have_attribute("href", f"/borgere/{citizen}")
        await expect(link).to_have_text(f"Borger {citizen[-8:-4]}-{citizen[-4:]}")
        await section.get_by_text("Hvorfor?").click()
        await expect(section).to_contain_text(why)
    await expect(page.get_by_role("region", name="Klar efter et kursus (0)")).to_contain_text("Ingen.")
    await visit.must_be_for_everybody()
    await visit.press("Uvist – test mere", "link")
    await expect(page.locator(".candidates a")).to_have_count(1)
    await expect(page.locator(".candidates a")).to_have_attribute("href", f"/borgere/{uncertain}")

    asks_nothing = await firms.order(company, title="Uden krav")
    await visit.go(f"/jobordrer/{asks_nothing}")
    await expect(page.get_by_text("Jobordren stiller ingen digitale krav")).to_be_visible()
    desk = await workplace.visit(DESK, municipality=ROEDOVRE)
    await desk.go(f"/jobordrer/{order}")
    await expect(desk.page.get_by_role("heading", level=1)).to_have_text("Butiksassistent med webshop")
    assert ready not in await desk.page.content()


async def test_an_order_takes_the_demands_of_a_job_profile(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace)
    title = f"Kantinemedarbejder {new_cvr()}"
    profile = {
        "title": title,
        "occupation": {"scheme": "DISCO-08", "code": "9412"},
        "demands": [{"area": 5, "level": 2}],
        "tasks": ["Bruger kasse og betalingsterminal"],
    }
    done(await firms.caller.post("/assessment/profiles", json=profile), 201)
    order = await firms.order(await firms.company())
    visit = await workplace.visit(CASEWORKER)
    await visit.go(f"/jobordrer/{order}/ret")
    await visit.page.get_by_label("Jobprofil").select_option(title)
    await visit.page.get_by_label("Hvad forventer I af hinanden?").fill("Møder kl. 8")
    await visit.press("Gem jobordren")
    await expect(visit.page.locator(".order-facts")).to_contain_text(f"Jobprofilen »{title}«.")


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


async def test_a_contact_is_recorded_and_answered_by_keyboard_alone(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace)
    visit = await workplace.visit(DESK)
    page = visit.page
    await visit.go(f"/virksomheder/{await firms.company()}")
    await press_by_keyboard(page, "Notér en ny henvendelse")
    await tab_to(page, "Vil ansætte")
    await page.keyboard.press("ArrowDown")
    async with page.expect_navigation():
        await press_by_keyboard(page, "Notér henvendelsen")
    await said(visit, "Henvendelsen er noteret. Virksomheden skal have svar inden 24 timer.")
    await expect(page.locator(".contact h3")).to_have_text("Vil have en i løntilskud")
    async with page.expect_navigation():
        await press_by_keyboard(page, "Besvaret nu")
    await said(visit, "Svaret er noteret, og uret er stoppet.")
    await expect(page.get_by_text("Virksomheden venter ikke på svar.")).to_be_visible()


async def tab_to(page: Page, words: str) -> None:
    """Tab until the focus is on what begins with these words, or on the field with that label."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        if str(await page.evaluate(FOCUSED)).startswith(words):
            assert await page.evaluate(OUTLINE) >= 2, f"{words} shows no focus"
            return
    raise AssertionError(f"{words} cannot be reached")


async def press_by_keyboard(page: Page, words: str) -> None:
    """Tab to it and press Enter."""
    await tab_to(page, words)
    await page.keyboard.press("Enter")


async def test_everything_works_without_java_script(workplace: Workplace) -> None:
    firms = await Businesses.of(workplace)
    name = f"Uden Script {new_cvr()}"
    await firms.contact(await firms.company(name), hours=23, minutes=29, seconds=30)
    visit = await workplace.visit(DESK, width=PHONE, java_script_enabled=False)
    page = visit.page
    await visit.go("/virksomheder")
    await page.get_by_label("Navn eller CVR-nummer").fill(name)
    await visit.press("Søg")
    await visit.press(name, "link")
    await expect(page.get_by_role("timer")).to_have_text("30 minutter tilbage")
    await expect(page.get_by_role("link", name="Hent siden igen")).to_be_visible()
    await expect(page.locator("noscript")).to_contain_text("Tiden, der er tilbage, er regnet ud kl.")
    await page.get_by_text("Besvaret tidligere").click()
    await page.get_by_label("Dag").first.fill("2020-01-01")
    await page.get_by_label("Klokkeslæt").first.fill("08:00")
    await visit.press("Gem svaret")
    await said(visit, "Svaret kan ikke ligge før henvendelsen. Ret dag og klokkeslæt.")
    await expect(page.get_by_label("Dag").first).to_have_value("2020-01-01")
    async with page.expect_navigation():
        await page.get_by_role("button", name="Besvaret nu: vil ansætte").click()
    await said(visit, "Svaret er noteret, og uret er stoppet.")


async def test_a_page_says_so_when_there_is_no_such_company(workplace: Workplace) -> None:
    elsewhere = await Businesses.of(workplace, FREDERICIA)
    company = await elsewhere.company()
    visit = await workplace.visit(DESK)
    await visit.go(f"/virksomheder/{company}")
    await expect(visit.page.get_by_text("Virksomheden findes ikke i din kommune.")).to_be_visible()
    caller = await workplace.caller(Role.COMPANY_DESK)
    assert (await caller.get(f"/virksomheder/{company}")).status_code == 404
