"""Many citizens at once: a report says what became of each, and the form sent twice has its effect once."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from playwright.async_api import expect

from services.desk.reference import reference
from tests.browser.caseworker import DESKTOP, PHONE, Others, must_be_touchable, unfold
from tests.browser.workplace import Workplace
from tests.today import today

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(240)]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
async def test_many_are_enrolled_at_once_and_the_report_says_what_became_of_each(
    workplace: Workplace, others: Others, width: int
) -> None:
    title = f"Vikarbureauer online {width}"
    cohort_id = await others.cohort(title, capacity=2)
    group = {PHONE: "12", DESKTOP: "9"}[width]
    day_of = [str(today() - timedelta(days=days)) for days in (400, 300, 200, 100)]
    already, first, second, third = [
        await others.citizen(target_group=group, unemployed_since=since) for since in day_of
    ]
    for one in (already, first, second, third):  # once identified, courses knows her
        await others.post(f"/courses/cohorts/{cohort_id}/identifications", {"citizen_ids": [one]})
    await others.post(f"/courses/cohorts/{cohort_id}/enrolments", {"citizen_id": already})
    visit = await workplace.visit("jobkonsulent", width=width)
    page = visit.page
    await visit.go("/borgere")
    await unfold(page, "Vælg, hvem der vises")
    await page.get_by_label("Målgruppe").select_option(group)
    await visit.press("Vis listen")
    await expect(page.locator(".work-list tbody tr")).to_have_count(4)
    await visit.press("Tilmeld de valgte")
    await expect(page.get_by_role("alert")).to_contain_text("Vælg et hold først.")
    await visit.press("Vælg alle på siden", "link")
    await visit.must_be_for_everybody()
    await must_be_touchable(visit)
    await page.locator("#hold").select_option(cohort_id)
    await visit.press("Tilmeld de valgte")

    async def must_be_reported() -> None:
        rows = page.locator("tbody tr")
        for citizen_id, said in (
            (already, "Borgeren har allerede plads på holdet eller står på ventelisten."),
            (first, "Fik plads."),
            (second, "Holdet er fuldt: nummer 1 på ventelisten."),
            (third, "Holdet er fuldt: nummer 2 på ventelisten."),
        ):
            await expect(rows.filter(has_text=reference(citizen_id))).to_contain_text(said)
        await expect(page.locator(".summary-list li")).to_have_text(
            ["1 ikke udført", "1 fik plads", "2 kom på venteliste"]
        )

    await must_be_reported()
    await visit.must_be_for_everybody()
    await page.reload()  # the same form once more: the same answers, and nothing twice
    await must_be_reported()
    roster = done_list(await others.caller.get(f"/courses/cohorts/{cohort_id}/roster"))
    assert len([line for line in roster if line["enrolment_id"]]) == 4


def done_list(answer: httpx.Response) -> list[dict[str, Any]]:
    """An answer that is a list."""
    assert answer.status_code == 200, answer.text
    return list(answer.json())


async def test_many_are_invited_at_once(workplace: Workplace, others: Others) -> None:
    cohort_id = await others.cohort("Jobsøgning på nettet")
    ids = [await others.citizen(target_group="7") for _ in range(3)]
    for one in ids:
        await others.post(f"/courses/cohorts/{cohort_id}/identifications", {"citizen_ids": [one]})
    await others.post(f"/courses/cohorts/{cohort_id}/invitations", {"citizen_ids": [ids[0]]})
    visit = await workplace.visit("jobkonsulent")
    await visit.go("/borgere?maalgruppe=7")
    for one in ids:
        await visit.page.get_by_label(f"Vælg {reference(one)}").check()
    await visit.page.locator("#hold").select_option(cohort_id)
    await visit.press("Invitér de valgte")
    await expect(visit.page.locator(".summary-list li")).to_have_count(2)
    await expect(visit.page.locator(".summary-list")).to_contain_text("2 inviteret")
    await expect(visit.page.locator(".summary-list")).to_contain_text("1 inviteret i forvejen")
