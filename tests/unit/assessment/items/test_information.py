"""Information against what is known in closed form, and what the thresholds mean."""

from math import exp, sqrt

import pytest

from services.assessment.items import information
from services.assessment.items.item import Item
from tests.unit.assessment.items.given import item, options


def single(a: float, b: float) -> Item:
    return item("single", options=options("a", "b", "c"), key="a", a=a, b=b)


def test_an_item_tells_most_at_its_own_difficulty() -> None:
    assert information.available([single(1.6, 0.7)], 0.7) == pytest.approx(0.64)  # a² / 4


def test_information_beside_it() -> None:
    p = 1 / (1 + exp(1.2))  # a (θ − b) = 1.2 · (−1)
    assert information.available([single(1.2, 1.0)], 0.0) == pytest.approx(1.44 * p * (1 - p))
    assert information.available([single(1.2, 1.0)], 2.0) == pytest.approx(1.44 * p * (1 - p))


def test_only_as_many_items_count_as_a_test_asks() -> None:
    items = [single(2.0, 0.0)] * 20 + [single(2.0, 5.0)] * 20
    assert information.available(items, 0.0) == pytest.approx(8.0)
    assert information.available(items[:3], 0.0) == pytest.approx(3.0)


def test_what_the_thresholds_mean() -> None:
    """With a prior of variance 1, information I gives the standard error 1 / √(1 + I)."""
    assert 1 / sqrt(1 + information.AT_A_BAND_CUT) == pytest.approx(0.5)
    assert 1 / sqrt(1 + information.AT_AN_INNER_CUT) < 0.7
    assert [information.needed(cut) for cut in range(7)] == [2, 3, 2, 3, 2, 3, 2]
