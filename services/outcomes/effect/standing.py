"""Standing: how many people or companies are so on a day, or have become so by it."""

from collections.abc import Iterable

from services.outcomes.effect.cells import AgreementCell, ReachCell, ServiceGoalCell, UpskilledCell, UpskilledItem
from services.outcomes.effect.cut import Key, Keys, Subject
from services.outcomes.effect.intervals import holds
from services.outcomes.effect.references import Course, References

Pair = tuple[int, int]
"""Numerator and denominator."""

_NO_COURSE = Course("")


def in_agreement(cells: Iterable[tuple[AgreementCell, int]], keys: Keys, *, as_of: int) -> dict[Key, int]:
    """Companies with an agreement in force on the day."""
    counted: dict[Key, int] = {}
    for cell, count in cells:
        if cell.day <= as_of:
            _add(counted, keys(_of(cell.municipality)), count)
    return counted


def upskilled(
    cells: Iterable[tuple[UpskilledCell, int]], references: References, keys: Keys, *, as_of: int, window: int
) -> dict[Key, int]:
    """Distinct citizens upskilled by the day and in praktik by it, which began no later than U + W."""
    counted: dict[Key, int] = {}
    for cell, count in cells:
        under: set[Key] = set()
        for item in (UpskilledItem(*item) for item in cell.items):
            if item.praktik <= item.upskilled + window and max(item.praktik, item.upskilled) <= as_of:
                under.update(keys(_upskilled_by(cell.municipality, item, references.course(item.course))))
        _add(counted, under, count)
    return counted


def answered(cells: Iterable[tuple[ServiceGoalCell, int]], keys: Keys, *, as_of: int) -> dict[Key, Pair]:
    """Contacts answered in time, and all that were due by the day."""
    in_time: dict[Key, int] = {}
    due: dict[Key, int] = {}
    for cell, count in cells:
        if cell.due <= as_of:
            under = list(keys(_of(cell.municipality)))
            _add(due, under, count)
            _add(in_time, under, count * cell.in_time)
    return {key: (in_time[key], due[key]) for key in due}


def reached(cells: Iterable[tuple[ReachCell, int]], keys: Keys, *, as_of: int) -> dict[Key, Pair]:
    """Citizens reached, and all who are registered, on the day."""
    registered: dict[Key, int] = {}
    reach: dict[Key, int] = {}
    for cell, count in cells:
        if holds(as_of, cell.first, cell.after):
            under = list(keys(_of(cell.municipality, cell.target_group)))
            _add(registered, under, count)
            _add(reach, under, count * any(holds(as_of, first, after) for first, after in cell.reached))
    return {key: (reach[key], registered[key]) for key in registered}


def _add(counted: dict[Key, int], keys: Iterable[Key], count: int) -> None:
    for key in keys:
        counted[key] = counted.get(key, 0) + count


def _of(municipality: str, target_group: str | None = None) -> Subject:
    return Subject(municipality, _NO_COURSE, "", target_group, None, "none", None)


def _upskilled_by(municipality: str, item: UpskilledItem, course: Course) -> Subject:
    return Subject(
        municipality, course, item.cohort, item.target_group, item.education_level, item.timing, item.started
    )
