"""A caseworker's day: a citizen from registration to a job, many citizens at once, by keyboard, without scripts."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import httpx
import pytest
from playwright.async_api import Page, expect

from services.desk.citizens.codes import AREAS
from services.desk.citizens.reference import reference
from shared.clock import danish_day, now
from shared.danish import day
from shared.web import Role
from tests.browser.workplace import Visit, Workplace
from tests.real.answers import done
from tests.waiting import eventually

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(240)]

PHONE, DESKTOP = 375, 1280
TODAY = danish_day(now())
SOON = TODAY + timedelta(days=12)
ALIKE = next(
    one for month in range(1, 25) if (one := date(TODAY.year + month // 13, *[(month - 1) % 12 + 1] * 2)) > TODAY
)
"""The next day that is written the same with the month first, as a browser may want it typed."""
NUMBERS = count(1)
TOO_SMALL = """() => [...document.querySelectorAll('main a.target, main button, main summary, main select, main input')]
  .filter(one => one.type !== 'hidden' && one.type !== 'checkbox' && one.type !== 'radio' && one.offsetParent)
  .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML.slice(0, 120))"""


def cpr() -> str:
    """A CPR number that nobody has yet; its owner was born on 2 March 1981."""
    return f"020381-{next(NUMBERS):04}"


@dataclass(slots=True)
class Jobcenter:
    """The other side of each story: what other people and systems do meanwhile."""

    caller: httpx.AsyncClient
    citizens: list[str] = field(default_factory=list)

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send a command until the service knows the citizen: her registration may be on its way."""

        async def answered() -> httpx.Response | None:
            answer = await self.caller.post(path, json=body)
            return None if "citizen-unknown" in answer.text else answer

        answer = await eventually(answered, 20, what=f"{path} knows the citizen")
        assert answer.is_success, answer.text
        return dict(answer.json())

    async def citizen(self, **given: Any) -> str:
        """A citizen who was just registered."""
        body = {
            "cpr": cpr(),
            "target_group": "1",
            "education_level": "skilled",
            "unemployed_since": str(TODAY - timedelta(days=70)),
        }
        made = done(await self.caller.post("/intake/citizens", json=body | given), 201)
        self.citizens.append(made["citizen_id"])
        return self.citizens[-1]

    async def cohort(self, title: str, *, capacity: int = 5, area: int = 5) -> str:
        """A cohort that starts in twelve days, of a new course that lifts one area to level 4."""
        course = {
            "title": title,
            "kind": "mikrosprint",
            "provider": "Ivækst",
            "weeks": 4,
            "hours": 60,
            "digital_areas": [{"area": area, "level": 4}],
            "it_specific": True,
        }
        course_id = (await self.post("/courses/courses", course))["course_id"]
        cohort = {
            "course_id": course_id,
            "starts": str(SOON),
            "ends": str(SOON + timedelta(days=25)),
            "capacity": capacity,
        }
        return str((await self.post("/courses/cohorts", cohort))["cohort_id"])

    async def tested(self, citizen_id: str, *, area: int, level: int) -> None:
        """The citizen has this level, measured, in one area; in area 3 it is inferred."""
        measured = {"area": area, "ability": 0.1, "standard_error": 0.2, "level": level, "level_low": level}
        measured |= {"level_high": level, "items": 6}
        body = {
            "bank_version": "2026.1",
            "calibrated": True,
            "purpose": "entry",
            "areas": [measured, measured | {"area": 3, "items": 0}],
        }
        await self.post(f"/assessment/citizens/{citizen_id}/tests", body)

    async def profile(self, title: str, *, area: int, level: int) -> str:
        """A job that asks for a level in one area."""
        body = {
            "title": title,
            "occupation": {"scheme": "DISCO-08", "code": "4321"},
            "demands": [{"area": area, "level": level}],
            "tasks": [],
        }
        return str((await self.post("/assessment/profiles", body))["profile_id"])


@pytest.fixture
async def jobcenter(workplace: Workplace) -> Jobcenter:
    """Everybody but who sits at the page."""
    roles = (Role.CASEWORKER, Role.MANAGER, Role.COMPANY_DESK, Role.SYSTEM)
    return Jobcenter(await workplace.caller(*roles))


async def unfold(page: Page, words: str) -> None:
    """Open a small form."""
    await page.locator("summary", has_text=words).first.click()


