"""The 2PL model, against catsim and closed forms."""

from math import exp, inf, nan

import pytest
from catsim import irt
from hypothesis import assume, given
from hypothesis import strategies as st

from services.assessment.ability.item import Item, information, probability
from services.assessment.ability.pool import Pool
from services.assessment.ability.prior import PRIOR, grid
from services.assessment.ability.refusal import Refusal

ABILITY = st.floats(-6, 6)
A = st.floats(0.2, 4)
B = st.floats(-4, 4)


@given(ABILITY, A, B)
def test_probability_and_information_are_catsims(ability: float, a: float, b: float) -> None:
    assume(abs(a * (ability - b)) < 30)  # beyond that catsim divides by a probability that is rounded to nothing
    assert probability(ability, a, b) == pytest.approx(irt.icc(ability, a, b), rel=1e-12)
    assert information(ability, a, b) == pytest.approx(irt.inf(ability, a, b), rel=1e-6, abs=1e-12)


def test_half_answer_right_at_the_difficulty_and_there_the_information_is_a_quarter_of_a_squared() -> None:
    assert probability(0.7, 1.6, 0.7) == 0.5
    assert information(0.7, 1.6, 0.7) == pytest.approx(1.6**2 / 4)
    assert probability(1.7, 1.0, 0.7) == pytest.approx(1 / (1 + exp(-1)))


def test_far_from_the_difficulty_nothing_overflows() -> None:
    assert probability(-1000, 4, 0) == 0
    assert probability(1000, 4, 0) == 1


@given(st.lists(st.builds(Item, st.just(2), st.just("2.1"), A, B), min_size=1, max_size=6), st.integers(20, 160))
def test_informations_add_up_to_the_slope_of_the_score(items: list[Item], at: int) -> None:
    """The score, the sum of a (answer - P), falls with the ability by the information, whatever was answered."""
    ability, step = float(grid(PRIOR).abilities[at]), 1e-4

    def score(x: float) -> float:
        return -sum(item.a * irt.icc(x, item.a, item.b) for item in items)

    slope = (score(ability - step) - score(ability + step)) / (2 * step)
    assert Pool(tuple(items)).information[:, at].sum() == pytest.approx(slope, rel=1e-5, abs=1e-9)


def test_the_tables_hold_right_and_wrong_at_each_ability_of_the_grid() -> None:
    pool = Pool((Item(1, "1.1", 1.3, 0.2), Item(3, "3.4", 2.0, -1.0)))
    assert pool.right[1, 90] == pytest.approx(1 / (1 + exp(-2)))  # at ability 0
    assert pool.right + pool.wrong == pytest.approx(1)
    assert pool.by_area == ((0,), (), (1,), (), ())


@pytest.mark.parametrize(
    ("item", "says"),
    [
        (Item(6, "6.1", 1, 0), "area 6"),
        (Item(0, "0.1", 1, 0), "area 0"),
        (Item(1, "1.1", 0, 0), "over 0"),
        (Item(1, "1.1", -1, 0), "over 0"),
        (Item(1, "1.1", 1, nan), "finite"),
        (Item(1, "1.1", inf, 0), "finite"),
    ],
)
def test_an_item_that_cannot_measure_is_refused(item: Item, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        Pool((item,))
