"""Every refusal that a form of the company side can meet has its Danish sentence, and every code its word."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from services.desk import labels, words
from services.desk.companies.deadline import MARKS
from shared.contracts.vocabulary import GapVerdict, PlacementKind, Wants

ROOT = Path(__file__).parents[4]
RULES = ("agreements", "companies", "contacts", "orders", "moments")
SOURCES = [
    *(ROOT / f"services/outcomes/rules/{noun}.py" for noun in RULES),
    ROOT / "shared/moment.py",
    ROOT / "services/assessment/rules/order.py",
    ROOT / "services/assessment/api/orders.py",
    ROOT / "services/assessment/known_orders.py",
    *sorted((ROOT / "services/desk/companies").glob("*.py")),
]
PROBLEMS = {"Refused", "NotFound", "Invalid"}
LOOKED_UP = {"company", "agreement", "contact", "order"}


def codes(source: Path) -> Iterator[str]:
    """The codes of the problems that a file raises."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PROBLEMS:
            code = node.args[0]
            assert isinstance(code, ast.Constant), f"{source}: a code is written out"
            yield str(code.value)


def test_every_refusal_has_its_sentence() -> None:
    raised = {code for source in SOURCES for code in codes(source)} | {f"{what}-unknown" for what in LOOKED_UP}
    assert {"order-closed", "contact-answered-already", "order-asks-nothing", "moment-unreadable"} <= raised
    assert raised - words.REFUSALS["companies"].keys() - words.COMMON.keys() == set()


@pytest.mark.parametrize("table", [words.SAID, words.COMMON, *words.REFUSALS.values()])
def test_sentences_end(table: dict[str, str]) -> None:
    assert [text for text in table.values() if not text.endswith(".")] == []


def test_every_code_has_its_word() -> None:
    assert set(get_args(get_args(Wants)[0])) == set(labels.WANTS)
    assert set(get_args(get_args(PlacementKind)[0])) == set(labels.PLACEMENT_KINDS)
    assert set(get_args(get_args(GapVerdict)[0])) == set(labels.GAP_VERDICTS)
    assert list(labels.LEVELS) == list(range(1, 9))


def test_the_script_says_the_same_marks() -> None:
    script = (ROOT / "services/desk/static/deadline.js").read_text(encoding="utf-8")
    said = ", ".join(f'{state}: "{mark}"' for state, mark in MARKS.items())
    assert f"const MARKS = {{ {said} }};" in script