async def must_be_touchable(visit: Visit) -> None:
    """Whatever is pressed on a phone is 44 pixels high."""
    if (visit.page.viewport_size or {})["width"] > PHONE:
        return
    assert await visit.page.evaluate(TOO_SMALL) == []


async def step(page: Page, title: str) -> None:
    """The next step that is suggested."""
    await expect(page.locator(".step h2")).to_have_text(title)


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
    await page.get_by_label("Første ledighedsdag").fill(str(TODAY - timedelta(days=70)))
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
    await page.get_by_label("Senest").fill(str(SOON))
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
    await visit.press(f"Indskriv på holdet {cohort}")
    await expect(page.get_by_text("Borgeren har fået plads på holdet.")).to_be_visible()
    await step(page, "Vent på kurset")


async def into_job(visit: Visit, company: str) -> None:
    """An ordinary job that begins today."""
    page = visit.page
    await unfold(page, "Registrér job eller praktik, der er begyndt")
    await page.locator("#begynd_kind").select_option("ordinary")
    await page.locator("#begynd_company_id").select_option(label=company)
    await page.locator("#begynd_hours_per_week").fill("32,5")
    await page.locator("#begynd_on").fill(str(TODAY))
    await visit.press("Registrér")
    await expect(page.locator(".step")).to_contain_text("Borgeren er i job (ordinært job)")
    await expect(page.locator("[data-part=placements]")).to_contain_text("32,5 timer om ugen")


@pytest.mark.parametrize(("width", "area"), [(PHONE, 2), (DESKTOP, 4)])
async def test_from_registration_to_a_job(workplace: Workplace, jobcenter: Jobcenter, width: int, area: int) -> None:
    title, job, company = f"Lagersystemer {width}", f"Lagermedarbejder {width}", f"Nordhavn Lager {width}"
    cohort = f"{title}, start {day(SOON)}"
    await jobcenter.cohort(title, area=area)
    await jobcenter.profile(job, area=area, level=4)
    await jobcenter.post("/outcomes/companies", {"name": company, "cvr": f"1000{width:04}", "employees": 12})
    visit = await workplace.visit("jobkonsulent", width=width)
    page = visit.page

    citizen_id = await registered(visit)
    await step(page, "Tilbyd den digitale test")
    await barrier_settled(visit)
    await step(page, "Tilbyd den digitale test")
    await jobcenter.tested(citizen_id, area=area, level=3)  # and the open page moves by itself
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
        f"Sagde ja tak til holdet {cohort}.",
        f"Holdt op mod jobbet {job}: klar efter et kursus ({title}).",
        f"Færdig med den digitale test: niveau i {AREAS[area].lower()} 3.",
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


async def test_what_happens_elsewhere_appears_by_itself(workplace: Workplace, jobcenter: Jobcenter) -> None:
    cohort = await jobcenter.cohort("Digital post for alle")
    citizen_id = await jobcenter.citizen()
    visit = await workplace.visit("jobkonsulent")
    page = visit.page
    await visit.go(f"/borgere/{citizen_id}")
    await step(page, "Tilbyd den digitale test")
    await jobcenter.post(f"/courses/cohorts/{cohort}/enrolments", {"citizen_id": citizen_id})
    await step(page, "Vent på kurset")
    name = f"Digital post for alle, start {day(SOON)}"
    await expect(page.locator("[data-part=courses]")).to_contain_text("Har plads")
    await expect(page.locator(".happenings li").first).to_contain_text(f"Fik plads på holdet {name}.")
    # somebody else writes: what she types into stands still, and the rest moves on
    await unfold(page, "Notér en barriere")
    await page.get_by_label("Hvor meget?").select_option("low")
    done(
        await jobcenter.caller.post(
            f"/intake/citizens/{citizen_id}/barriers", json={"kind": "danish", "severity": "low"}
        )
    )
    await step(page, "Henvis til det digitale værksted")
    await expect(page.get_by_label("Hvor meget?")).to_have_value("low")
    await expect(page.locator("[data-part=barriers]")).to_contain_text("Dansk står lidt i vejen")

    # the work list too
    await visit.go("/borgere?sortering=newest")
    other = await jobcenter.citizen()
    await expect(page.get_by_role("link", name=reference(other))).to_be_visible()
    assert visit.said == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
