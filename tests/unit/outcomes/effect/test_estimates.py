"""Every share has its Wilson 95 % interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from services.outcomes.effect.estimates import Estimate, wilson


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high", "digits"),
    [(17, 23, 54, 87, 0), (20, 40, 35, 65, 0), (20, 100, 13, 29, 0), (1925, 2500, 75.3, 78.6, 1)],
)
def test_the_intervals_of_the_source_documents(
    numerator: int, denominator: int, low: float, high: float, digits: int
) -> None:
    estimate = wilson(numerator, denominator)
    assert estimate.share == numerator / denominator
    assert estimate.low is not None
    assert estimate.high is not None
    assert (round(100 * estimate.low, digits), round(100 * estimate.high, digits)) == (low, high)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_that_of_a_well_known_library(counts: tuple[int, int]) -> None:
    numerator, denominator = counts
    expected = binomtest(numerator, denominator).proportion_ci(0.95, method="wilson")
    assert wilson(numerator, denominator)[1:] == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_all_and_none_touch_the_ends() -> None:
    assert wilson(0, 17).low == 0.0
    assert wilson(17, 17).high == 1.0


def test_nobody_in_the_denominator_has_no_share() -> None:
    assert wilson(0, 0) == Estimate(None, None, None)


def test_a_ratio_above_one_has_no_interval() -> None:
    assert wilson(25, 23) == Estimate(25 / 23, None, None)
