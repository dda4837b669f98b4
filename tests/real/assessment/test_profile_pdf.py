"""The competence profile as a file, read by another library than the one that made it."""

import io
import re

import pypdf
import pytest

from services.assessment.items.loading import item_bank
from shared.clock import danish_day, now
from shared.danish import day
from tests.item_answers import nothing, right
from tests.real.assessment.browsing import PlainBrowser, begun
from tests.real.assessment.measured import CITIZEN
from tests.real.running_service import RunningService

AREAS = [
    "Finde og vurdere information",
    "Kontakt og samarbejde",
    "Lave digitalt indhold",
    "Sikkerhed",
    "Løse problemer",
]


def words(text: str) -> str:
    """Without what line breaks and columns make of it."""
    return re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " ")).strip()


@pytest.fixture
async def downloaded(browser: PlainBrowser, link: dict[str, str]) -> tuple[str, pypdf.PdfReader]:
    """What the page says, and the file, of a test in which one area was left out."""
    await begun(browser, link)
    while browser.page.heading.startswith("Spørgsmål"):
        await browser.respond(nothing if browser.item.area == 4 else right)
    page = await browser.open(f"/tests/{link['test']}/profile")
    answer = await browser.client.get(f"/tests/{link['test']}/profile.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    name = f"kompetenceprofil-{danish_day(now())}.pdf"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["cache-control"] == "no-store"
    return page.text, pypdf.PdfReader(io.BytesIO(answer.content))


async def test_it_is_tagged_for_who_hears_it(downloaded: tuple[str, pypdf.PdfReader]) -> None:
    _, file = downloaded
    root = file.trailer["/Root"]
    assert root["/Lang"] == "da"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert file.metadata is not None
    assert file.metadata.title == "Digital kompetenceprofil"
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    kinds = tags(root["/StructTreeRoot"])
    assert kinds.count("/H1") == 3, "measured, not measured, what levels mean"
    assert (kinds.count("/Table"), kinds.count("/TH")) == (2, 6)
    assert {"/P", "/TD", "/L", "/LI"} <= set(kinds)


async def test_fonts_are_in_the_file(downloaded: tuple[str, pypdf.PdfReader]) -> None:
    _, file = downloaded
    fonts = [font.get_object() for page in file.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        (descendant,) = (one.get_object() for one in font["/DescendantFonts"])
        assert {"/FontFile2", "/FontFile3"} & set(descendant["/FontDescriptor"]), "embedded"


async def test_it_says_what_the_page_says(downloaded: tuple[str, pypdf.PdfReader]) -> None:
    page, file = downloaded
    said = words(" ".join(one.extract_text() for one in file.pages))
    for text in (
        "Digital kompetenceprofil",
        words(f"Testet {day(danish_day(now()))}"),
        f"Ramme: DigComp 2.2, otte niveauer. Opgavebank: {item_bank().version}.",
        "Ikke kalibreret. Hvor svære opgaverne er, er vurderet af fagfolk.",
        "Ikke målt, men skønnet ud fra de andre områder",
        *AREAS,
    ):
        assert text in said, text
        assert text in words(page), text
    assert said.index("Ikke målt, men") < said.rindex("Sikkerhed")
    levels = r"Niveau \d \(\w+\) Sandsynligvis (?:mellem niveau \d (?:\(\w+\) )?og )?niveau \d \(\w+\)"
    assert re.findall(levels, said) == re.findall(levels, words(page))
    assert len(re.findall(levels, said)) == 5


async def test_it_names_nobody(
    assessment: RunningService, link: dict[str, str], downloaded: tuple[str, pypdf.PdfReader]
) -> None:
    _, file = downloaded
    told = {name: value for name, value in (file.metadata or {}).items() if name != "/CreationDate"}  # has any digits
    said = " ".join(one.extract_text() for one in file.pages) + str(told)
    for secret in (str(CITIZEN), link["test"], "0101"):
        assert secret not in said
    assert (str(CITIZEN), "test result") in await assessment.reads()


def tags(element: object) -> list[str]:
    """The kind of every element of the structure tree."""
    found = []
    if isinstance(element, pypdf.generic.IndirectObject):
        return tags(element.get_object())
    if isinstance(element, pypdf.generic.DictionaryObject):
        if "/S" in element:
            found.append(str(element["/S"]))
        if "/K" in element:
            found += tags(element["/K"])
    if isinstance(element, pypdf.generic.ArrayObject):
        for one in element:
            found += tags(one)
    return found