async def test_many_are_enrolled_at_once_and_the_report_says_what_became_of_each(
    workplace: Workplace, jobcenter: Jobcenter, width: int
) -> None:
    title = f"Vikarbureauer online {width}"
    cohort_id = await jobcenter.cohort(title, capacity=2)
    group = {PHONE: "12", DESKTOP: "9"}[width]
    day_of = [str(TODAY - timedelta(days=days)) for days in (400, 300, 200, 100)]
    already, first, second, third = [
        await jobcenter.citizen(target_group=group, unemployed_since=since) for since in day_of
    ]
    for one in (already, first, second, third):  # once identified, courses knows her
        await jobcenter.post(f"/courses/cohorts/{cohort_id}/identifications", {"citizen_ids": [one]})
    await jobcenter.post(f"/courses/cohorts/{cohort_id}/enrolments", {"citizen_id": already})
    visit = await workplace.visit("jobkonsulent", width=width)
    page = visit.page
    await visit.go("/borgere")
    await unfold(page, "Vælg, hvem der vises")
    await page.get_by_label("Målgruppe").select_option(group)
    await visit.press("Vis listen")
    await expect(page.locator(".work-list tbody tr")).to_have_count(4)
    await visit.press("Indskriv de valgte")
    await expect(page.get_by_role("alert")).to_contain_text("Vælg et hold først.")
    await visit.press("Vælg alle på siden", "link")
    await visit.must_be_for_everybody()
    await must_be_touchable(visit)
    await page.locator("#hold").select_option(cohort_id)
    await visit.press("Indskriv de valgte")

    async def must_be_reported() -> None:
        rows = page.locator("tbody tr")
        for citizen_id, said in (
            (already, "Borgeren har allerede plads på holdet eller står på ventelisten."),
            (first, "Fik plads."),
            (second, "Holdet er fyldt: nummer 1 på ventelisten."),
            (third, "Holdet er fyldt: nummer 2 på ventelisten."),
        ):
            await expect(rows.filter(has_text=reference(citizen_id))).to_contain_text(said)
        await expect(page.locator(".summary-list li")).to_have_text(
            ["1 ikke gennemført", "1 fik plads", "2 kom på venteliste"]
        )

    await must_be_reported()
    await visit.must_be_for_everybody()
    await page.reload()  # the same form once more: the same answers, and nothing twice
    await must_be_reported()
    roster = done_list(await jobcenter.caller.get(f"/courses/cohorts/{cohort_id}/roster"))
    assert len([line for line in roster if line["enrolment_id"]]) == 4


def done_list(answer: httpx.Response) -> list[dict[str, Any]]:
    """An answer that is a list."""
    assert answer.status_code == 200, answer.text
    return list(answer.json())


async def test_many_are_invited_at_once(workplace: Workplace, jobcenter: Jobcenter) -> None:
    cohort_id = await jobcenter.cohort("Jobsøgning på nettet")
    ids = [await jobcenter.citizen(target_group="7") for _ in range(3)]
    for one in ids:
        await jobcenter.post(f"/courses/cohorts/{cohort_id}/identifications", {"citizen_ids": [one]})
    await jobcenter.post(f"/courses/cohorts/{cohort_id}/invitations", {"citizen_ids": [ids[0]]})
    visit = await workplace.visit("jobkonsulent")
    await visit.go("/borgere?maalgruppe=7")
    for one in ids:
        await visit.page.get_by_label(f"Vælg {reference(one)}").check()
    await visit.page.locator("#hold").select_option(cohort_id)
    await visit.press("Invitér de valgte")
    await expect(visit.page.locator(".summary-list li")).to_have_count(2)
    await expect(visit.page.locator(".summary-list")).to_contain_text("2 inviteret")
    await expect(visit.page.locator(".summary-list")).to_contain_text("1 inviteret i forvejen")


async def test_by_keyboard_alone(workplace: Workplace, jobcenter: Jobcenter) -> None:
    """From the CPR number to a referral without a mouse."""
    number = cpr()
    citizen_id = await jobcenter.citizen(cpr=number)
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
    await tab_to("Senest")
    await keys.type(f"{ALIKE:%d%m%Y}")
    await tab_to("Henvis borgeren")
    async with page.expect_navigation():
        await keys.press("Enter")
    await expect(page.get_by_text("Borgeren er henvist.")).to_be_visible()
    await expect(page.locator("[data-part=referrals]")).to_contain_text(f"frist {day(ALIKE)}")


