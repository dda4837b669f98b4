"""What a pool promises is simulated beforehand, for the bank and the method of today; anything else is refused."""

import json
from pathlib import Path

import pytest

from services.assessment import forecasts
from services.assessment.ability.forecast import forecast
from services.assessment.frozen_test import design_of_today
from services.assessment.items.bank import POOLS
from services.assessment.items.finding import BrokenBank
from services.assessment.items.loading import item_bank

SEED = 20261122
"""Other people than those whose tests are kept."""


@pytest.fixture(autouse=True)
def _read_anew() -> None:
    forecasts.kept.cache_clear()


@pytest.mark.parametrize("pool", POOLS)
def test_other_simulated_people_need_as_many_questions(pool: str) -> None:
    promised, met = forecasts.kept()[pool], forecast(design_of_today(item_bank(), pool), 60, SEED)  # type: ignore[arg-type]
    assert abs(met.items - promised.items) < 2.5  # three standard errors of a mean of 60 and one of 400
    assert all(abs(a / b - 1) < 0.15 for a, b in zip(met.errors, promised.errors, strict=True))


@pytest.mark.parametrize("part", ["bank", "method"])
def test_forecasts_of_another_bank_or_method_are_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    told = json.loads(forecasts.KEPT.read_text(encoding="utf-8"))
    other = tmp_path / "forecasts.json"
    other.write_text(json.dumps(told | {part: "another"}), encoding="utf-8")
    monkeypatch.setattr(forecasts, "KEPT", other)
    with pytest.raises(BrokenBank) as refused:
        forecasts.forecasts(accessible=False)
    assert "Run `loeft bank forecast`" in refused.value.detail
