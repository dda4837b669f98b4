"""The gap as it is told: each demand with what was measured, and what it rests on."""

from datetime import date
from uuid import UUID

import pytest

from services.assessment.rules import gap
from services.assessment.rules.comparison import Measurement
from shared.contracts.assessment import GapFound
from shared.contracts.assessment.gap_found import AreaGap
from shared.contracts.vocabulary import Demand
from shared.problems import Refused

CITIZEN = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01")
PROFILE = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c09")
DAY = date(2026, 11, 2)


def find(measured: dict[int, Measurement]) -> GapFound:
    demands = [Demand(area=1, level=3), Demand(area=2, level=4, weight=2)]
    return gap.find(CITIZEN, "0101", PROFILE, 7, demands, measured, [])


def test_it_tells_each_demand_the_version_of_the_profile_and_no_weight() -> None:
    assert find({1: Measurement(3, 3, 4, 5, DAY, True)}) == GapFound(
        municipality="0101",
        citizen_id=CITIZEN,
        profile_id=PROFILE,
        profile_version=7,
        verdict="uncertain",
        areas=(
            AreaGap(area=1, demanded=3, level=3, level_low=3, level_high=4, met="yes", reason="met", measured_on=DAY),
            AreaGap(area=2, demanded=4, met="uncertain", reason="not-measured"),
        ),
        course_ids=(),
        calibrated=True,
    )


def test_one_result_that_is_not_calibrated_marks_the_gap() -> None:
    sure, judged = Measurement(5, 5, 5, 5, DAY, True), Measurement(5, 5, 5, 5, DAY, False)
    assert find({1: sure, 2: sure}).calibrated is True
    assert find({1: sure, 2: judged}).calibrated is False


def test_a_citizen_who_was_never_tested_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        find({})
    assert refusal.value.code == "citizen-not-tested"
