"""The pages of a workshop: each is for everybody, and the door has its poster."""

import io
from typing import Any
from uuid import uuid4

import pytest
import zxingcpp
from PIL import Image
from playwright.async_api import expect

from shared.web import Role
from tests.browser.workplace import Workplace
from tests.browser.workshop import (
    DESKTOP,
    PHONE,
    TABLET,
    a_citizen,
    list_of,
    must_be_for_everybody,
    opened,
    referred,
    written_up,
)
from tests.real.answers import done

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]


@pytest.mark.parametrize("width", [PHONE, TABLET, DESKTOP])
async def test_every_page_is_for_everybody(workplace: Workplace, width: int) -> None:
    mentor = await workplace.caller(Role.EMENTOR)
    opening, citizen_id = await opened(mentor), await a_citizen(workplace, f"010280-{width:04}")
    waits = await written_up(mentor, opening, "mitid", "application")
    await written_up(mentor, opening)
    await referred(workplace, citizen_id)
    visited = {"site": opening["site"], "minutes": 20, "device": "phone"}
    for whose, autonomy in ((citizen_id, "alone"), (None, "partly")):
        theme = {"theme": "pdf", "autonomy": autonomy}
        done(await mentor.post("/intake/visits", json=visited | {"themes": [theme], "citizen_id": whose}), 201)
    here = list_of(opening)
    visit = await workplace.visit("ementor", width=width)
    pages = ("/vaerksted", here, f"{here}/besog?nummer={waits['check_in_id']}", f"{here}/besog?borger=vis")
    for path in (*pages, f"{here}/dagens", f"{here}/plakat", f"/intake{opening['link']['page']}"):
        await visit.go(path)
        await must_be_for_everybody(visit)
    await visit.press("Få et nummer")
    await must_be_for_everybody(visit)


async def test_the_poster_has_the_code_and_the_manual_way(workplace: Workplace) -> None:
    opening = await opened(await workplace.caller(Role.EMENTOR))
    visit = await workplace.visit("ementor", width=TABLET)
    await visit.go(f"{list_of(opening)}/plakat")
    code = visit.page.get_by_role("img", name="QR-kode")
    await expect(code).to_be_visible()
    assert await code.evaluate("one => one.complete && one.naturalWidth > 0")
    await expect(visit.page.get_by_text("Ingen telefon?")).to_be_visible()
    await visit.page.emulate_media(media="print")
    await expect(visit.page.get_by_text("Til listen")).to_be_hidden()
    await expect(code).to_be_visible()
    await visit.page.emulate_media(media="screen")
    await visit.press("Se siden, som koden åbner", "link")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Velkommen")


async def test_yesterdays_list_leads_to_the_choice_of_a_site(workplace: Workplace) -> None:
    visit = await workplace.visit("ementor", width=TABLET)
    await visit.go(f"/vaerksted/{uuid4()}")
    await expect(visit.page.get_by_role("heading", name="Hvor er du i dag?")).to_be_visible()
    await expect(visit.page.get_by_text("Det er en ny dag.")).to_be_visible()


async def test_others_have_no_workshop(workplace: Workplace) -> None:
    visit = await workplace.visit("leder")
    await visit.go("/vaerksted")
    await expect(visit.page.get_by_role("heading", name="Du har ikke adgang til denne side")).to_be_visible()


@pytest.mark.parametrize("medium", ["screen", "print"])
async def test_the_posters_code_read_as_a_phone_does_is_the_check_in_page(workplace: Workplace, medium: Any) -> None:
    opening = await opened(await workplace.caller(Role.EMENTOR))
    visit = await workplace.visit("ementor", width=TABLET)
    await visit.go(f"{list_of(opening)}/plakat")
    await visit.page.emulate_media(media=medium)
    await expect(visit.page.get_by_role("img", name="QR-kode")).to_be_visible()
    poster = Image.open(io.BytesIO(await visit.page.screenshot(full_page=True)))
    (code,) = zxingcpp.read_barcodes(poster)
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    assert code.text == f"{workplace.url}/intake{opening['link']['page']}"
    somebody = await (await workplace.browser.new_context()).new_page()  # who is not signed in
    await somebody.goto(code.text)
    await expect(somebody.get_by_role("heading", level=1)).to_have_text("Velkommen")
    await somebody.context.close()
