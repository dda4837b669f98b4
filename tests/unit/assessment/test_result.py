"""What a test result must be: given measurements, when a test is finished, then an event or a refusal."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.assessment.rules import result
from services.assessment.rules.result import Method
from shared.contracts.assessment import TestFinished
from shared.contracts.assessment.result import AreaResult
from shared.problems import Refused

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
CITIZEN = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01")
TEST = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0a")
METHOD = Method("DigComp", "2.2", "2026.1", False, "entry", True)


def measured(area: int, **given: Any) -> AreaResult:
    values = {"ability": -0.4, "standard_error": 0.3, "level": 3, "level_low": 3, "level_high": 4, "items": 5}
    return AreaResult(area=area, **(values | given))


def finish(*areas: AreaResult) -> TestFinished:
    return result.finish(TEST, CITIZEN, "0101", METHOD, areas)


def test_a_finished_test_is_told_with_its_areas_in_order_and_its_items_summed() -> None:
    event = finish(measured(4, items=0), measured(1), measured(2, items=7))
    assert [area.area for area in event.areas] == [1, 2, 4]
    assert event.items == 12
    assert (event.bank_version, event.calibrated, event.purpose, event.assisted) == ("2026.1", False, "entry", True)


@pytest.mark.parametrize(("low", "level", "high"), [(3, 3, 3), (2, 3, 3), (3, 3, 8), (1, 4, 8)])
def test_a_level_inside_its_interval_is_told(low: int, level: int, high: int) -> None:
    assert finish(measured(1, level_low=low, level=level, level_high=high)).areas[0].level == level


@pytest.mark.parametrize(("low", "level", "high"), [(4, 3, 4), (2, 3, 2), (4, 3, 2)])
def test_a_level_outside_its_interval_is_refused(low: int, level: int, high: int) -> None:
    with pytest.raises(Refused) as refusal:
        finish(measured(2), measured(5, level_low=low, level=level, level_high=high))
    assert refusal.value.code == "level-outside-interval"
    assert "area 5" in refusal.value.title


def test_an_area_has_one_result() -> None:
    with pytest.raises(Refused) as refusal:
        finish(measured(1), measured(2), measured(1))
    assert refusal.value.code == "area-twice"


def test_a_test_has_no_more_items_than_can_be_told() -> None:
    assert finish(measured(1, items=300), measured(2, items=200)).items == 500
    with pytest.raises(Refused) as refusal:
        finish(measured(1, items=300), measured(2, items=201))
    assert refusal.value.code == "too-many-items"


@pytest.mark.parametrize(
    "given", [{"ability": float("nan")}, {"ability": float("inf")}, {"standard_error": float("inf")}]
)
def test_what_is_no_number_is_refused(given: dict[str, float]) -> None:
    with pytest.raises(Refused) as refusal:
        finish(measured(1, **given))
    assert refusal.value.code == "ability-not-finite"


def test_a_test_ended_now_or_earlier() -> None:
    earlier = NOW - timedelta(days=3)
    assert result.finished_at(None, NOW) == NOW
    assert result.finished_at(earlier, NOW) == earlier
    with pytest.raises(Refused) as refusal:
        result.finished_at(NOW + timedelta(seconds=1), NOW)
    assert refusal.value.code == "finished-in-future"
