"""The data protection officer finds out who has seen a citizen's data, and answers the citizen."""

import csv
import io
from typing import Any

import pytest
from playwright.async_api import expect

from shared.web import Role
from tests.browser.workplace import Visit, Workplace

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

PERSON = {"target_group": "2", "education_level": "unskilled", "unemployed_since": "2026-01-12"}


async def citizen(workplace: Workplace, cpr: str, **headers: str) -> str:
    """The id of a citizen whose data a caseworker has read twice."""
    caller = await workplace.caller(Role.CASEWORKER)
    made = await caller.post("/intake/citizens", json=PERSON | {"cpr": cpr})
    citizen_id: str = made.raise_for_status().json()["citizen_id"]
    (await caller.get(f"/intake/citizens/{citizen_id}", headers=headers)).raise_for_status()
    (await caller.get(f"/intake/citizens/{citizen_id}/referrals")).raise_for_status()
    return citizen_id


def reference(citizen_id: str) -> str:
    return f"{citizen_id[-8:-4]}-{citizen_id[-4:]}"


async def rows(visit: Visit) -> list[list[str]]:
    """The table's cells, without the labels below them."""
    cells: list[list[str]] = await visit.page.locator("table.access-log tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].slice(1).map(cell => cell.childNodes[0].textContent.trim()))"
    )
    return cells


@pytest.mark.parametrize("width", [375, 1280])
async def test_who_has_seen_a_citizens_data_is_found_by_her_reference(workplace: Workplace, width: int) -> None:
    citizen_id = await citizen(workplace, f"010180-{width:04}", Purpose="desk: find_in_access_log")
    visit = await workplace.visit("dpo", width=width)
    await visit.go("/")  # she has no figures: she is led to her own work
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Hvem har set hvad?")
    await visit.must_be_for_everybody()
    await visit.page.get_by_label("Borgerens reference eller id").fill(f"Borger {reference(citizen_id)}")
    await visit.press("Vis opslag")
    await expect(visit.page.get_by_role("heading", level=2).first).to_have_text(f"Borger {reference(citizen_id)}")
    assert await rows(visit) == [
        [
            "Databeskyttelsesrådgiver (local-dpo)",
            "At borgeren findes, fundet med referencen",
            "Indsigt: Borgeren er fundet",
        ],
        ["local-user", "Henvisninger", "Sagsbehandling"],
        ["local-user", "Stamoplysninger og barrierer", "Indsigt: Borgeren er fundet"],
    ]
    await visit.must_be_for_everybody()


async def test_by_cpr_number_without_javascript_and_the_number_is_in_no_address(workplace: Workplace) -> None:
    citizen_id = await citizen(workplace, "010181-0001")
    visit = await workplace.visit("dpo", java_script_enabled=False)
    await visit.go("/adgangslog")
    await visit.page.get_by_label("CPR-nummer").fill("010181")
    await visit.press("Find borgeren")
    await expect(visit.page.get_by_role("alert")).to_contain_text("Det er ikke et CPR-nummer. Skriv ti cifre")
    await visit.page.get_by_label("CPR-nummer").fill("010181-0001")
    await visit.press("Find borgeren")
    assert visit.page.url == f"{workplace.url}/adgangslog?borger={citizen_id}"
    await expect(visit.page.get_by_role("cell", name="At borgeren findes, fundet med CPR-nummer")).to_be_visible()
    assert "010181" not in await visit.page.content()


async def test_what_cannot_be_found_is_said_with_what_to_do(workplace: Workplace) -> None:
    visit = await workplace.visit("dpo", width=375)
    for typed, said in (
        ("010181-0001", "Skriv ikke CPR-nummer her."),
        ("Mette", "Det er ikke en reference."),
        ("ffff-fffe", "Loggen har ingen opslag for den reference."),
    ):
        await visit.go("/adgangslog")
        await visit.page.get_by_label("Borgerens reference eller id").fill(typed)
        await visit.press("Vis opslag")
        await expect(visit.page.get_by_role("alert")).to_contain_text(said)
        await expect(visit.page.get_by_label("Borgerens reference eller id")).to_have_value(typed)
    visit.said.clear()  # the browser says that nobody was found
    await visit.must_be_for_everybody()


