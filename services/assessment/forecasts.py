"""What a pool promises, told before the start. Simulated once for each bank version and pool in a process."""

import asyncio
from functools import cache

from pydantic import BaseModel, Field

from services.assessment.ability.forecast import Forecast, forecast
from services.assessment.frozen_test import design_of_today
from services.assessment.items.loading import item_bank
from services.assessment.rules.entry import TestDevice
from services.assessment.rules.offering import pool_for
from services.assessment.rules.trying_out import AT_MOST
from shared.contracts.vocabulary import ItemPool

PERSONS = 50  # half the kernel's own: about 1.5 s, the mean within one item, the errors within 3 %
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


async def forecasts(*, accessible: bool) -> list[PoolForecast]:
    """For each device that the test may be taken on, from the items that suit the citizen."""
    devices: tuple[TestDevice, ...] = ("computer", "phone")
    return [await _of(device, pool_for(device, accessible=accessible)) for device in devices]


async def _of(device: TestDevice, pool: ItemPool) -> PoolForecast:
    found, width = await asyncio.to_thread(_simulated, item_bank().digest, pool)
    error = sum(found.errors) / len(found.errors)
    return PoolForecast(
        device=device,
        pool=pool,
        items=found.items,
        items_p90=found.items_p90,
        tried_out=min(AT_MOST, len(item_bank().pilots(pool))),
        standard_errors=list(found.errors),
        levels_wide=round(2 * Z90 * error / width, 1),
    )


@cache
def _simulated(_digest: str, pool: ItemPool) -> tuple[Forecast, float]:
    """The forecast, and the mean width of a level."""
    bank = item_bank()
    width = (bank.cuts[-1] - bank.cuts[0]) / (len(bank.cuts) - 1)
    return forecast(design_of_today(bank, pool), PERSONS), width
