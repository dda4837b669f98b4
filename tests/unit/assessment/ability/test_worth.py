"""What further items are worth, against a simulation of answers that are normal."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import norm

from services.assessment.ability.levels import Levels
from services.assessment.ability.worth import certainty, worth

LEVELS = Levels((-1.3, -0.7, -0.1, 0.5, 1.1, 1.7, 2.3))


def simulated_certainty(mean: float, error: float, information: float) -> float:
    """The share of 400,000 abilities whose group is told rightly after one normal observation of this information."""
    chance = np.random.default_rng(3)
    truth = chance.normal(mean, error, 400_000)
    seen = chance.normal(truth, information**-0.5)
    after = (mean / error**2 + seen * information) / (1 / error**2 + information)
    spread = (1 / error**2 + information) ** -0.5
    edges = [-np.inf, *LEVELS.group_cuts, np.inf]
    told = np.argmax(
        [norm.cdf(high, after, spread) - norm.cdf(low, after, spread) for low, high in pairwise(edges)],
        axis=0,
    )
    return float((told == np.searchsorted(LEVELS.group_cuts, truth)).mean())


@pytest.mark.parametrize(("mean", "error"), [(0.4, 0.4), (-0.1, 0.5), (1.3, 0.35), (-1.5, 0.6)])
def test_one_item_is_worth_what_a_simulation_finds(mean: float, error: float) -> None:
    expected = simulated_certainty(mean, error, 1.2) - certainty(LEVELS, mean, error)
    assert worth(LEVELS, mean, error, 1.2, 1) == pytest.approx(max(expected, 0), abs=0.003)


def test_several_items_are_looked_ahead_and_shared_out() -> None:
    best = max((simulated_certainty(0.1, 0.35, 0.9 * m) - certainty(LEVELS, 0.1, 0.35)) / m for m in range(1, 6))
    assert worth(LEVELS, 0.1, 0.35, 0.9, 5) == pytest.approx(best, abs=0.002)


def test_certainty_is_the_share_of_the_most_probable_group() -> None:
    assert certainty(LEVELS, 0.5, 0.3) == pytest.approx(0.5, abs=1e-4)
    assert certainty(LEVELS, -0.1, 0.6) == pytest.approx(norm.cdf(1) - norm.cdf(-1))
    assert certainty(LEVELS, 9, 0.3) == 1


def test_where_all_is_clear_or_nothing_is_left_an_item_is_worth_nothing() -> None:
    assert worth(LEVELS, -3.0, 0.3, 1.5, 5) == pytest.approx(0, abs=1e-9)
    assert worth(LEVELS, 0.4, 0.4, 1.5, 0) == 0
