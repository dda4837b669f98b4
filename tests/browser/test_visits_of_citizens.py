"""Whose visit it was: chosen from those who were referred, or typed, and the referral answered with it."""

import pytest
from playwright.async_api import expect

from shared.web import Role
from tests.browser.workplace import Workplace
from tests.browser.workshop import (
    PHONE,
    TABLET,
    a_citizen,
    list_of,
    must_be_for_everybody,
    opened,
    reference_of,
    referred,
    visits_at,
)
from tests.real.answers import done

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

CROWDED = "0751"
"""One in which no other test refers anybody."""
FIELDS = "Object.fromEntries(new FormData(document.querySelector('form[action$=\"/besog\"]')))"
"""What the visit form sends."""


async def test_a_citizen_who_was_referred_is_chosen_and_her_referral_answered(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening, citizen_id = await opened(mentor), await a_citizen(workplace, "020380-0001")
    await referred(workplace, citizen_id)
    visit = await workplace.visit("ementor", width=TABLET)
    await visit.go(list_of(opening))
    await visit.press("Registrér uden nummer", "link")
    await visit.page.get_by_text("Uden borger. Vælg en borger").click()
    await visit.press("Vis dem, der er henvist til et værksted", "link")
    reference = reference_of(citizen_id)
    await visit.page.get_by_label(reference).check()
    await visit.page.get_by_role("radiogroup", name="MitID").get_by_role("radio", name="Hjulpet").click()
    await visit.press("Gem besøget")
    await expect(visit.page.get_by_text("henvisningen er besvaret: taget imod")).to_be_visible()
    (told,) = done(await mentor.get(f"/intake/citizens/{citizen_id}/referrals"))
    assert told["answer"] == "accepted"
    await visit.press("Dagens besøg", "link")
    row = visit.page.get_by_role("row", name=reference)
    await expect(row).to_contain_text("MitID: hjulpet")
    await expect(row.get_by_role("link")).to_have_attribute("href", f"/borgere/{citizen_id}")
    await must_be_for_everybody(visit)


async def test_a_form_that_is_sent_twice_is_one_visit_of_hers(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening = await opened(mentor)
    listed, typed = await a_citizen(workplace, "020380-0004"), await a_citizen(workplace, "020380-0005")
    visit = await workplace.visit("ementor", width=TABLET)
    for citizen_id, borger in ((listed, "vis"), (typed, typed)):
        await referred(workplace, citizen_id)
        await visit.go(f"{list_of(opening)}/besog?borger={borger}")
        if citizen_id == listed:
            await visit.page.get_by_label(reference_of(citizen_id)).check()
        await visit.page.get_by_role("radiogroup", name="MitID").get_by_role("radio", name="Selv").click()
        form = await visit.page.evaluate(FIELDS)
        for _ in range(2):
            sent = await visit.page.request.post(visit.page.url.partition("?")[0], form=form)
            assert "henvisningen er besvaret: taget imod" in await sent.text()
    told = await visits_at(mentor, opening)
    assert [one["citizen_id"] for one in told["known"]] == [typed, listed]
    assert told["anonymous"]["visits"] == 0


async def test_a_visit_keeps_its_citizen_when_a_colleague_has_answered(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening, citizen_id = await opened(mentor), await a_citizen(workplace, "020380-0006")
    await referred(workplace, citizen_id)
    visit = await workplace.visit("ementor", width=PHONE)
    await visit.go(f"{list_of(opening)}/besog?borger=vis")
    await visit.page.get_by_label(reference_of(citizen_id)).check()
    await visit.page.get_by_role("radiogroup", name="MitID").get_by_role("radio", name="Selv").click()
    (made,) = done(await mentor.get(f"/intake/citizens/{citizen_id}/referrals"))
    done(await mentor.post(f"/intake/referrals/{made['referral_id']}/answer", json={"answer": "accepted"}))
    await visit.press("Gem besøget")
    await expect(visit.page.get_by_role("alert")).to_contain_text("Henvisningen er allerede besvaret")
    await expect(visit.page.get_by_label(reference_of(citizen_id))).to_be_checked()
    await must_be_for_everybody(visit)
    await visit.page.get_by_label("så besvar henvisningen").uncheck()
    await visit.press("Gem besøget")
    await expect(visit.page.get_by_text("Besøget er gemt.")).to_be_visible()
    told = await visits_at(mentor, opening)
    assert ([one["citizen_id"] for one in told["known"]], told["anonymous"]["visits"]) == ([citizen_id], 0)


async def test_a_reference_names_any_citizen_of_ours(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening, citizen_id = await opened(mentor), await a_citizen(workplace, "020380-0007")
    visit = await workplace.visit("ementor", width=TABLET)
    await visit.go(f"{list_of(opening)}/besog")
    await visit.page.get_by_text("Uden borger. Vælg en borger").click()
    await visit.page.get_by_label("Kendt borger").fill(f"{citizen_id[-8:-4]}-{citizen_id[-4:]}")
    await visit.page.get_by_role("radiogroup", name="Jobnet").get_by_role("radio", name="Delvist").click()
    await visit.press("Gem besøget")
    await expect(visit.page.get_by_text("Besøget er gemt.")).to_be_visible()
    assert [one["citizen_id"] for one in (await visits_at(mentor, opening))["known"]] == [citizen_id]


async def test_more_than_are_listed_are_told_of(workplace: Workplace) -> None:
    opening = await opened(await workplace.caller(Role.EMENTOR, municipality=CROWDED))
    for number in range(1, 102):
        citizen_id = await a_citizen(workplace, f"030380-{number:04}", CROWDED)
        await referred(workplace, citizen_id, CROWDED)
    visit = await workplace.visit("ementor", width=PHONE, municipality=CROWDED)
    await visit.go(f"{list_of(opening)}/besog?borger=vis")
    await expect(visit.page.get_by_text("Listen viser de 100 af 101, der har frist først.")).to_be_visible()
    await must_be_for_everybody(visit)
    await visit.press("Skriv borgerens reference i stedet", "link")
    await visit.page.get_by_text("Uden borger. Vælg en borger").click()
    await visit.page.get_by_label("Kendt borger").fill(f"{citizen_id[-8:-4]}-{citizen_id[-4:]}")
    await visit.page.get_by_role("radiogroup", name="MitID").get_by_role("radio", name="Selv").click()
    await visit.press("Gem besøget")
    await expect(visit.page.get_by_text("henvisningen er besvaret: taget imod")).to_be_visible()


async def test_her_id_is_enough_and_an_open_referral_is_answered_with_it(workplace: Workplace) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening, citizen_id = await opened(mentor), await a_citizen(workplace, "020380-0002")
    await referred(workplace, citizen_id)
    visit = await workplace.visit("ementor", width=TABLET)
    for said in ("henvisningen er besvaret: taget imod", "Besøget er gemt."):
        await visit.go(f"{list_of(opening)}/besog?borger={citizen_id}")
        await expect(visit.page.get_by_label("Kendt borger")).to_have_value(citizen_id)
        await visit.page.get_by_role("radiogroup", name="Jobnet").get_by_role("radio", name="Delvist").click()
        await visit.press("Gem besøget")
        await expect(visit.page.get_by_text(said)).to_be_visible()
    assert [one["citizen_id"] for one in (await visits_at(mentor, opening))["known"]] == [citizen_id] * 2
