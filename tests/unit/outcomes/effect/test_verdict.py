"""The verdict: its e-value against a library and an integral, its promise by exact chances and by simulation."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from math import exp, log
from random import Random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import betaln
from scipy.stats import beta as beta_distribution
from scipy.stats import binom

from services.outcomes.effect.verdict import Answer, Verdict, bounds, judge, log_e_value
from shared.contracts import vocabulary

DAY = date(2026, 11, 21)
counts = st.integers(0, 400).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
benchmarks = st.floats(0.01, 0.99)


@given(counts, benchmarks, benchmarks)
def test_the_e_value_is_the_beta_binomial_one_of_a_well_known_library(
    count: tuple[int, int], benchmark: float, rate: float
) -> None:
    n, successes = count
    a, b = 1 + 8 * benchmark, 9 - 8 * benchmark
    mixture = betaln(a + successes, b + n - successes) - betaln(a, b)
    expected = mixture - successes * log(rate) - (n - successes) * log(1 - rate)
    assert log_e_value(n, successes, rate, benchmark=benchmark) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("n", "successes"), [(0, 0), (1, 0), (1, 1), (8, 3), (24, 4), (24, 24), (96, 30)])
def test_the_e_value_is_the_integral_over_the_prior(n: int, successes: int) -> None:
    prior = beta_distribution(4.6, 5.4)  # 1 + 8 x 0.45, 1 + 8 x 0.55
    against, _ = quad(lambda q: (q / 0.45) ** successes * ((1 - q) / 0.55) ** (n - successes) * prior.pdf(q), 0, 1)
    assert exp(log_e_value(n, successes, 0.45, benchmark=0.45)) == pytest.approx(against, rel=1e-7)


def test_the_first_person_worked_out_by_hand() -> None:
    # e(p) after one success is E[q] / p = 0.46 / p, with the prior's mean 4.6 / 10: below 20 for p above 0.023
    assert bounds(1, 1, benchmark=0.45) == pytest.approx((0.023, 1.0), abs=1e-12)
    assert bounds(1, 0, benchmark=0.45) == pytest.approx((0.0, 0.973), abs=1e-12)


@given(counts.filter(lambda count: count[0] > 0), benchmarks)
def test_the_bounds_are_where_the_e_value_reaches_twenty(count: tuple[int, int], benchmark: float) -> None:
    n, successes = count
    low, high = bounds(n, successes, benchmark=benchmark)
    assert low <= successes / n <= high
    assert low == 0 or successes > 0
    assert high == 1 or successes < n
    for end, inward in ((low, 1e-9), (high, -1e-9)):
        if 0 < end < 1:
            assert log_e_value(n, successes, end, benchmark=benchmark) >= log(20)
        if 0 < end + inward < 1:
            assert log_e_value(n, successes, end + inward, benchmark=benchmark) < log(20)


@given(st.integers(1, 200), benchmarks)
def test_the_bounds_rise_with_the_successes(n: int, benchmark: float) -> None:
    ends = [bounds(n, successes, benchmark=benchmark) for successes in range(n + 1)]
    for (low, high), (next_low, next_high) in pairwise(ends):
        assert low <= next_low
        assert high <= next_high


def test_three_verdicts() -> None:
    assert judge(24, 2, benchmark=0.45, decided_at=DAY).verdict == "stop"
    assert judge(24, 4, benchmark=0.45, decided_at=DAY).verdict == "cannot-tell-yet"
    assert judge(24, 18, benchmark=0.45, decided_at=DAY).verdict == "cannot-tell-yet"
    assert judge(24, 20, benchmark=0.45, decided_at=DAY).verdict == "continue"
    assert set(get_args(Answer)) == set(get_args(get_args(vocabulary.Verdict)[0])), "the words of pilot-decided"


def test_nobody_yet_says_nothing() -> None:
    assert judge(0, 0, benchmark=0.45, decided_at=DAY) == Verdict("cannot-tell-yet", 0, 0, 0.0, 1.0, 0.45, DAY)


@pytest.mark.parametrize(
    ("n", "successes", "answer"),
    [(8, 0, "cannot-tell-yet"), (16, 0, "stop"), (8, 8, "cannot-tell-yet"), (16, 16, "continue")],
)
def test_none_and_all(n: int, successes: int, answer: str) -> None:
    found = judge(n, successes, benchmark=0.45, decided_at=DAY)
    assert found.verdict == answer
    assert (found.low == 0) is (successes == 0)
    assert (found.high == 1) is (successes == n)


def test_a_benchmark_at_the_end_can_only_be_passed_or_missed() -> None:
    assert judge(1, 1, benchmark=0, decided_at=DAY).verdict == "continue"
    assert judge(100, 0, benchmark=0, decided_at=DAY).verdict == "cannot-tell-yet"
    assert judge(1, 0, benchmark=1, decided_at=DAY).verdict == "stop"
    assert judge(100, 100, benchmark=1, decided_at=DAY).verdict == "cannot-tell-yet"


@pytest.mark.parametrize(("n", "successes", "benchmark"), [(3, 4, 0.5), (3, -1, 0.5), (3, 1, 1.1), (3, 1, -0.1)])
def test_what_cannot_be_is_refused(n: int, successes: int, benchmark: float) -> None:
    with pytest.raises(ValueError, match=r"cannot have reached the measure|a benchmark is a share"):
        judge(n, successes, benchmark=benchmark, decided_at=DAY)


def stopped(rate: float, benchmark: float, size: int = 8, looks: int = 24) -> Iterator[float]:
    """The exact chance to be told *stop* first at each look, by the binomial chances of every path."""
    running = {0: 1.0}
    month = [float(binom.pmf(k, size, rate)) for k in range(size + 1)]
    for look in range(1, looks + 1):
        reached: dict[int, float] = {}
        for successes, chance in running.items():
            for more, share in enumerate(month):
                reached[successes + more] = reached.get(successes + more, 0.0) + chance * share
        told = {s for s in reached if judge(look * size, s, benchmark=benchmark, decided_at=DAY).verdict == "stop"}
        yield sum(reached[s] for s in told)
        running = {s: chance for s, chance in reached.items() if s not in told}


@pytest.mark.parametrize(
    ("rate", "chance"), [(0.45, 0.0070), (0.35, 0.4987), (0.25, 0.9985), (0.15, 1.0)], ids=lambda value: f"{value:.2f}"
)
def test_the_exact_chance_to_stop_in_two_years_of_monthly_looks(rate: float, chance: float) -> None:
    assert sum(stopped(rate, 0.45)) == pytest.approx(chance, abs=5e-5)


@pytest.mark.parametrize("benchmark", [0.15, 0.3, 0.6, 0.8])
def test_a_good_pilot_is_wrongly_stopped_at_most_once_in_a_hundred(benchmark: float) -> None:
    assert sum(stopped(benchmark, benchmark)) <= 0.01


@pytest.mark.parametrize("rate", [0.2, 0.45, 0.9])
def test_the_true_rate_is_ever_outside_at_most_once_in_twenty(rate: float) -> None:
    chance = Random(20)
    outside = 0
    for _ in range(400):
        successes = 0
        for n in range(1, 151):  # a look after every person
            successes += chance.random() < rate
            if log_e_value(n, successes, rate, benchmark=0.45) >= log(20):
                outside += 1
                break
    assert outside <= 20
