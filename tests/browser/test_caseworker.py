"""A caseworker's day: a citizen from registration to a job, by keyboard, without scripts; what others do appears."""

from datetime import timedelta
from uuid import UUID

import pytest
from playwright.async_api import expect

from services.desk.labels import AREAS
from services.desk.reference import reference
from shared.danish import day
from tests.browser.caseworker import ALIKE, DESKTOP, PHONE, Others, cpr, must_be_touchable, soon, step, unfold
from tests.browser.workplace import Visit, Workplace
from tests.real.answers import done
from tests.today import today

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(240)]


async def registered(visit: Visit) -> str:
    """From the work list to a new citizen's page; her id."""
    page = visit.page
    await visit.go("/borgere")
    await visit.must_be_for_everybody()
    await visit.press("Registrér ny borger", "link")
    number = cpr()
    await page.get_by_label("CPR-nummer").fill(number)
    await page.get_by_label("Målgruppe").select_option("1")
    await page.get_by_label("Højeste uddannelse").select_option("skilled")
    await page.get_by_label("Første ledighedsdag").fill(str(today() - timedelta(days=70)))
    await visit.must_be_for_everybody()
    await must_be_touchable(visit)
    await visit.press("Registrér borger")
    await expect(page.get_by_text("Borgeren er registreret.")).to_be_visible()
    citizen_id = page.url.rpartition("/")[2].partition("?")[0]
    assert str(UUID(citizen_id)) == citizen_id
    assert number not in await page.content()
    await expect(page.get_by_role("heading", level=1)).to_have_text(reference(citizen_id))
    await expect(page.locator(".head-facts")).to_contain_text("10 uger")
    return citizen_id


async def barrier_settled(visit: Visit) -> None:
    """A barrier comes first: the test is refused, the workshop is taken up, the barrier is cleared."""
    page = visit.page
    await unfold(page, "Notér en barriere")
    await page.get_by_label("Hvad står i vejen?").select_option("reading")
    await page.get_by_label("Hvor meget?").select_option("high")
    await visit.press("Notér barrieren")
    await step(page, "Henvis til det digitale værksted")
    await unfold(page, "Henvis til et tilbud")
    offer, reason = page.get_by_label("Tilbud", exact=True), page.locator("#henvisning_reason")
    await expect(offer).to_have_value("workshop")
    await offer.select_option("test")
    await reason.fill("Vil i gang")
    await page.get_by_label("Frist").fill(str(soon()))
    await visit.press("Henvis borgeren")
    await expect(page.get_by_role("alert")).to_contain_text("svært ved at læse, skrive eller forstå dansk")
    await expect(reason).to_have_value("Vil i gang")  # what was typed stands still
    await offer.select_option("workshop")
    await visit.press("Henvis borgeren")
    await step(page, "Følg op på værkstedet")
    await unfold(page, "Skriv svaret")
    await page.get_by_label("Tog imod").check()
    await visit.press("Gem svaret")
    await visit.press("Ryddet af vejen Læsning")


async def compared(visit: Visit, job: str) -> None:
    """What was measured is held against a job."""
    page = visit.page
    profile = page.locator("[data-part=profile]")
    await expect(profile).to_contain_text("Niveau 3 (øvet)")
    await expect(profile.get_by_text("Udledt", exact=True)).to_have_count(1)
    await unfold(page, "Hold op mod et job")
    await page.get_by_label("Job", exact=True).select_option(label=job)
    await visit.press("Find afstanden")
    await expect(page.locator("[data-part=gaps]")).to_contain_text("Klar efter et kursus")


async def onto_cohort(visit: Visit, cohort: str) -> None:
    """Invited, answered, enrolled."""
    page = visit.page
    await visit.press(f"Invitér til holdet {cohort}")
    await step(page, "Få svar på invitationen")
    await page.locator("#kurser").locator("summary", has_text="Skriv svaret").click()
    await visit.press("Borgeren siger ja")
    await step(page, "Giv borgeren pladsen")
    await visit.press(f"Tilmeld holdet {cohort}")
    await expect(page.get_by_text("Borgeren har fået plads på holdet.")).to_be_visible()
    await step(page, "Vent på kurset")


