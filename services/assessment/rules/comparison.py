"""One demand of a job held against the newest measurement of that area.

A demand asks for level *L*. A measurement has the 90 % interval of the ability as levels, *low … high*: the levels that
its two ends lie in, where an end exactly on a cut belongs to the level that begins there (``ability/levels.py``).

| reason | when | met |
|---|---|---|
| ``met`` | ``L <= low``: even the lowest believable level is enough | yes |
| ``straddles`` | ``low < L <= high``: the demand lies inside the interval | uncertain |
| ``below`` | ``high < L <= high + REACH``: even the highest believable level is not enough | no |
| ``out-of-reach`` | ``high + REACH < L`` | no |
| ``inferred`` | no question was answered in the area: its interval was inferred from the other areas | uncertain |
| ``not-measured`` | no test told of the area | uncertain |

An inferred area decides nothing, however narrow its interval: who skips what she cannot do would be found ready for it,
and who was never asked would be found wanting. A few questions settle it.

>>> from dataclasses import replace
>>> from datetime import date
>>> three_to_four = Measurement(3, 3, 4, items=5, measured_on=date(2026, 11, 2), calibrated=False)
>>> [compared(Demand(area=1, level=level), three_to_four).reason for level in (3, 4, 5, 6, 7)]
['met', 'straddles', 'below', 'below', 'out-of-reach']
>>> compared(Demand(area=1, level=3), replace(three_to_four, items=0)).reason
'inferred'
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from shared.contracts.assessment.gap_found import AreaGap, GapReason
from shared.contracts.vocabulary import Demand

REACH = 2
"""Levels that a short course lifts at most: one of DigComp's four groups. A judgement (decision 0019)."""

Met = Literal["yes", "no", "uncertain"]
_MET: dict[GapReason, Met] = {
    "met": "yes",
    "straddles": "uncertain",
    "below": "no",
    "out-of-reach": "no",
    "inferred": "uncertain",
    "not-measured": "uncertain",
}


@dataclass(frozen=True, slots=True)
class Measurement:
    """The newest result of one area: its level and interval, how many items were answered in it, when, and how sure.

    ``calibrated`` is false while the difficulties of the items are set by experts.
    """

    level: int
    level_low: int
    level_high: int
    items: int
    measured_on: date
    calibrated: bool


def compared(demand: Demand, found: Measurement | None) -> AreaGap:
    """Whether the demand is met, and why."""
    reason = _reason(demand.level, found)
    if found is None:
        return AreaGap(area=demand.area, demanded=demand.level, met=_MET[reason], reason=reason)
    return AreaGap(
        area=demand.area,
        demanded=demand.level,
        level=found.level,
        level_low=found.level_low,
        level_high=found.level_high,
        met=_MET[reason],
        reason=reason,
        measured_on=found.measured_on,
    )


def _reason(demanded: int, found: Measurement | None) -> GapReason:
    if found is None:
        return "not-measured"
    if found.items == 0:
        return "inferred"
    if demanded <= found.level_low:
        return "met"
    if demanded <= found.level_high:
        return "straddles"
    return "below" if demanded - found.level_high <= REACH else "out-of-reach"
