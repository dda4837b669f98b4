"""Cohorts at the desk: from the opening to the certificates; by keys alone, on a phone and without scripts."""

import httpx
import pytest
from playwright.async_api import Locator, expect

from services.desk.citizens.reference import reference
from tests.browser.class_of import Programs, day
from tests.browser.workplace import Visit, Workplace
from tests.unit.desk.rfc5545 import day_of, read

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

BOTH = pytest.mark.parametrize("width", [375, 1280])


def part(visit: Visit, name: str) -> Locator:
    """A part of the page that moves by itself."""
    return visit.page.locator(f'[data-part="{name}"]')


def row(visit: Visit, citizen_id: str) -> Locator:
    """The line of a citizen."""
    return visit.page.locator("li.cohort-row").filter(has_text=reference(citizen_id))


async def numbers(visit: Visit) -> dict[str, str]:
    """The cohort's counts as they stand on the page."""
    terms = await part(visit, "hold").locator("dt").all_inner_texts()
    return dict(zip(terms, await part(visit, "hold").locator("dd").all_inner_texts(), strict=True))


async def add(visit: Visit, citizen_id: str, said: str) -> None:
    """Enrol a citizen by her reference."""
    await visit.page.get_by_label("Borger", exact=True).fill(reference(citizen_id))
    await visit.press("Tilføj borgeren")
    await expect(visit.page.get_by_text(said)).to_be_visible()


async def unfold(place: Visit | Locator, words: str) -> None:
    """Open a form that is folded away."""
    root = place.page if isinstance(place, Visit) else place
    await root.locator("summary").filter(has_text=words).click()


async def press_in(visit: Visit, place: Locator, name: str) -> None:
    """Press a button of one place, and wait for the page."""
    async with visit.page.expect_navigation():
        await place.get_by_role("button", name=name).click()


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
    await add(visit, cecilie, "Borgeren er sat sidst i køen.")
    counted = {"Pladser": "2", "Taget": "2", "Tilbudt": "0", "I kø": "1", "Ledige": "0"}
    assert counted.items() <= (await numbers(visit)).items()
    await expect(row(visit, cecilie)).to_contain_text("Nr. 1")
    await unfold(row(visit, bo), "Meld fra")
    await row(visit, bo).get_by_label("Hvorfor?").fill("Har fået andet arbejde")
    await press_in(visit, row(visit, bo), "Meld fra")
    await expect(row(visit, cecilie)).to_contain_text("Tilbudt en plads")
    await visit.must_be_for_everybody()
    await press_in(visit, row(visit, cecilie), "Tag imod pladsen")
    await expect(row(visit, cecilie)).to_contain_text("Har en plads")
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
    await page.get_by_label("Kommunikation og samarbejde").select_option("4")


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
        await visit.page.get_by_label("Inviter", exact=True).check()
        await add(visit, citizen_id, "Borgeren er inviteret.")
    await press_in(visit, row(visit, anna), "Sagde ja")
    await press_in(visit, row(visit, bo), "Sagde nej")
    await expect(row(visit, bo)).to_contain_text("Har sagt nej")
    await visit.must_be_for_everybody()
    await press_in(visit, row(visit, anna), "Tilmeld")
    await expect(row(visit, anna)).to_contain_text("Har en plads")
    counted = {"Taget": "1", "Ledige": "1", "Inviteret": "2", "Sagde ja": "1"}
    assert counted.items() <= (await numbers(visit)).items()
    await visit.must_be_for_everybody()


TOO_LOW = """() => [...document.querySelectorAll(
    "main a, main button, main select, main summary, main input:not([type=hidden]), main input + label")]
    .filter(one => one.checkVisibility() && !["checkbox", "radio"].includes(one.type))
    .filter(one => one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML.slice(0, 120))"""


