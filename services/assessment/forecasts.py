"""What a pool promises, told before the start. Simulated once for each bank and method, and kept beside the bank.

To simulate takes ten seconds a pool. Who is the first to begin after a restart should not wait for it.
"""

import json
from functools import cache
from typing import Any

from pydantic import BaseModel, Field

from services.assessment.ability.forecast import Forecast, forecast
from services.assessment.frozen_test import design_of_today, method_of_today
from services.assessment.items.bank import POOLS, Bank
from services.assessment.items.finding import BrokenBank, Finding
from services.assessment.items.loading import DIRECTORY, item_bank
from services.assessment.rules.entry import TestDevice
from services.assessment.rules.offering import pool_for
from services.assessment.rules.trying_out import AT_MOST
from shared.contracts.vocabulary import ItemPool

KEPT = DIRECTORY / "forecasts.json"
PERSONS = 400
"""The mean number of items within 0.3, the errors within 1 %."""
Z90 = 1.645


class PoolForecast(BaseModel):
    """What to expect of a test on a device: how long it is, and how precise."""

    device: TestDevice
    pool: ItemPool
    items: float = Field(description="Mean number of questions that count.", examples=[22.2])
    items_p90: int = Field(description="Nine in ten are done after so many.", examples=[31])
    tried_out: int = Field(description="At most so many questions beside them that are new and do not count.")
    standard_errors: list[float] = Field(description="Expected standard error of each area, 1 to 5.")
    levels_wide: float = Field(description="Expected width of a 90 % interval, in levels.", examples=[2.2])


def forecasts(*, accessible: bool) -> list[PoolForecast]:
    """For each device that the test may be taken on, from the items that suit the citizen.

    Raises BrokenBank when what is kept was simulated for another bank or method.
    """
    devices: tuple[TestDevice, ...] = ("computer", "phone")
    return [_of(device, pool_for(device, accessible=accessible)) for device in devices]


def simulated(bank: Bank) -> dict[str, Any]:
    """The forecasts of all pools, with the bank and the method that they are of."""
    pools = {pool: forecast(design_of_today(bank, pool), PERSONS)._asdict() for pool in POOLS}
    return {"bank": bank.digest, "method": method_of_today(), "pools": pools}


def findings() -> list[Finding]:
    """What is wrong with the forecasts that are kept: that they are of another bank or method."""
    told = _read()
    if (told["bank"], told["method"]) == (item_bank().digest, method_of_today()):
        return []
    remedy = "Run `loeft bank forecast`, which takes half a minute."
    return [Finding(KEPT.name, "", "it was simulated for another bank or method", remedy)]


@cache
def kept() -> dict[str, Forecast]:
    """The forecast of each pool of the shipped bank. Raises BrokenBank."""
    if wrong := findings():
        raise BrokenBank(wrong)
    return {pool: Forecast(**told) for pool, told in _read()["pools"].items()}


def _read() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return told


def _of(device: TestDevice, pool: ItemPool) -> PoolForecast:
    bank, found = item_bank(), kept()[pool]
    level = (bank.cuts[-1] - bank.cuts[0]) / (len(bank.cuts) - 1)
    error = sum(found.errors) / len(found.errors)
    return PoolForecast(
        device=device,
        pool=pool,
        items=found.items,
        items_p90=found.items_p90,
        tried_out=min(AT_MOST, len(bank.pilots(pool))),
        standard_errors=list(found.errors),
        levels_wide=round(2 * Z90 * error / level, 1),
    )
