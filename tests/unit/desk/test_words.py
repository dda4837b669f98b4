"""One Danish word for one thing: no text of the desk uses a word that ``docs/words.md`` sets aside."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
DESK = ROOT / "services/desk"
TAG = re.compile(r"<[^>]*>")
MARKUP = re.compile(r"{#.*?#}|{{.*?}}|{%.*?%}", re.DOTALL)
QUOTED = re.compile(r'"([^"]*)"')
READ_ALOUD = re.compile(r'(?:aria-label|alt|title|placeholder|data-label|data-news|data-stale)="([^"]*)"')
CODE = re.compile(r"[a-z0-9_./#?&={}:*-]*")
"""What no caseworker reads: a code, an address, the name of a file."""


def set_aside() -> dict[str, re.Pattern[str]]:
    """What is never said, by the word that is said instead."""
    rows = [line.strip("|").split("|") for line in (ROOT / "docs/words.md").read_text("utf-8").splitlines()]
    table = {row[0].strip(): row[2] for row in rows if len(row) == 3 and not row[0].startswith("---")}
    del table["word"]
    never = {word: [one.strip() for one in cell.split(",") if one.strip()] for word, cell in table.items()}
    return {word: re.compile("|".join(map(_pattern, said)), re.IGNORECASE) for word, said in never.items() if said}


def _pattern(said: str) -> str:
    any_ending = r"\w*" if said.endswith("*") else ""
    return rf"\b{re.escape(said.removesuffix('*'))}{any_ending}\b"


def of_a_template(text: str) -> Iterator[str]:
    """What a template says: its text, what is read aloud, and the sentences in its expressions."""
    for expression in MARKUP.findall(text):
        if not expression.startswith("{#"):
            yield from QUOTED.findall(expression)
    without = MARKUP.sub(" ", text)
    yield from READ_ALOUD.findall(without)
    yield " ".join(TAG.sub(" ", without).split())


def of_a_module(text: str) -> Iterator[str]:
    """What a module says: its texts, docstrings aside."""
    tree = ast.parse(text)
    told = {one.value for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one not in told:
            yield one.value


READ = {"*.html": of_a_template, "*.py": of_a_module, "*.js": QUOTED.findall}


@cache
def texts() -> list[tuple[str, str]]:
    """Everything that the desk says, with the file that says it."""
    files = [(path, read) for pattern, read in READ.items() for path in sorted(DESK.rglob(pattern))]
    told = [(path.name, said) for path, read in files for said in read(path.read_text("utf-8"))]
    return [(file, said) for file, said in told if not CODE.fullmatch(said)]


@pytest.mark.parametrize(("word", "never"), set_aside().items())
def test_no_text_says_otherwise(word: str, never: re.Pattern[str]) -> None:
    assert [(file, hit[0]) for file, said in texts() if (hit := never.search(said))] == [], f"say {word} instead"


@pytest.mark.parametrize(
    ("template", "word"),
    [
        ("<p>Ingen står i kø.</p>", "venteliste"),
        ('<p>{{ "Alle er i køen." if all }}</p>', "venteliste"),
        ('<section data-news="Køen er ændret"></section>', "venteliste"),
        ('{{ forms.button("Indskriv") }}', "udpege, invitere, tilmelde"),
        ("<h2>{{ name }}: Workshoprække</h2>", "værksted"),
    ],
)
def test_a_word_that_was_set_aside_is_found_wherever_it_stands(template: str, word: str) -> None:
    assert any(set_aside()[word].search(said) for said in of_a_template(template))


def test_a_word_that_only_begins_alike_and_a_comment_are_left_alone() -> None:
    said = list(of_a_template('{# the køen #}<p class="kø">Alt kører, og nogen ansøger.</p>'))
    assert not any(set_aside()["venteliste"].search(one) for one in said)
