"""One demand held against one interval, at every edge; the examples in the rules' docstrings."""

import doctest
from datetime import date
from types import ModuleType

import pytest

from services.assessment.rules import comparison, course, demands, screening, verdict
from services.assessment.rules.comparison import Measurement, compared
from shared.contracts.vocabulary import Demand

DAY = date(2026, 11, 2)


def measured(low: int, high: int, items: int = 5) -> Measurement:
    return Measurement(low, low, high, items, DAY, calibrated=False)


@pytest.mark.parametrize(
    ("low", "high", "demanded", "met", "reason"),
    [
        (4, 6, 1, "yes", "met"),
        (4, 6, 3, "yes", "met"),  # the lower end lies above the demanded level
        (4, 6, 4, "yes", "met"),  # the lower end lies in it
        (4, 6, 5, "uncertain", "straddles"),
        (4, 6, 6, "uncertain", "straddles"),  # the upper end lies in it
        (4, 6, 7, "no", "below"),
        (4, 6, 8, "no", "below"),
        (3, 3, 3, "yes", "met"),  # an interval of one level straddles nothing
        (3, 3, 4, "no", "below"),
        (3, 3, 5, "no", "below"),  # two levels are within reach of a short course
        (3, 3, 6, "no", "out-of-reach"),  # three are not
        (1, 8, 1, "yes", "met"),
        (1, 8, 8, "uncertain", "straddles"),
        (8, 8, 8, "yes", "met"),
        (1, 5, 8, "no", "out-of-reach"),
    ],
)
def test_a_demand_against_a_measured_interval(low: int, high: int, demanded: int, met: str, reason: str) -> None:
    found = compared(Demand(area=2, level=demanded), measured(low, high))
    assert (found.met, found.reason) == (met, reason)
    assert (found.area, found.demanded, found.level_low, found.level_high) == (2, demanded, low, high)
    assert found.measured_on == DAY


@pytest.mark.parametrize(("low", "high"), [(1, 1), (4, 4), (8, 8), (1, 8)])
def test_an_inferred_area_decides_nothing_but_is_told(low: int, high: int) -> None:
    found = compared(Demand(area=2, level=4), measured(low, high, items=0))
    assert (found.met, found.reason) == ("uncertain", "inferred")
    assert (found.level_low, found.level_high, found.measured_on) == (low, high, DAY)


def test_an_area_that_was_never_tested_has_neither_level_nor_day() -> None:
    found = compared(Demand(area=2, level=1), None)
    assert (found.met, found.reason, found.level, found.measured_on) == ("uncertain", "not-measured", None, None)


@pytest.mark.parametrize("module", [comparison, course, demands, screening, verdict], ids=lambda one: one.__name__)
def test_the_examples_in_the_rules_hold(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0
