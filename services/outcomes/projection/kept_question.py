"""Kept question: the timelines of one question, which follow what batches change."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.cells import Cell
from services.outcomes.effect.cut import Key
from services.outcomes.effect.figures import before_targets, figures_of, frame, told
from services.outcomes.effect.frame import Frame
from services.outcomes.effect.references import References
from services.outcomes.effect.steps import Counted
from services.outcomes.effect.timelines import Timelines
from services.outcomes.projection.version import Read, Version


class Shape(NamedTuple):
    """A question without its day."""

    indicator: str
    by: tuple[str, ...]
    window: int
    municipality: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one batch changed: cells, and all courses and cohorts as they are since, where one is another."""

    number: int
    cells: Mapping[Cell, int]
    references: References | None


@dataclass(slots=True)
class KeptQuestion:
    """The timelines of a shape at a version; ``number`` is its place in the chain, -1 where it has none."""

    shape: Shape
    frame: Frame
    timelines: Timelines
    version: Version | None
    number: int
    unsettled: int
    """Cells that were told since it was asked last."""

    def follow(self, changes: list[Change]) -> bool:
        """Take the changes in; False when a course that was counted by is another now, so it must be made anew."""
        references = next((change.references for change in reversed(changes) if change.references), None)
        if references is not None and not self.frame.offers.follow(references):
            return False
        self.timelines.add(told(_differences(changes, self.shape.municipality), self.frame))
        self.unsettled += cells_in(changes)
        return True

    def as_of(self, as_of: date, only: Collection[Key] | None = None) -> Counted:
        """What it counts at the end of a day."""
        self.unsettled = 0
        return self.timelines.as_of(as_of.toordinal(), only)

    def rows(self, as_of: date, targets: Mapping[str, float]) -> list[dict[str, Any]]:
        """The figure rows as of a day."""
        until = before_targets(self.shape.indicator, as_of, targets)
        before = self.as_of(until) if until else {}
        counts = self.as_of(as_of)
        found = figures_of(counts, self.frame, as_of=as_of, targets=targets, before=before)
        return [figure.row() for figure in found]


def cells_in(changes: list[Change]) -> int:
    """How many cells they change."""
    return sum([len(change.cells) for change in changes])


def _differences(changes: list[Change], municipality: str) -> Iterator[tuple[Cell, int]]:
    for change in changes:
        for cell, n in change.cells.items():
            if n and cell[1] == municipality:
                yield cell, n


def by_its_one_name(shape: Shape) -> Shape:
    """The same question by its one name: where an indicator has no window, none is meant."""
    return shape if CATALOGUE[shape.indicator].windows else shape._replace(window=0)


def made_of(shape: Shape, found: Read, number: int, references: References | None) -> KeptQuestion:
    """The question told of everything that was read; courses are those given, or else those that were read, too."""
    asked = frame(references or found.references(), indicator=shape.indicator, by=shape.by, window=shape.window)
    timelines = Timelines()
    timelines.add(told(found.cells(), asked))
    return KeptQuestion(shape, asked, timelines, found.version, number, len(found.rows))