async def test_a_finger_hits_everything_on_a_phone(workplace: Workplace) -> None:
    programs = await Programs.of(workplace)
    cohort_id, _ = await programs.running("Med en finger", 2)
    waiting = await programs.cohort(await programs.course("Med en finger til"), day(4), capacity=1)
    for citizen_id in await programs.citizens(2):
        await programs.enrol(waiting, citizen_id)
    visit = await workplace.visit("jobkonsulent", width=375)
    low: list[tuple[str, str]] = []
    for path in ("/hold", "/hold/nyt", "/hold/kalender", f"/hold/{waiting}", f"/hold/{cohort_id}"):
        await visit.go(path)
        for folded in await visit.page.locator("summary").all():
            await folded.click()
        low += [(path, one) for one in await visit.page.evaluate(TOO_LOW)]
        await visit.must_be_for_everybody()
    assert low == []


@BOTH
async def test_the_roster_attendance_ends_and_certificates(workplace: Workplace, width: int) -> None:
    programs = await Programs.of(workplace)
    cohort_id = await programs.cohort(await programs.course(f"Regneark {width}", certificate="RG-1"), day(0))
    anna, bo = await programs.citizens(2)
    for citizen_id in (anna, bo):
        await programs.enrol(cohort_id, citizen_id)
    visit = await workplace.visit("jobkonsulent", width=width)
    await visit.go(f"/hold/{cohort_id}")
    await expect(part(visit, "hold")).to_contain_text("Lås holdlisten")
    await unfold(visit, "Lås holdlisten")
    await visit.must_be_for_everybody()
    await visit.press("Lås holdlisten")
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
    await unfold(visit, "Giv beviser")
    await expect(visit.page.get_by_label(f"{reference(anna)} – Gennemførte")).to_be_checked()
    await expect(visit.page.get_by_label(f"{reference(bo)} – Fik job undervejs")).not_to_be_checked()
    await expect(visit.page.get_by_label("Kode")).to_have_value("RG-1")
    await visit.must_be_for_everybody()
    await visit.press("Giv beviser")
    await expect(row(visit, anna)).to_contain_text(f"Regneark {width} (RG-1) – givet")
    await unfold(row(visit, anna), "Kald beviset tilbage")
    await row(visit, anna).get_by_label("Hvorfor?").fill("Forkert prøve")
    await press_in(visit, row(visit, anna), "Kald tilbage")
    await expect(row(visit, anna)).to_contain_text("Forkert prøve")
    await visit.must_be_for_everybody()


async def test_an_open_page_follows_what_others_do(workplace: Workplace) -> None:
    programs = await Programs.of(workplace)
    cohort_id = await programs.cohort(await programs.course("Følg med"), day(3))
    anna, bo = await programs.citizens(2)
    visit, listing = await workplace.visit("jobkonsulent"), await workplace.visit("ementor", width=375)
    await visit.go(f"/hold/{cohort_id}")
    await listing.go("/hold?ledige=ja")
    entry = listing.page.locator("li.cohort-row").filter(has_text="Følg med")
    await expect(entry).to_contain_text("0 af 2")
    await visit.page.get_by_label("Borger", exact=True).fill("halvt skrevet")
    await programs.enrol(cohort_id, anna)
    await expect(row(visit, anna)).to_contain_text("Har en plads")
    await expect(visit.page.get_by_label("Borger", exact=True)).to_have_value("halvt skrevet")
    await expect(entry).to_contain_text("1 af 2")
    await programs.enrol(cohort_id, bo)
    await expect(entry).to_have_count(0)
    await programs.send(f"/courses/cohorts/{cohort_id}/cancel", {"reason": "For få"})
    await expect(part(visit, "hold")).to_contain_text("Aflyst")
    await visit.must_be_for_everybody()
    await listing.must_be_for_everybody()


