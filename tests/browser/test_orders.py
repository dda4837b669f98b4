"""Job orders at the desk: placed, changed, closed, and who suits them."""

import pytest
from playwright.async_api import expect

from tests.browser.businesses import CASEWORKER, DESK, DESKTOP, MANAGER, PHONE, Businesses, new_cvr, said
from tests.browser.workplace import Workplace
from tests.real.answers import done

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

FREDERIKSBERG, ROEDOVRE = "0147", "0175"
"""Each story that counts has a municipality for itself."""


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
    await page.get_by_label("Lave digitalt indhold").select_option("Niveau 4 (øvet)")
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
    await page.get_by_label("Lave digitalt indhold").select_option("Intet krav")
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
    await expect(shown).to_contain_text("Kontakt og samarbejde: niveau 6 (avanceret)")
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
