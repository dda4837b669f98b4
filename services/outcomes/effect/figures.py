"""Figures: cells and references in, the figures of one indicator as of a day out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from services.outcomes.effect.catalogue import ANSWERS, CATALOGUE, CELLS, STEPS
from services.outcomes.effect.cells import Cell, as_record
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.frame import Frame
from services.outcomes.effect.question import Question
from services.outcomes.effect.references import References
from services.outcomes.effect.steps import Counted, Told, counted

STANDING = frozenset({"agreements"})
"""Whose target is of what is so on a day; of the others it is what comes in a period."""


def figures(
    cells: Iterable[tuple[Cell, int]],
    references: References,
    *,
    indicator: str,
    as_of: date,
    by: Sequence[str] = (),
    window: int = 182,
    targets: Mapping[str, float] | None = None,
) -> list[Figure]:
    """The figures of an indicator at the end of the day ``as_of``, one for each value of the cut, in a fixed order.

    ``cells`` may hold all kinds; those of other indicators are passed over. Without a cut there is always a figure (of
    the funnel: one for each stage), also when nobody is counted. ``window`` is W in days, for indicators that have one.
    ``targets`` gives the X of this indicator for each municipality in the year of ``as_of``; it is used where the cut
    leaves municipalities whole. Raises ``ValueError`` for an unknown indicator, cut or window.
    """
    asked = frame(references, indicator=indicator, by=by, window=window)
    until = before_targets(indicator, as_of, targets)
    kept = list(cells) if until else cells
    before = counted(told(kept, asked), until.toordinal()) if until else {}
    counts = counted(told(kept, asked), as_of.toordinal())
    return figures_of(counts, asked, as_of=as_of, targets=targets, before=before)


def before_targets(indicator: str, as_of: date, targets: Mapping[str, float] | None) -> date | None:
    """The day before the targets' year began, whose counts are no part of it; None where none are taken off."""
    return date(as_of.year, 1, 1) - timedelta(days=1) if targets and indicator not in STANDING else None


def frame(references: References, *, indicator: str, by: Sequence[str] = (), window: int = 182) -> Frame:
    """The same question without its day; raises ``ValueError`` likewise."""
    if indicator not in CATALOGUE:
        raise ValueError(f"no indicator is called {indicator!r}; there are {', '.join(CATALOGUE)}")
    return Frame.of(CATALOGUE[indicator], references, by, window)


def told(cells: Iterable[tuple[Cell, int]], asked: Frame) -> Iterator[tuple[Iterable[Told], int]]:
    """What the cells of an indicator tell, whatever the day; those of other indicators are passed over."""
    kind, steps = CELLS[asked.indicator.key], STEPS[asked.indicator.key]
    return ((steps(as_record(cell), asked), often) for cell, often in cells if cell[0] == kind)


def figures_of(
    counts: Counted,
    asked: Frame,
    *,
    as_of: date,
    targets: Mapping[str, float] | None = None,
    before: Counted | None = None,
) -> list[Figure]:
    """The figures of what has been counted as of the day; ``before`` is what had been on ``before_targets``.

    A figure with a target says also how much has come to it in its year; a target changes nothing else of it.
    """
    answer = ANSWERS[asked.indicator.key]
    question = Question(asked.indicator, as_of, asked.window, asked.by, targets or {})
    found = list(answer(question, counts))
    if not targets:
        return found
    earlier = {_key(figure): figure.so_far for figure in answer(question, before or {})}
    return [
        figure
        if figure.target is None
        else replace(figure, reached=figure.so_far - earlier.get(_key(figure), 0), target_period=str(as_of.year))
        for figure in found
    ]


def _key(figure: Figure) -> tuple[str | None, ...]:
    return tuple(figure.dimensions.values())