async def test_attendance_and_certificates_told_elsewhere_arrive_too(workplace: Workplace) -> None:
    programs = await Programs.of(workplace)
    cohort_id, (one,) = await programs.running("Set udefra", 1)
    visit = await workplace.visit("ementor", width=375)
    await visit.go(f"/hold/{cohort_id}")
    await expect(visit.page.get_by_role("button", name="Gem fremmøde")).to_have_count(0)
    await programs.send(f"/courses/cohorts/{cohort_id}/attendance", {"present": [one["enrolment_id"]]})
    await expect(row(visit, one["citizen_id"])).to_contain_text("Mødt 1 af 1 dag")
    certificate = {
        "citizen_id": one["citizen_id"],
        "enrolment_id": one["enrolment_id"],
        "code": "X-1",
        "title": "Bevis udefra",
        "type": "CertificateOfCompletion",
        "issuer": "Ivækst",
        "workload_hours": 60,
        "participation_form": "on-site",
        "assessment_type": "deltagelse",
        "quality_assurance": "Ivækst",
        "identity_verified": True,
    }
    await programs.send("/courses/certificates", certificate)
    await expect(row(visit, one["citizen_id"])).to_contain_text("Bevis udefra (X-1)")
    await visit.must_be_for_everybody()


async def test_a_day_is_told_with_the_keyboard_alone(workplace: Workplace) -> None:
    programs = await Programs.of(workplace)
    cohort_id, (one, two) = await programs.running("Kun tastatur", 2)
    visit = await workplace.visit("jobkonsulent")
    page = visit.page
    await visit.go(f"/hold/{cohort_id}")
    boxes = part(visit, "fremmoede").get_by_role("checkbox")
    for _ in range(40):  # from the top of the page, as a reader of the keyboard comes to it
        await page.keyboard.press("Tab")
        if await boxes.first.evaluate("box => box === document.activeElement"):
            break
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    await expect(part(visit, "fremmoede")).to_contain_text("2 af 2 mødte.")
    for enrolled in (one, two):
        await expect(row(visit, enrolled["citizen_id"])).to_contain_text("Mødt 1 af 1 dag")


async def test_everything_works_without_scripts(workplace: Workplace) -> None:
    programs = await Programs.of(workplace)
    await programs.cohort(await programs.course("Uden script"), day(0), capacity=1)
    (anna,) = await programs.citizens(1)
    visit = await workplace.visit("jobkonsulent", width=375, java_script_enabled=False)
    page = visit.page
    await visit.go("/hold?vis=running")
    await visit.press("Uden script", "link")
    await add(visit, anna, "Borgeren har fået en plads.")
    await add(visit, anna, "Borgeren har allerede en plads")
    await expect(page.get_by_label("Borger", exact=True)).to_have_value(reference(anna))
    await unfold(visit, "Lås holdlisten")
    await visit.press("Lås holdlisten")
    await part(visit, "fremmoede").get_by_label(reference(anna)).check()
    await visit.press("Gem fremmøde")
    await expect(row(visit, anna)).to_contain_text("Mødt 1 af 1 dag")
    await unfold(visit, "Aflys holdet")
    await page.get_by_label("Hvorfor?").fill("Underviseren er syg")
    await visit.press("Aflys holdet")
    await expect(row(visit, anna)).to_contain_text("Fik forløbet aflyst")
    assert (visit.outside, visit.said) == ([], [])


async def test_a_manager_sees_counts_and_no_citizen(workplace: Workplace) -> None:
    programs = await Programs.of(workplace)
    cohort_id, (one,) = await programs.running("For lederen", 1)
    visit = await workplace.visit("leder", width=375)
    await visit.go(f"/hold/{cohort_id}")
    assert await numbers(visit) == {"Pladser": "1", "Startede": "1", "I gang": "1"}
    await expect(visit.page.get_by_text("Borgerne på holdet ses af jobkonsulenter og eMentorer.")).to_be_visible()
    assert one["citizen_id"] not in await visit.page.content()
    await visit.must_be_for_everybody()


