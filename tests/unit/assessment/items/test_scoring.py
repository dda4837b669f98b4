"""Scoring: given an item and an answer, then right or wrong, or refused when it is no answer to that item."""

from typing import Any

import pytest

from services.assessment.items.item import Item
from services.assessment.items.scoring import correct
from shared.problems import Invalid
from tests.unit.assessment.items.given import DONE, MATCH, MULTIPLE, ORDER, SCREEN, SHORT, SINGLE


@pytest.mark.parametrize(
    ("item", "answer", "right"),
    [
        (SINGLE, "b", True),
        (SINGLE, "a", False),
        (MULTIPLE, ["a", "c"], True),
        (MULTIPLE, ["c", "a"], True),
        (MULTIPLE, ["a"], False),
        (MULTIPLE, ["a", "b", "c"], False),
        (MULTIPLE, [], False),
        (ORDER, ["c", "a", "b"], True),
        (ORDER, ["a", "c", "b"], False),
        (MATCH, {"1": "y", "2": "y"}, True),
        (MATCH, {"2": "y", "1": "y"}, True),
        (MATCH, {"1": "y", "2": "x"}, False),
        (MATCH, {"1": "y"}, False),
        (SHORT, "1.5", True),
        (SHORT, "Halvanden.", True),
        (SHORT, "BLA\u030aBÆR", True),
        (SHORT, "blabær", False),
        (SHORT, "15", False),
        (SHORT, "", False),
    ],
)
def test_questions(item: Item, answer: Any, right: bool) -> None:
    assert correct(item, answer) is right


def test_the_task_is_done_when_the_screen_is_as_the_goal_asks() -> None:
    assert correct(SCREEN, DONE)
    assert correct(SCREEN, {**DONE, "sound": True}), "what stays as it was may be sent, too"
    assert correct(SCREEN, {**DONE, "name": "AASE"})


@pytest.mark.parametrize(
    "changed",
    [
        {"file": "old"},
        {"file": None},
        {"may": ["lamp", "place"]},
        {"may": []},
        {"lock": "never"},
        {"name": "Asa"},
        {"name": ""},
        {"rows": ["p", "q", "r"]},
        {"sound": False},  # not asked for: it must stay as it was
    ],
)
def test_one_wrong_element_is_enough(changed: dict[str, Any]) -> None:
    assert not correct(SCREEN, {**DONE, **changed})


@pytest.mark.parametrize("left_out", sorted(DONE))
def test_what_is_not_touched_is_as_it_began(left_out: str) -> None:
    assert not correct(SCREEN, {name: value for name, value in DONE.items() if name != left_out})


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        (SINGLE, "z"),
        (SINGLE, ["b"]),
        (SINGLE, None),
        (MULTIPLE, "a"),
        (MULTIPLE, ["a", "a", "c"]),
        (MULTIPLE, ["a", "z"]),
        (MULTIPLE, ["a", 1]),
        (ORDER, ["c", "a"]),
        (MATCH, ["y", "y"]),
        (MATCH, {"3": "y"}),
        (MATCH, {"1": "z"}),
        (MATCH, {"1": ["y"]}),
        (SHORT, 15),
        (SCREEN, "new"),
        (SCREEN, {"note": "x"}),
        (SCREEN, {"unknown": "x"}),
        (SCREEN, {"file": "newest"}),
        (SCREEN, {"sound": "on"}),
        (SCREEN, {"may": "lamp"}),
        (SCREEN, {"rows": ["p", "q"]}),
        (SCREEN, {"rows": ["p", "p", "q"]}),
        (SCREEN, {"name": 5}),
        (SCREEN, {"lock": None}),
    ],
)
def test_what_is_no_answer_is_refused(item: Item, answer: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        correct(item, answer)
    assert refusal.value.code == "answer-unreadable"
    assert refusal.value.detail.startswith("Send ")
