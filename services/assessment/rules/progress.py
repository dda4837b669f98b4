"""Progress between two tests: told to the citizen only when it is sure, by the rule of the indicator *gain*."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.assessment.ability.estimate import Estimate
from services.assessment.ability.gain import gained
from services.assessment.ability.interval import Interval
from services.assessment.rules.offering import APART
from shared.clock import danish_day
from shared.contracts.assessment.result import AreaResult


@dataclass(frozen=True, slots=True)
class Earlier:
    """One area of one test, and when that ended."""

    at: datetime
    result: AreaResult


@dataclass(frozen=True, slots=True)
class Gained:
    """An area that is reliably better than at first."""

    area: int
    since: datetime
    before: int
    level: int


def gains(areas: Sequence[AreaResult], at: datetime, earlier: Sequence[Earlier]) -> list[Gained]:
    """What a test that ended ``at`` gained over the first measurement of each area, at least 14 days before.

    ``earlier`` are areas of tests of the same framework and version; areas without items were not measured.
    """
    found = []
    for area in (area for area in areas if area.items > 0):
        taken = [one for one in earlier if one.result.area == area.area and one.result.items > 0 and one.at < at]
        first = min(taken, key=lambda one: one.at, default=None)
        if first is None or danish_day(at) - danish_day(first.at) < APART:
            continue
        if gained(_estimate(first.result), _estimate(area)):
            found.append(Gained(area.area, first.at, first.result.level, area.level))
    return found


def _estimate(area: AreaResult) -> Estimate:
    """The area as the kernel knows it; its interval was told as levels only, and those are what is compared."""
    nowhere = Interval(area.ability, area.ability)
    return Estimate(
        area.area, area.ability, area.standard_error, nowhere, area.level, area.level_low, area.level_high, area.items
    )
