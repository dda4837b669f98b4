"""A cut: the dimension values under which something is counted."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from services.outcomes.effect.indicator import Indicator
from services.outcomes.effect.references import Course

Key = tuple[str | None, ...]
"""One value for each dimension of the cut; None is unknown."""


class Subject(NamedTuple):
    """What is counted, by everything that it can be cut by. ``starts`` is an ordinal."""

    municipality: str
    course: Course
    cohort: str
    target_group: str | None
    education_level: str | None
    timing: str
    starts: int | None
    area: str | None = None
    level: str | None = None
    theme: str | None = None


Keys = Callable[[Subject], Iterable[Key]]
"""The keys under which a subject counts: more than one where its course has several learning methods."""


@lru_cache(maxsize=4096)
def month(ordinal: int) -> str:
    """The month of a day, e.g. ``2021-09``."""
    return date.fromordinal(ordinal).isoformat()[:7]


_VALUES: dict[str, Callable[[Subject], tuple[str | None, ...]]] = {
    "municipality": lambda subject: (subject.municipality,),
    "course": lambda subject: (subject.course.id or None,),
    "course_kind": lambda subject: (subject.course.kind,),
    "provider": lambda subject: (subject.course.provider,),
    "learning_method": lambda subject: subject.course.methods or (None,),
    "target_group": lambda subject: (subject.target_group,),
    "education_level": lambda subject: (subject.education_level,),
    "timing": lambda subject: (subject.timing,),
    "cohort": lambda subject: (subject.cohort or None,),
    "start_month": lambda subject: (None if subject.starts is None else month(subject.starts),),
    "area": lambda subject: (subject.area,),
    "level": lambda subject: (subject.level,),
    "theme": lambda subject: (subject.theme,),
}

_WHOLE: tuple[Key, ...] = ((),)


def cutter(indicator: Indicator, by: Sequence[str]) -> Keys:
    """The keys of a subject under these dimensions. Raises ``ValueError`` when the indicator cannot be cut so."""
    unknown = [name for name in by if name not in indicator.dimensions]
    if unknown:
        raise ValueError(
            f"{indicator.key} cannot be cut by {', '.join(unknown)}; it can by {', '.join(indicator.dimensions)}"
        )
    if not by:
        return lambda _: _WHOLE
    values = [_VALUES[name] for name in by]
    return lambda subject: product(*(value(subject) for value in values))


def in_order(keys: Iterable[Key]) -> list[Key]:
    """The keys sorted, unknown values first."""
    return sorted(keys, key=lambda key: [(value is not None, value or "") for value in key])
