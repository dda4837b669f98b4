"""The catalogue: every indicator as versioned data, with how it is counted. A changed meaning is a new version.

One file an indicator. ``INDICATOR`` is the definition that stands beside the figures, ``CELLS`` the kind of cells that
are counted. ``steps`` says from which day on a cell counts as what, and ``answer`` makes the figures of what has been
counted by the day asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

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
from services.outcomes.effect.frame import Frame
from services.outcomes.effect.indicator import Indicator
from services.outcomes.effect.question import Question
from services.outcomes.effect.steps import Counted, Told

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
STEPS: Mapping[str, Callable[[Any, Frame], Iterable[Told]]] = MappingProxyType(
    {row.INDICATOR.key: row.steps for row in _ROWS}
)
"""What a cell of each tells: the steps that it takes under which keys."""
ANSWERS: Mapping[str, Callable[[Question, Counted], Iterator[Figure]]] = MappingProxyType(
    {row.INDICATOR.key: row.answer for row in _ROWS}
)
"""How the figures of each are made of what has been counted."""