async def into_job(visit: Visit, company: str) -> None:
    """An ordinary job that begins today."""
    page = visit.page
    await unfold(page, "Registrér job eller praktik, der er begyndt")
    await page.locator("#begynd_kind").select_option("ordinary")
    await page.locator("#begynd_company_id").select_option(label=company)
    await page.locator("#begynd_hours_per_week").fill("32,5")
    await page.locator("#begynd_on").fill(str(today()))
    await visit.press("Registrér")
    await expect(page.locator(".step")).to_contain_text("Borgeren er i job (ordinært job)")
    await expect(page.locator("[data-part=placements]")).to_contain_text("32,5 timer om ugen")


# courses of other tests may cover other areas, and would be named too
@pytest.mark.parametrize(("width", "area"), [(PHONE, 1), (DESKTOP, 4)])
async def test_from_registration_to_a_job(workplace: Workplace, others: Others, width: int, area: int) -> None:
    title, job, company = f"Lagersystemer {width}", f"Lagermedarbejder {width}", f"Nordhavn Lager {width}"
    cohort = f"{title}, start {day(soon())}"
    await others.cohort(title, area=area)
    await others.profile(job, area=area, level=4)
    await others.post("/outcomes/companies", {"name": company, "cvr": f"1000{width:04}", "employees": 12})
    visit = await workplace.visit("jobkonsulent", width=width)
    page = visit.page

    citizen_id = await registered(visit)
    await step(page, "Tilbyd den digitale test")
    await barrier_settled(visit)
    await step(page, "Tilbyd den digitale test")
    await others.tested(citizen_id, area=area, level=3)  # and the open page moves by itself
    await step(page, "Hold resultatet op mod et job")
    await compared(visit, job)
    await step(page, f"Tilbyd {cohort}")
    await visit.must_be_for_everybody()
    await must_be_touchable(visit)
    await onto_cohort(visit, cohort)
    await into_job(visit, company)

    lines = page.locator(".happenings li")
    for said in (
        f"Begyndte: ordinært job hos {company}, 32,5 timer om ugen.",
        f"Fik plads på holdet {cohort}.",
        f"Sagde ja til holdet {cohort}.",
        f"Holdt op mod jobbet {job}: klar efter et kursus ({title}).",
        f"Færdig med den digitale test: niveau i {AREAS[str(area)].lower()} 3.",
        "Barriere ryddet af vejen: læsning.",
        "Tog imod henvisningen til digitalt værksted.",
        "Barriere noteret: læsning (meget).",
        "Registreret på jobcentret (dagpengemodtagere).",
    ):
        await expect(lines.filter(has_text=said)).to_have_count(1)
    await expect(lines.first).to_contain_text("Begyndte: ordinært job")
    await expect(lines.last).to_contain_text("Registreret på jobcentret")
    await visit.must_be_for_everybody()
    await must_be_touchable(visit)


