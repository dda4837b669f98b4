"""Figures: cells and references in, the figures of one indicator as of a day out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from services.outcomes.effect.catalogue import ANSWERS, CATALOGUE
from services.outcomes.effect.cells import Cell
from services.outcomes.effect.cut import cutter
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.question import Question
from services.outcomes.effect.references import References


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
    ``targets`` gives the X of this indicator for each municipality, in the period the caller means; it is used where
    the cut leaves municipalities whole. Raises ``ValueError`` for an unknown indicator, cut or window.
    """
    if indicator not in CATALOGUE:
        raise ValueError(f"no indicator is called {indicator!r}; there are {', '.join(CATALOGUE)}")
    if window < 0:
        raise ValueError(f"a window is a number of days from 0, not {window}")
    row = CATALOGUE[indicator]
    question = Question(row, cells, references, as_of, window, tuple(by), cutter(row, by), targets or {})
    return list(ANSWERS[indicator](question))
