"""What reviewers see: both languages, the key marked, nothing that the page would load from elsewhere."""

import re
from dataclasses import replace

from services.assessment.items.loading import item_bank
from services.assessment.items.preview import text
from services.assessment.items.preview_page import page
from tests.unit.assessment.items.given import MATCH, MULTIPLE, ORDER, SCREEN, SHORT, SINGLE, item, options

BANK = item_bank()


def marked(told: str) -> list[str]:
    return [line.partition("✔ ")[2] for line in told.split("\n") if "✔" in line]


def test_the_right_answer_is_marked() -> None:
    assert marked(text(SINGLE)) == ["b: option b på dansk"]
    assert marked(text(MULTIPLE)) == ["a: option a på dansk", "c: option c på dansk"]
    assert marked(text(ORDER)) == ["1: option c på dansk", "2: option a på dansk", "3: option b på dansk"]
    assert marked(text(MATCH)) == [f"{n}: option {n} på dansk → option y på dansk" for n in ("1", "2")]
    assert marked(text(SHORT)) == ["accepted: 1,5 · halvanden · blåbær"]


def test_a_screen_shows_what_it_must_become() -> None:
    assert [line.strip() for line in marked(text(SCREEN))] == [
        "new: option new på dansk",
        "lamp: option lamp på dansk",
        "soon: option soon på dansk",
        "fill in: Åse · Aase",
        "r: option r på dansk",
        "p: option p på dansk",
        "q: option q på dansk",
    ]


def test_both_languages_are_told() -> None:
    told = text(SINGLE)
    for words in ("question på dansk", "question", "option a", "feedback på dansk", "level 3", "operational"):
        assert words in told


def test_the_page_holds_every_item_and_loads_nothing() -> None:
    html = page(BANK)
    assert re.findall(r'<article id="([^"]+)"', html) == [
        item.id for item in sorted(BANK.items, key=lambda item: (item.competence, item.level))
    ]
    assert "not calibrated" in html
    assert BANK.digest in html
    assert not re.search(r"<script|<link|src=|href=|url\(|@import", html)


def test_a_text_cannot_become_markup() -> None:
    sly = {**options("a", "b"), "c": {"da": '<b>fed</b> & "god"', "en": "bold"}}
    html = page(replace(BANK, items=(item("single", options=sly, key="a"),)))
    assert "<b>fed" not in html
    assert "&lt;b&gt;fed&lt;/b&gt; &amp; " in html
