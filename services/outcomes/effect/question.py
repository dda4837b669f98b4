"""A question: what an indicator is asked, and what every answer is made with."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from services.outcomes.effect.cells import Cell, JobCell, ParticipationCell
from services.outcomes.effect.cut import Key, Keys, Subject, in_order
from services.outcomes.effect.estimates import Estimate, wilson
from services.outcomes.effect.figure import Figure, Share
from services.outcomes.effect.indicator import Indicator
from services.outcomes.effect.references import References

Record = TypeVar("Record")
Counted = TypeVar("Counted")


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator as of a day, under a cut; and what every answer is made with."""

    indicator: Indicator
    all_cells: Iterable[tuple[Cell, int]]
    references: References
    as_of: date
    window: int
    by: tuple[str, ...]
    keys: Keys
    targets: Mapping[str, float]

    @property
    def day(self) -> int:
        """``as_of`` as an ordinal."""
        return self.as_of.toordinal()

    def cells(self, kind: str, record: Callable[..., Record]) -> Iterator[tuple[Record, int]]:
        """The cells of a kind, each with how often it counts."""
        return ((record(*cell), count) for cell, count in self.all_cells if cell[0] == kind)

    def subject(self, cell: ParticipationCell | JobCell) -> Subject:
        """A participation, or what followed it, by everything that it can be cut by."""
        _, municipality, course, cohort, target_group, education_level, timing, started, *_ = cell
        known = self.references.course(course)
        return Subject(municipality, known, cohort, target_group, education_level, timing, started)

    def rows(self, counted: Mapping[Key, Counted], none: Counted) -> Iterator[tuple[Key, Counted]]:
        """The counts in order; also of a whole that counts nobody, and of municipalities that have a target."""
        keys = set(counted)
        if not self.by:
            keys.add(())
        elif self.by == ("municipality",):
            keys.update((municipality,) for municipality in self.targets)
        return ((key, counted.get(key, none)) for key in in_order(keys))

    def target(self, key: Key) -> float | None:
        """The X of a key, where the cut leaves municipalities whole."""
        if not self.targets:
            return None
        if not self.by:
            return sum(self.targets.values())
        return self.targets.get(key[0] or "") if self.by == ("municipality",) else None

    def figure(self, key: Key, so_far: int, of_all: Share, **more: Any) -> Figure:
        """One figure; ``more`` are the fields that only some indicators have."""
        return Figure(
            self.indicator,
            dict(zip(self.by, key, strict=True)),
            self.window if self.indicator.windows else None,
            self.as_of,
            so_far,
            of_all,
            self.target(key),
            **more,
        )

    def targeted(self, counted: Mapping[Key, int]) -> Iterator[Figure]:
        """Counts against their targets X: how much of it is reached; X is no group of people, so no interval."""
        for key, count in self.rows(counted, 0):
            target = self.target(key)
            reached = Estimate(count / target if target else None, None, None)
            yield self.figure(key, count, Share(count, target, reached))

    def shares(self, counted: Mapping[Key, tuple[int, int]]) -> Iterator[Figure]:
        """Numerators among denominators, with their intervals."""
        for key, (numerator, denominator) in self.rows(counted, (0, 0)):
            yield self.figure(key, numerator, whole(numerator, denominator))


def whole(numerator: int, denominator: int | None) -> Share:
    """People among all of them: with an interval."""
    return Share(numerator, denominator, wilson(numerator, denominator or 0))
