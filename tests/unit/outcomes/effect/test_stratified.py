"""The Mantel-Haenszel risk difference, by hand, by a published example and by fractions."""

from fractions import Fraction
from math import sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.outcomes.effect.stratified import Arm, Difference, Stratum, risk_difference

UGDP = [Stratum(Arm(8, 106), Arm(5, 120)), Stratum(Arm(22, 98), Arm(16, 85))]
"""Rothman, Greenland and Lash, *Modern Epidemiology* (2008), table 15-1: deaths by drug or placebo, in two ages."""


def test_a_published_example() -> None:
    # metafor's rma.mh(measure = "RD", level = 90) gives 0.0349 [-0.0176; 0.0874]
    found = risk_difference(UGDP)
    assert found.low is not None
    assert found.difference is not None
    ninety = (found.difference - found.low) * 1.6448536269514722 / 1.959963984540054
    assert found.difference == pytest.approx(0.0349, abs=5e-5)
    assert found.difference - ninety == pytest.approx(-0.0176, abs=5e-5)
    assert found.difference + ninety == pytest.approx(0.0874, abs=5e-5)
    assert (found.offered, found.others, found.left_out) == (204, 205, 0)


def test_two_strata_worked_out_by_hand() -> None:
    # 3 of 4 against 2 of 6: weight 4 x 6 / 10 = 2.4, adds (3 x 6 - 2 x 4) / 10 = 1
    # 1 of 2 against 1 of 2: weight 1, adds 0                                          D = 1 / 3.4
    # P = (16 x 2 - 36 x 3 + 24 x 1) / 100 + (4 - 4 + 0) / 16 = -0.52
    # Q = (3 x 4 + 2 x 1) / 20 + (1 x 1 + 1 x 1) / 8 = 0.95
    # variance = (-0.52 / 3.4 + 0.95) / 3.4² = 0.0689497...
    found = risk_difference([Stratum(Arm(3, 4), Arm(2, 6)), Stratum(Arm(1, 2), Arm(1, 2))])
    half = 1.959963984540054 * sqrt((-0.52 / 3.4 + 0.95) / 3.4**2)
    assert found.difference == pytest.approx(1 / 3.4, abs=1e-15)
    assert (found.low, found.high) == pytest.approx((1 / 3.4 - half, 1 / 3.4 + half), abs=1e-15)


arms = st.integers(0, 8).flatmap(lambda n: st.builds(Arm, st.integers(0, n), st.just(n)))
tables = st.lists(st.builds(Stratum, arms, arms), max_size=6)


@given(tables)
def test_it_is_the_definition_in_fractions(strata: list[Stratum]) -> None:
    compared = [stratum for stratum in strata if stratum.offered.people * stratum.others.people]
    found = risk_difference(strata)
    people = sum(arm.people for stratum in strata for arm in stratum)
    assert found.offered + found.others + found.left_out == people
    if not compared:
        assert found == Difference(None, None, None, 0, 0, people)
        return
    # by weighted mean of the strata's differences, and Sato's P and Q by the shares of each group
    weights = [Fraction(x.people * y.people, x.people + y.people) for x, y in compared]
    shares = [(Fraction(*x), Fraction(*y)) for x, y in compared]
    difference = sum(w * (p - q) for w, (p, q) in zip(weights, shares, strict=True)) / sum(weights, Fraction(0))
    assert found.difference == pytest.approx(float(difference), abs=1e-12)
    variance = Fraction(0)
    for w, (p, q), (x, y) in zip(weights, shares, compared, strict=True):
        total = x.people + y.people
        first = w * (x.people * q - y.people * p + Fraction(y.people - x.people, 2)) / total
        second = w * (p * (1 - q) + q * (1 - p)) / 2
        variance += difference * first + second
    variance /= sum(weights, Fraction(0)) ** 2
    if found.low is None:
        assert variance <= Fraction(1, 10**12) or all(p == q == shares[0][0] and p in (0, 1) for p, q in shares)
    else:
        half = 1.959963984540054 * sqrt(variance)
        assert found.low == pytest.approx(max(float(difference) - half, -1), abs=1e-9)
        assert found.high == pytest.approx(min(float(difference) + half, 1), abs=1e-9)


@given(tables)
def test_changing_the_groups_changes_the_sign(strata: list[Stratum]) -> None:
    one, other = risk_difference(strata), risk_difference(Stratum(y, x) for x, y in strata)
    if one.difference is None or other.difference is None:
        assert one.difference is other.difference
        return
    assert one.difference == pytest.approx(-other.difference, abs=1e-12)
    if one.low is not None and other.high is not None:
        assert one.low == pytest.approx(-other.high, abs=1e-9)


def test_the_order_of_the_strata_changes_not_even_the_last_digit() -> None:
    random = Random(11)
    strata = [Stratum(Arm(random.randint(0, n), n), Arm(random.randint(0, m), m)) for n in range(1, 40) for m in (3, 7)]
    found = risk_difference(strata)
    for _ in range(30):
        assert risk_difference(random.sample(strata, len(strata))) == found


def test_empty_and_one_armed_strata_add_nothing_and_are_told() -> None:
    alone = [Stratum(Arm(5, 7), Arm(0, 0)), Stratum(Arm(0, 0), Arm(1, 4)), Stratum(Arm(0, 0), Arm(0, 0))]
    found, expected = risk_difference(UGDP + alone), risk_difference(UGDP)
    assert (found.difference, found.low, found.high) == (expected.difference, expected.low, expected.high)
    assert (found.offered, found.others, found.left_out) == (204, 205, 11)
    assert risk_difference(alone) == Difference(None, None, None, 0, 0, 11)
    assert risk_difference([]) == Difference(None, None, None, 0, 0, 0)


@pytest.mark.parametrize(
    ("stratum", "difference"),
    [
        (Stratum(Arm(0, 9), Arm(0, 7)), 0),
        (Stratum(Arm(9, 9), Arm(7, 7)), 0),
        (Stratum(Arm(9, 9), Arm(0, 7)), 1),
        (Stratum(Arm(0, 9), Arm(7, 7)), -1),
    ],
)
def test_without_variation_there_is_no_interval(stratum: Stratum, difference: float) -> None:
    assert risk_difference([stratum]) == Difference(difference, None, None, 9, 7, 0)


def test_the_interval_stays_among_the_possible() -> None:
    found = risk_difference([Stratum(Arm(4, 4), Arm(1, 4))])
    assert found.high == 1.0


@pytest.mark.parametrize("arm", [Arm(3, 2), Arm(-1, 2)])
def test_what_cannot_be_is_refused(arm: Arm) -> None:
    with pytest.raises(ValueError, match="cannot have reached the outcome"):
        risk_difference([Stratum(Arm(1, 2), arm)])
