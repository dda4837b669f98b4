"""Targets: one of T1-T4, a period, a value; the same again is refused."""

import pytest
from pydantic import ValidationError

from services.outcomes.commands import SetTarget
from services.outcomes.rules.targets import set_target
from shared.contracts.outcomes import TargetSet
from tests.unit.outcomes.given import HERE
from tests.unit.outcomes.refusal import refused

TARGET = SetTarget(indicator="agreements", period="2026-H1", value=40)


@pytest.mark.parametrize("standing", [None, 39.0, 0.0])
def test_a_target_is_set_or_replaced(standing: float | None) -> None:
    assert set_target(TARGET, municipality=HERE, standing=standing) == TargetSet(
        municipality=HERE, indicator="agreements", period="2026-H1", value=40
    )


def test_the_same_target_again_is_refused() -> None:
    with refused("target-set-already"):
        set_target(TARGET, municipality=HERE, standing=40.0)


@pytest.mark.parametrize("indicator", ["agreements", "mikrosprint_job", "it_course_job", "upskilled_praktik"])
@pytest.mark.parametrize("period", ["2026", "2026-H1", "2026-H2", "2026-Q1", "2026-Q4", "2026-12"])
def test_the_four_targets_are_set_for_years_and_parts_of_years(indicator: str, period: str) -> None:
    command = SetTarget.model_validate({"indicator": indicator, "period": period, "value": 0})
    assert set_target(command, municipality=HERE, standing=None).period == period


@pytest.mark.parametrize(
    ("indicator", "period", "value"),
    [
        ("moved_on", "2026", 1),
        ("agreements", "2026-H3", 1),
        ("agreements", "2026-Q5", 1),
        ("agreements", "26", 1),
        ("agreements", "2026-13", 1),
        ("agreements", "2026", -1),
        ("agreements", "2026", float("nan")),
        ("agreements", "2026", float("inf")),
    ],
)
def test_other_targets_are_none(indicator: str, period: str, value: float) -> None:
    with pytest.raises(ValidationError):
        SetTarget.model_validate({"indicator": indicator, "period": period, "value": value})
