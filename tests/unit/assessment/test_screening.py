"""Screening: what an order asks, who comes where, and that no place tells anything of anybody."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.assessment.rules import order
from services.assessment.rules.comparison import Measurement
from services.assessment.rules.course import Course
from services.assessment.rules.order import Order
from services.assessment.rules.screening import counts, lot, screen
from shared.contracts.vocabulary import AreaLevel, Demand
from shared.problems import Refused

ORDER = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c08")
SPREADSHEETS = Course(UUID(int=9), 4, (AreaLevel(area=1, level=4),))
ASKS_FOUR = [Demand(area=1, level=4)]


def at(low: int, high: int) -> dict[int, Measurement]:
    return {1: Measurement(low, low, high, 5, date(2026, 11, 2), True)}


def test_candidates_come_by_verdict_whoever_is_given_first() -> None:
    measured = {UUID(int=1): at(1, 1), UUID(int=2): at(3, 5), UUID(int=3): at(3, 3), UUID(int=4): at(4, 8)}
    found = screen(ORDER, ASKS_FOUR, measured, [SPREADSHEETS])
    assert [(one.citizen_id.int, one.found.verdict) for one in found] == [
        (4, "ready"),
        (3, "after-course"),
        (2, "uncertain"),
        (1, "not-yet"),
    ]
    assert found[1].found.course_ids == (UUID(int=9),)
    assert counts(found) == {"ready": 1, "after-course": 1, "uncertain": 1, "not-yet": 1}
    assert counts([]) == {"ready": 0, "after-course": 0, "uncertain": 0, "not-yet": 0}


@given(st.dictionaries(st.uuids(), st.integers(4, 8), min_size=1), st.uuids())
def test_within_a_verdict_the_level_moves_nobody(levels: dict[UUID, int], order_id: UUID) -> None:
    """All of them are ready, some far above the demand: the places are those of citizens who are all alike."""
    placed = screen(order_id, ASKS_FOUR, {one: at(level, 8) for one, level in levels.items()}, [])
    alike = screen(order_id, ASKS_FOUR, {one: at(4, 4) for one in reversed(levels)}, [])
    assert [one.citizen_id for one in placed] == [one.citizen_id for one in alike]


def test_another_order_draws_anew() -> None:
    """SHA-256 of the 32 bytes, as `printf … | sha256sum` gives it."""
    citizens = [UUID(int=number) for number in range(1, 31)]
    first = [sorted(citizens, key=lambda one: lot(UUID(int=number), one))[0] for number in range(1, 41)]
    assert len(set(first)) > 15, "with 30 citizens and 40 orders, 22 different ones come first in the mean"
    assert lot(UUID(int=0), UUID(int=0)).hex() == "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"


def an_order(*demands: tuple[int, int], closed: bool = False) -> Order:
    asked = tuple(Demand(area=area, level=level) for area, level in demands)
    return Order(ORDER, closed, None, "Butiksassistent", asked)


def test_an_order_names_an_area_itself_or_asks_what_its_profile_asks() -> None:
    profile = (Demand(area=1, level=3), Demand(area=2, level=4))
    assert [(one.area, one.level) for one in order.asked(an_order((2, 2), (4, 5)), profile)] == [(1, 3), (2, 2), (4, 5)]
    assert order.asked(an_order(), profile) == profile
    assert [one.level for one in order.asked(an_order((3, 5), (3, 2)), ())] == [5], "of two the higher, as counted"


def test_what_cannot_be_screened_for_is_refused() -> None:
    with pytest.raises(Refused, match="order-asks-nothing"):
        order.asked(an_order(), ())
    with pytest.raises(Refused, match="order-closed"):
        order.must_be_open(an_order((1, 3), closed=True))
    order.must_be_open(an_order((1, 3)))