async def test_what_is_typed_wrong_is_told_in_danish(workplace: Workplace) -> None:
    programs = await Programs.of(workplace)
    cohort_id = await programs.cohort(await programs.course("Forkert"), day(5))
    visit = await workplace.visit("jobkonsulent")
    await visit.go(f"/hold/{cohort_id}")
    for typed, told in (
        ("010190-1234", "CPR-numre kan ikke bruges her"),
        ("ffff-ffff", "Vi kender ikke borgeren"),
        ("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01", "Vi kender ikke borgeren"),
    ):
        await visit.page.get_by_label("Borger", exact=True).fill(typed)
        await visit.press("Tilføj borgeren")
        await expect(visit.page.get_by_role("alert")).to_contain_text(told)
    visit.said.clear()  # the browser says that nobody was found
    await visit.must_be_for_everybody()
    (anna,) = await programs.citizens(1)
    await add(visit, anna, "Borgeren har fået en plads.")
    await unfold(row(visit, anna), "Meld fra")
    reason = row(visit, anna).get_by_label("Hvorfor?")
    await reason.fill("Ring til 010190-1234")
    await press_in(visit, row(visit, anna), "Meld fra")
    await expect(visit.page.get_by_role("alert")).to_contain_text("Noget i formularen er ikke udfyldt rigtigt")
    await expect(row(visit, anna).get_by_text("Ret dette felt")).to_be_visible()
    await expect(reason).to_have_attribute("aria-invalid", "true")
    await expect(reason).to_have_value("Ring til 010190-1234")
    await visit.must_be_for_everybody()


@BOTH
async def test_colleagues_subscribe_to_the_calendar_without_signing_in(workplace: Workplace, width: int) -> None:
    programs = await Programs.of(workplace)
    title = f"Kalender, {width}"
    course_id = await programs.course(title)
    kept, gone = await programs.cohort(course_id, day(2)), await programs.cohort(course_id, day(3))
    (anna,) = await programs.citizens(1)
    await programs.enrol(kept, anna)
    await programs.send(f"/courses/cohorts/{gone}/cancel", {"reason": "For få"})
    visit = await workplace.visit("ementor", width=width)
    await visit.go("/hold")
    await visit.press("Kalender", "link")
    await visit.must_be_for_everybody()
    address = await visit.page.get_by_label("Adresse").input_value()
    assert address.startswith(f"{workplace.url}/kalender/link.calendar.")

    async with httpx.AsyncClient() as program:
        answer = await program.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
        events = {event.values["UID"]: event.values for event in read(answer.content).inside}
        one, other = events[f"{kept}@loeft"], events[f"{gone}@loeft"]
        assert (one["SUMMARY"], one["STATUS"], day_of(one["DTSTART"])) == (title, "CONFIRMED", day(2))
        assert (other["SUMMARY"], other["STATUS"]) == (f"Aflyst: {title}", "CANCELLED")
        assert day_of(one["DTEND"]) == day(2 + 21)
        assert anna not in answer.text
        assert one["URL"] == f"{workplace.url}/hold/{kept}"
        for closed in (address.replace("link.calendar.", "link.test."), f"{address[:-8]}AAAA.ics"):
            assert (await program.get(closed)).status_code == 404
        link = address.rpartition("/")[2].removesuffix(".ics")
        for path in ("/courses/cohorts", f"/courses/cohorts/{kept}/roster", f"/intake/citizens/{anna}"):
            stranger = await program.get(f"{workplace.url}{path}", headers={"Authorization": f"Bearer {link}"})
            assert stranger.status_code in (401, 403), path
        assert (await program.get(f"{workplace.url}/hold/kalender.ics")).status_code == 401

    whole = await visit.page.request.get(f"{workplace.url}/hold/kalender.ics")
    assert {f"{kept}@loeft", f"{gone}@loeft"} <= {event.values["UID"] for event in read(await whole.body()).inside}
    single = await visit.page.request.get(f"{workplace.url}/hold/{kept}/kalender.ics")
    assert [event.values["UID"] for event in read(await single.body()).inside] == [f"{kept}@loeft"]