async def test_what_happens_elsewhere_appears_by_itself(workplace: Workplace, others: Others) -> None:
    cohort = await others.cohort("Digital post for alle")
    citizen_id = await others.citizen()
    visit = await workplace.visit("jobkonsulent")
    page = visit.page
    await visit.go(f"/borgere/{citizen_id}")
    await step(page, "Tilbyd den digitale test")
    await others.post(f"/courses/cohorts/{cohort}/enrolments", {"citizen_id": citizen_id})
    await step(page, "Vent på kurset")
    name = f"Digital post for alle, start {day(soon())}"
    await expect(page.locator("[data-part=courses]")).to_contain_text("Har plads")
    await expect(page.locator(".happenings li").first).to_contain_text(f"Fik plads på holdet {name}.")
    # somebody else writes: what she types into stands still, and the rest moves on
    await unfold(page, "Notér en barriere")
    await page.get_by_label("Hvor meget?").select_option("low")
    done(
        await others.caller.post(f"/intake/citizens/{citizen_id}/barriers", json={"kind": "danish", "severity": "low"})
    )
    await step(page, "Henvis til det digitale værksted")
    await expect(page.get_by_label("Hvor meget?")).to_have_value("low")
    await expect(page.locator("[data-part=barriers]")).to_contain_text("Dansk står lidt i vejen")

    # the work list too
    await visit.go("/borgere?sortering=newest")
    other = await others.citizen()
    await expect(page.get_by_role("link", name=reference(other))).to_be_visible()
    assert visit.said == []


async def test_by_keyboard_alone(workplace: Workplace, others: Others) -> None:
    """From the CPR number to a referral without a mouse."""
    number = cpr()
    citizen_id = await others.citizen(cpr=number)
    visit = await workplace.visit("jobkonsulent")
    page, keys = visit.page, visit.page.keyboard

    async def tab_to(name: str) -> None:
        for _ in range(60):
            await keys.press("Tab")
            focused = await page.evaluate(
                "document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText"
            )
            if focused.strip().startswith(name):
                return
        raise AssertionError(f"{name} is not reached by keyboard")

    await visit.go("/borgere")
    await tab_to("CPR-nummer")
    await keys.type(number)
    async with page.expect_navigation():
        await keys.press("Enter")
    assert number not in page.url
    await expect(page.get_by_role("heading", level=1)).to_have_text(reference(citizen_id))
    await tab_to("Henvis til et tilbud")
    await keys.press("Enter")
    await tab_to("Tilbud")
    await keys.type("Selv")
    await tab_to("Hvorfor?")
    await keys.type("Klarer det meste alene")
    await tab_to("Frist")
    await keys.type(f"{ALIKE:%d%m%Y}")
    await tab_to("Henvis borgeren")
    async with page.expect_navigation():
        await keys.press("Enter")
    await expect(page.get_by_text("Borgeren er henvist.")).to_be_visible()
    await expect(page.locator("[data-part=referrals]")).to_contain_text(f"frist {day(ALIKE)}")


async def test_without_scripts(workplace: Workplace, others: Others) -> None:
    citizen_id = await others.citizen()
    cohort = await others.cohort("E-handel for begyndere")
    await others.post(f"/courses/cohorts/{cohort}/identifications", {"citizen_ids": [citizen_id]})
    visit = await workplace.visit("jobkonsulent", width=PHONE, java_script_enabled=False)
    page = visit.page
    await visit.go("/borgere")
    await page.get_by_label("Reference", exact=True).fill(reference(citizen_id))
    await visit.press("Vis borger")
    await expect(page.get_by_role("heading", level=1)).to_have_text(reference(citizen_id))
    await unfold(page, "Tilbyd en test")
    await visit.press("Lav et link til testen")
    link = page.locator(".handed-over a")
    address = await link.get_attribute("href") or ""
    assert address.startswith(f"{workplace.url}/assessment/open/")
    await link.click()
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(page.locator("main")).to_contain_text("Det går fint")
    await visit.go(f"/borgere/{citizen_id}")
    await step(page, "Hjælp borgeren i gang med testen")
    await unfold(page, "Invitér eller tilmeld til et hold")
    await page.locator("#hold_cohort_id").select_option(cohort)
    await visit.press("Tilmeld")
    await expect(page.locator("[data-part=courses]")).to_contain_text("Har plads")
    await unfold(page, "Meld fra")
    await page.get_by_label("Hvorfor? (kan udelades)").last.fill("Rejser")
    await visit.press("Meld borgeren fra")
    await visit.until(page.locator("[data-part=timeline]"), "Meldt fra holdet E-handel for begyndere")
