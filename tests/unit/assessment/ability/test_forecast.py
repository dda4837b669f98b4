"""The forecast of a pool, and whether tests keep it."""

from random import Random
from statistics import fmean

import pytest

from services.assessment.ability.design import Design
from services.assessment.ability.estimate import estimates
from services.assessment.ability.forecast import forecast
from services.assessment.ability.pool import Pool
from services.assessment.ability.rule import Rule
from services.assessment.ability.simulation import take
from tests.unit.assessment.ability.test_choice import BANK, LEVELS


def test_an_empty_pool_promises_the_prior() -> None:
    assert forecast(Design(Pool(()), LEVELS), persons=3) == (0, 0, pytest.approx((1, 1, 1, 1, 1)))


def test_a_fixed_length_is_forecast_exactly() -> None:
    seen = forecast(Design(Pool(BANK), LEVELS, Rule(least=2, most=2)), persons=10)
    assert (seen.items, seen.items_p90) == (10, 10)


def test_a_smaller_pool_promises_less() -> None:
    """Half of the items in each area, and none in the fifth, which is then told from the others."""
    phone = tuple(item for number, item in enumerate(BANK) if number % 2 and item.area < 5)
    full, small = (forecast(Design(Pool(items), LEVELS), persons=40) for items in (BANK, phone))
    assert all(narrow < wide for narrow, wide in zip(full.errors, small.errors, strict=True))
    assert small.errors[4] > max(small.errors[:4])


def test_a_forecast_is_the_same_each_time_and_others_tests_keep_it() -> None:
    design = Design(Pool(BANK), LEVELS)
    seen = forecast(design, persons=60)
    assert seen == forecast(design, persons=60)

    chance, lengths, squares = Random(77), [], []
    for number in range(60):
        shared = chance.gauss(0, 0.8**0.5)
        abilities = [shared + chance.gauss(0, 0.2**0.5) for _ in range(5)]
        answers = take(design, abilities, chance, seed=1000 + number)
        lengths.append(len(answers))
        squares += [(e.ability - truth) ** 2 for e, truth in zip(estimates(design, answers), abilities, strict=True)]
    assert fmean(lengths) == pytest.approx(seen.items, abs=2.5)
    assert fmean(squares) ** 0.5 == pytest.approx(fmean(error**2 for error in seen.errors) ** 0.5, rel=0.15)
