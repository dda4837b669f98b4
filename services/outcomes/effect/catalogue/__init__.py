"""The catalogue: every indicator as versioned data, with how it is counted. A changed meaning is a new version.

One file an indicator. ``INDICATOR`` is the definition that stands beside the figures, ``CELLS`` the kind of cells that
are counted, ``answer`` counts them.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from services.outcomes.effect.catalogue import (
    agreements,
    comparison,
    funnel,
    gain,
    it_course_job,
    job_entry,
    mikrosprint_job,
    moved_on,
    reach,
    retained,
    self_reliance,
    service_goal,
    status_after,
    supply_demand,
    upskilled_praktik,
)
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.indicator import Indicator
from services.outcomes.effect.question import Question

_ROWS = (
    agreements,
    mikrosprint_job,
    it_course_job,
    upskilled_praktik,
    moved_on,
    funnel,
    job_entry,
    status_after,
    retained,
    gain,
    service_goal,
    reach,
    self_reliance,
    comparison,
    supply_demand,
)

CATALOGUE: Mapping[str, Indicator] = MappingProxyType({row.INDICATOR.key: row.INDICATOR for row in _ROWS})
"""The indicators by key."""
CELLS: Mapping[str, str] = MappingProxyType({row.INDICATOR.key: row.CELLS for row in _ROWS})
"""The kind of cells that each counts."""
ANSWERS: Mapping[str, Callable[[Question], Iterator[Figure]]] = MappingProxyType(
    {row.INDICATOR.key: row.answer for row in _ROWS}
)
"""How each is counted."""
