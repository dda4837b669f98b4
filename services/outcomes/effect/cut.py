"""A cut: the dimension values under which something is counted."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import product
from operator import attrgetter
from typing import NamedTuple

from services.outcomes.effect.indicator import Indicator
from services.outcomes.effect.references import Course

Key = tuple[str | None, ...]
"""One value for each dimension of the cut; None is unknown."""


NO_COURSE = Course("")


class Subject(NamedTuple):
    """What is counted, by everything that it can be cut by. ``starts`` is an ordinal."""

    municipality: str
    course: Course = NO_COURSE
    cohort: str = ""
    target_group: str | None = None
    education_level: str | None = None
    timing: str = "none"
    starts: int | None = None
    area: str | None = None
    level: str | None = None
    theme: str | None = None


Keys = Callable[[Subject], Iterable[Key]]
"""The keys under which a subject counts: more than one where its course has several learning methods."""


@lru_cache(maxsize=4096)
def month(ordinal: int) -> str:
    """The month of a day, e.g. ``2021-09``."""
    return date.fromordinal(ordinal).isoformat()[:7]


_VALUES: dict[str, Callable[[Subject], str | None]] = {
    "municipality": attrgetter("municipality"),
    "course": lambda subject: subject.course.id or None,
    "course_kind": attrgetter("course.kind"),
    "provider": attrgetter("course.provider"),
    "target_group": attrgetter("target_group"),
    "education_level": attrgetter("education_level"),
    "timing": attrgetter("timing"),
    "cohort": lambda subject: subject.cohort or None,
    "start_month": lambda subject: None if subject.starts is None else month(subject.starts),
    "area": attrgetter("area"),
    "level": attrgetter("level"),
    "theme": attrgetter("theme"),
}
METHOD = "learning_method"
"""The one dimension in which a subject may have several values."""

WHOLE: tuple[Key, ...] = ((),)
"""The keys of whatever is not cut."""


def cutter(indicator: Indicator, by: Sequence[str]) -> Keys:
    """The keys of a subject under these dimensions. Raises ``ValueError`` when the indicator cannot be cut so."""
    unknown = [name for name in by if name not in indicator.dimensions]
    if unknown:
        raise ValueError(
            f"{indicator.key} cannot be cut by {', '.join(unknown)}; it can by {', '.join(indicator.dimensions)}"
        )
    if not by:
        return lambda _: WHOLE
    if METHOD in by:
        return lambda subject: product(*(_values(name, subject) for name in by))
    values = [_VALUES[name] for name in by]
    if len(values) == 1:
        only = values[0]
        return lambda subject: ((only(subject),),)
    return lambda subject: (tuple([value(subject) for value in values]),)


def _values(name: str, subject: Subject) -> tuple[str | None, ...]:
    return (subject.course.methods or (None,)) if name == METHOD else (_VALUES[name](subject),)


def in_order(keys: Iterable[Key]) -> list[Key]:
    """The keys sorted, unknown values first."""
    return sorted(keys, key=lambda key: [(value is not None, value or "") for value in key])