async def test_without_scripts(workplace: Workplace, jobcenter: Jobcenter) -> None:
    citizen_id = await jobcenter.citizen()
    cohort = await jobcenter.cohort("E-handel for begyndere")
    await jobcenter.post(f"/courses/cohorts/{cohort}/identifications", {"citizen_ids": [citizen_id]})
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
    await unfold(page, "Invitér eller indskriv på et hold")
    await page.locator("#hold_cohort_id").select_option(cohort)
    await visit.press("Indskriv")
    await expect(page.locator("[data-part=courses]")).to_contain_text("Har plads")
    await unfold(page, "Træk ud af holdet")
    await page.get_by_label("Hvorfor? (kan udelades)").last.fill("Rejser")
    await visit.press("Træk borgeren ud")
    await expect(page.locator(".happenings")).to_contain_text("Trukket ud af holdet E-handel for begyndere")


async def test_an_agreed_placement_from_approval_to_its_end(workplace: Workplace, jobcenter: Jobcenter) -> None:
    citizen_id = await jobcenter.citizen()
    company = {"name": "Amager Bageri", "cvr": "20000001", "employees": 8}
    await jobcenter.post("/outcomes/companies", company)
    visit = await workplace.visit("jobkonsulent", width=PHONE)
    page = visit.page
    await visit.go(f"/borgere/{citizen_id}")
    await unfold(page, "Aftal et forløb, der skal godkendes")
    await page.locator("#aftale_kind").select_option("praktik")
    await page.locator("#aftale_company_id").select_option(label="Amager Bageri")
    await page.locator("#aftale_hours_per_week").fill("40")
    await page.locator("#aftale_starts").fill(str(TODAY))
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
    await page.locator("input[id^=slut-][id$=_on]").fill(str(TODAY))
    await visit.press("Gem")
    await expect(page.locator("[data-part=placements]")).to_contain_text("Slut")
    await visit.must_be_for_everybody()
    await must_be_touchable(visit)


async def test_who_is_known_is_found_and_who_is_not_is_said_so(workplace: Workplace, jobcenter: Jobcenter) -> None:
    number = cpr()
    citizen_id = await jobcenter.citizen(cpr=number, protected=True)
    visit = await workplace.visit("jobkonsulent")
    page = visit.page
    await visit.go("/borgere/ny")
    await page.get_by_label("CPR-nummer").fill(number)
    await page.get_by_label("Målgruppe").select_option("2")
    await page.get_by_label("Højeste uddannelse").select_option("none")
    await page.get_by_label("Første ledighedsdag").fill(str(TODAY))
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
    await visit.go("/borgere/reference?reference=00000000")
    await expect(page.get_by_role("alert")).to_contain_text("Ingen borger i kommunen har den reference")
    visit.said.clear()
    elsewhere = await workplace.visit("jobkonsulent", municipality="0370")
    await elsewhere.go(f"/borgere/{citizen_id}")
    await expect(elsewhere.page.get_by_role("heading", level=1)).to_have_text("Siden findes ikke")


async def test_an_ementor_sees_and_helps_and_does_not_decide(workplace: Workplace, jobcenter: Jobcenter) -> None:
    citizen_id = await jobcenter.citizen()
    visit = await workplace.visit("ementor", width=PHONE)
    page = visit.page
    await visit.go("/borgere?sortering=newest")
    await visit.must_be_for_everybody()
    await expect(page.get_by_text("CPR-nummer")).to_have_count(0)
    await expect(page.get_by_text("Indskriv de valgte")).to_have_count(0)
    await page.get_by_role("link", name=reference(citizen_id)).click()
    await unfold(page, "Notér en barriere")
    await page.get_by_label("Hvad står i vejen?").select_option("device")
    await page.get_by_label("Hvor meget?").select_option("low")
    await visit.press("Notér barrieren")
    await expect(page.get_by_text("Barrieren er noteret.")).to_be_visible()
    await expect(page.get_by_text("Henvis til et tilbud")).to_have_count(0)
    await expect(page.get_by_text("Afmeld fra jobcentret")).to_have_count(0)
    await visit.must_be_for_everybody()
