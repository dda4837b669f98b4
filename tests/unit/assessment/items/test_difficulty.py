"""The rule of judgement, with numbers worked out by hand."""

import pytest

from services.assessment.items.difficulty import Rule, centre

CUTS = (-1.7, -1.0, -0.3, 0.4, 1.1, 1.8, 2.5)
KINDS = ("single", "multiple", "order", "match", "short", "do")
RULE = Rule(
    discrimination=dict.fromkeys(KINDS, 1.5),
    offset={**dict.fromkeys(KINDS, 0.0), "single": -0.1, "short": 0.1},
    within={"easy": -0.15, "middle": 0.0, "hard": 0.15},
)


@pytest.mark.parametrize(("level", "middle"), [(1, -2.05), (2, -1.35), (4, 0.05), (7, 2.15), (8, 2.85)])
def test_the_middle_of_a_level(level: int, middle: float) -> None:
    assert centre(level, CUTS) == pytest.approx(middle)


def test_levels_may_be_of_different_width() -> None:
    cuts = (-2.0, -1.0, 0.0, 0.5, 1.0, 2.0, 4.0)
    assert [centre(level, cuts) for level in (1, 4, 8)] == [-2.5, 0.25, 5.0]


def test_difficulty_is_level_and_kind_and_place_within() -> None:
    assert RULE.b(3, "single", "middle", CUTS) == -0.75
    assert RULE.b(3, "short", "hard", CUTS) == -0.4
    assert RULE.b(8, "do", "easy", CUTS) == 2.7
    assert RULE.a("do") == 1.5


def test_how_far_an_item_can_lie_from_its_level() -> None:
    assert RULE.widest == pytest.approx(0.25)
