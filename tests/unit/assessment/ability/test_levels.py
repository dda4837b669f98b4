"""Levels and groups at the cuts."""

from math import nan

import pytest

from services.assessment.ability.interval import Interval
from services.assessment.ability.levels import Levels
from services.assessment.ability.refusal import Refusal

LEVELS = Levels((-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5))


@pytest.mark.parametrize(
    ("ability", "level", "group"),
    [
        (-9, 1, 1),
        (-1.5, 2, 1),
        (-1.01, 2, 1),
        (-1.0, 3, 2),
        (-0.2, 4, 2),
        (0.0, 5, 3),
        (0.99, 6, 3),
        (1.0, 7, 4),
        (9, 8, 4),
    ],
)
def test_a_level_begins_at_its_cut(ability: float, level: int, group: int) -> None:
    assert (LEVELS.level(ability), LEVELS.group(ability)) == (level, group)


def test_a_group_is_decided_when_the_interval_crosses_none_of_its_cuts() -> None:
    assert LEVELS.group_cuts == (-1.0, 0.0, 1.0)
    assert LEVELS.decided(Interval(-0.9, -0.1))
    assert LEVELS.decided(Interval(1.1, 4.0))
    assert not LEVELS.decided(Interval(-0.9, 0.1))


@pytest.mark.parametrize("cuts", [(0.0,), (0, 1, 2, 3, 4, 5, 5), (0, 2, 1, 3, 4, 5, 6), (0, 1, 2, 3, 4, 5, nan)])
def test_cuts_that_do_not_rise_are_refused(cuts: tuple[float, ...]) -> None:
    with pytest.raises(Refusal, match="each above the one before"):
        Levels(cuts)
