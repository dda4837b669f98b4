"""Gain at a retest: by hand, and as the indicator of outcomes counts it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.assessment.ability.estimate import Estimate
from services.assessment.ability.gain import gained
from services.assessment.ability.interval import Interval
from services.outcomes.effect import gain as indicator


def measured(ability: float, error: float, low: int, high: int) -> Estimate:
    return Estimate(1, ability, error, Interval(ability - error, ability + error), low, low, high, 4)


@pytest.mark.parametrize(
    ("after", "is_gain"),
    [
        (measured(1.0, 0.4, 3, 4), True),  # 1.0 > 1.96 √(0.3² + 0.4²) = 0.98, and the levels rose
        (measured(0.97, 0.4, 3, 4), False),  # the rise is within what chance makes
        (measured(1.0, 0.4, 2, 3), False),  # the same levels
        (measured(1.0, 0.4, 1, 4), False),  # one end fell
        (measured(1.0, 0.4, 2, 4), True),
    ],
)
def test_a_gain_is_a_rise_of_the_levels_beyond_chance(after: Estimate, is_gain: bool) -> None:
    assert gained(measured(0.0, 0.3, 2, 3), after) is is_gain


ESTIMATE = st.builds(measured, st.floats(-3, 3), st.floats(0.05, 1), st.integers(1, 8), st.integers(1, 8))


@given(ESTIMATE, ESTIMATE)
def test_the_indicator_counts_by_the_same_rule(before: Estimate, after: Estimate) -> None:
    told = [
        {"ability": e.ability, "standard_error": e.error, "level_low": e.level_low, "level_high": e.level_high}
        for e in (before, after)
    ]
    assert gained(before, after) == indicator.gained(*told)