async def test_long_lists_go_on_and_paper_and_file_hold_all_of_it(workplace: Workplace) -> None:
    citizen_id = await citizen(workplace, "010182-0001", Purpose="=HYPERLINK(1)")
    caseworker = await workplace.caller(Role.CASEWORKER)
    for _ in range(60):
        (await caseworker.get(f"/intake/citizens/{citizen_id}/referrals")).raise_for_status()
    visit = await workplace.visit("dpo")
    await visit.go(f"/adgangslog?borger={citizen_id}")
    seen = len(await rows(visit))
    assert seen == 50
    await visit.press("Vis ældre opslag", "link")
    more = await rows(visit)
    assert more[-1][1:] == ["Stamoplysninger og barrierer", "=HYPERLINK(1)"]
    assert seen + len(more) == 62, "60 of the loop, and two at first: what she reads herself is newer"
    await visit.press("Til de nyeste opslag", "link")
    async with visit.page.expect_download() as download:
        await visit.page.get_by_role("link", name="Hent som regneark (CSV)").click()
    text = (await (await download.value).path()).read_text(encoding="utf-8-sig")
    table: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    own = [row for row in table if row["Hvem"] != "Databeskyttelsesrådgiver (local-dpo)"]
    assert len(own) == 62
    assert own[-1]["Formål som registreret"] == "'=HYPERLINK(1)", "a spreadsheet must not take it for a formula"
    await visit.press("Udskrift til borgeren", "link")
    await expect(visit.page.get_by_role("heading", name="Hvem har set dine oplysninger?")).to_be_visible()
    assert len([row for row in await rows(visit) if not row[0].startswith("Databeskyttelses")]) == 62
    await visit.must_be_for_everybody()
    await visit.page.emulate_media(media="print")
    await expect(visit.page.get_by_role("link", name="Til adgangsloggen")).to_be_hidden()


async def test_with_the_keyboard_alone(workplace: Workplace) -> None:
    citizen_id = await citizen(workplace, "010183-0001")
    visit = await workplace.visit("dpo")
    await visit.go("/adgangslog")
    field = visit.page.get_by_label("Borgerens reference eller id")
    for _ in range(12):
        if await field.evaluate("field => field === document.activeElement"):
            break
        await visit.page.keyboard.press("Tab")
    await visit.page.keyboard.type(citizen_id)
    async with visit.page.expect_navigation():
        await visit.page.keyboard.press("Enter")
    await expect(visit.page.get_by_role("cell", name="Henvisninger", exact=False).first).to_be_visible()


async def test_nobody_else_sees_the_log(workplace: Workplace) -> None:
    visit = await workplace.visit("jobkonsulent")
    await visit.go("/adgangslog")
    await expect(visit.page.get_by_role("heading", name="Du har ikke adgang til denne side")).to_be_visible()


async def test_reads_under_an_id_that_was_merged_away_are_in_the_answer(workplace: Workplace) -> None:
    """By either reference, on the page and on paper; by CPR number she is found where she stands."""
    old, kept = await citizen(workplace, "010184-0001"), await citizen(workplace, "010184-0002")
    await workplace.merge(kept, old)
    visit = await workplace.visit("dpo", width=375)
    for typed in (old, kept):
        await visit.go("/adgangslog")
        await visit.page.get_by_label("Borgerens reference eller id").fill(reference(typed))
        await visit.press("Vis opslag")
        note = visit.page.get_by_text("Borgeren har stået med flere referencer")
        await expect(note).to_contain_text(f"Borger {reference(kept)}, Borger {reference(old)}")
        await expect(note).to_contain_text(f"I dag gælder Borger {reference(kept)}.")
        assert [row[1] for row in await rows(visit) if row[0] == "local-user"] == [
            "Henvisninger",
            "Stamoplysninger og barrierer",
            "Henvisninger",
            "Stamoplysninger og barrierer",
        ]
        await visit.must_be_for_everybody()
    await visit.page.get_by_label("CPR-nummer").fill("010184-0001")
    await visit.press("Find borgeren")
    assert visit.page.url == f"{workplace.url}/adgangslog?borger={kept}"
    await visit.press("Udskrift til borgeren", "link")
    await expect(visit.page.get_by_text("Vedrører")).to_contain_text(
        f"Borger {reference(kept)} og Borger {reference(old)}"
    )
    assert len([row for row in await rows(visit) if row[0] == "local-user"]) == 4


async def test_the_page_of_an_id_that_was_merged_away_leads_to_who_stands_and_the_look_is_logged(
    workplace: Workplace,
) -> None:
    old, kept = await citizen(workplace, "010185-0001"), await citizen(workplace, "010185-0002")
    window = await workplace.visit("jobkonsulent")
    page = window.page
    await window.go(f"/borgere/{old}")
    await workplace.merge(kept, old)
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"Borger {reference(kept)}")  # the open page, too
    phone = await workplace.visit("ementor", width=375)
    await phone.go(f"/borgere/{old}")
    await expect(phone.page.get_by_role("heading", level=1)).to_have_text(f"Borger {reference(kept)}")
    await expect(phone.page.get_by_role("status").filter(has_text="registreret to gange")).to_be_visible()
    await phone.must_be_for_everybody()
    officer = await workplace.caller(Role.DPO)
    told = (await officer.get("/intake/access-log", params={"citizen_id": old})).json()["reads"]
    looked = [read for read in told if read["caller"] == "local-ementor"]
    assert {(read["citizen_id"], read["what"]) for read in looked} == {
        (one, what) for one in (old, kept) for what in ("citizen", "referrals")
    }
