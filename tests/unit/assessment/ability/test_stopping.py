"""When an area is done: each reason by itself. Groups change at -0.7, 0.5 and 1.7."""

import pytest

from services.assessment.ability.design import Design
from services.assessment.ability.estimate import Estimate
from services.assessment.ability.interval import Interval
from services.assessment.ability.item import Item
from services.assessment.ability.levels import Levels
from services.assessment.ability.pool import Pool
from services.assessment.ability.posterior import Answer
from services.assessment.ability.rule import Rule
from services.assessment.ability.stopping import open_areas

POOL = Pool(tuple(Item(1, "1.1", 2.0, 0.0) for _ in range(9)))
LEVELS = Levels((-1.3, -0.7, -0.1, 0.5, 1.1, 1.7, 2.3))
OFFER = {1: 0.9}


def is_open(
    ability: float,
    error: float,
    answered: int,
    offers: dict[int, float] = OFFER,
    rule: Rule | None = None,
    skipped: int = 0,
) -> bool:
    ends = Interval(ability - 1.645 * error, ability + 1.645 * error)
    estimate = Estimate(1, ability, error, ends, *(LEVELS.level(x) for x in (ability, *ends)), answered)
    answers = [Answer(place, True if place < answered else None) for place in range(answered + skipped)]
    return open_areas(Design(POOL, LEVELS, rule or Rule()), answers, [estimate], offers) == [estimate]


def test_an_uncertain_area_is_open_until_the_most_were_asked() -> None:
    assert is_open(0.48, 0.35, answered=4)
    assert is_open(0.48, 0.35, answered=7)
    assert not is_open(0.48, 0.35, answered=8)
    assert not is_open(0.48, 0.35, answered=5, skipped=3)


def test_an_interval_inside_one_group_ends_it_once_the_least_were_answered() -> None:
    assert is_open(-2.0, 0.3, answered=2)
    assert is_open(-2.0, 0.3, answered=2, skipped=2)
    assert not is_open(-2.0, 0.3, answered=3)


def test_without_an_item_left_it_is_done() -> None:
    assert not is_open(0.48, 0.35, answered=1, offers={})


@pytest.mark.parametrize(("ability", "error"), [(-0.1, 0.37), (-1.15, 0.3)])
def test_where_another_item_would_tell_little_it_is_done_though_the_interval_crosses_a_cut(
    ability: float, error: float
) -> None:
    """The middle of a group, 1.6 errors from its cuts; and 1.5 errors below a cut: nine in ten sure already."""
    assert not is_open(ability, error, answered=7, offers={1: 0.2})
    assert is_open(ability, error, answered=7, offers={1: 0.2}, rule=Rule(worth=0))
