"""Cohorts at the desk for everybody: live, by keys alone, by a finger, without scripts, and in a calendar."""

import httpx
import pytest
from playwright.async_api import expect

from services.desk.reference import reference
from tests.browser.class_of import Programs, day
from tests.browser.cohort_page import add, numbers, part, press_in, row, unfold
from tests.browser.workplace import Workplace
from tests.unit.desk.rfc5545 import day_of, read

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

BOTH = pytest.mark.parametrize("width", [375, 1280])
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
    await expect(row(visit, anna)).to_contain_text("Har plads")
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
    await unfold(visit, "Lås deltagerlisten")
    await visit.press("Lås deltagerlisten")
    await part(visit, "fremmoede").get_by_label(reference(anna)).check()
    await visit.press("Gem fremmøde")
    await expect(row(visit, anna)).to_contain_text("Mødt 1 af 1 dag")
    await unfold(visit, "Aflys holdet")
    await page.get_by_label("Hvorfor?").fill("Underviseren er syg")
    await visit.press("Aflys holdet")
    await expect(row(visit, anna)).to_contain_text("Fik holdet aflyst")
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
