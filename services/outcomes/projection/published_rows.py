"""Rows of a published document: the figures of an effort or of a municipality, each under its cuts.

All efforts of a municipality share one question, cut by course, of which each takes its own key: what a batch changed
is told once, however many efforts there are, and a document costs what changed since it was made last.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from services.outcomes.effect.figures import before_targets, figures_of, frame
from services.outcomes.effect.references import References
from services.outcomes.effect.steps import Counted, What
from services.outcomes.projection.at_hand import AtHand
from services.outcomes.projection.kept_question import Shape
from shared.persistence.connection import Connection

Cut = tuple[str, tuple[str, ...]]
"""An indicator, and what it is cut by."""
BY_COURSE = ("course",)
WINDOW = 182
"""Days."""


@dataclass(frozen=True, slots=True)
class PublishedRows:
    """Figure rows in the order of their cuts, and what they cost to count, in seconds."""

    rows: list[dict[str, Any]]
    cost_s: float


async def of_municipality(
    connection: Connection,
    at_hand: AtHand,
    cuts: Sequence[Cut],
    municipality: str,
    as_of: date,
    targets: Mapping[str, Mapping[str, float]],
) -> PublishedRows:
    """The rows of a municipality at the end of a day; ``targets`` are by indicator and municipality."""
    before = at_hand.spent_s
    shapes = [Shape(indicator, by, WINDOW, municipality) for indicator, by in cuts]
    counts = await at_hand.counts(connection, shapes, as_of=as_of)
    earlier: dict[str, Counted] = {}
    for shape in shapes:
        until = None if shape.by else before_targets(shape.indicator, as_of, targets.get(shape.indicator))
        if until:
            (earlier[shape.indicator],) = await at_hand.counts(connection, [shape], as_of=until)
    started, rows = time.perf_counter(), list[dict[str, Any]]()
    for (indicator, by), counted in zip(cuts, counts, strict=True):
        more = {"targets": targets.get(indicator), "before": earlier.get(indicator)}
        rows += _told(counted, indicator, by, as_of, **more)
    return PublishedRows(rows, at_hand.spent_s - before + time.perf_counter() - started)


async def of_effort(
    connection: Connection, at_hand: AtHand, indicators: Sequence[str], municipality: str, course: str, as_of: date
) -> PublishedRows:
    """The rows of a course at the end of a day, as ``/effect`` has them by course: of its municipality's citizens."""
    before = at_hand.spent_s
    shapes = [Shape(indicator, BY_COURSE, WINDOW, municipality) for indicator in indicators]
    counts = await at_hand.counts(connection, shapes, as_of=as_of, only=[(course,)])
    started, rows = time.perf_counter(), list[dict[str, Any]]()
    for indicator, counted in zip(indicators, counts, strict=True):
        rows += _whole(indicator, frozenset(counted.get((course,), {}).items()), as_of)
    return PublishedRows(rows, at_hand.spent_s - before + time.perf_counter() - started)


@lru_cache(maxsize=100)
def _whole(indicator: str, counts: frozenset[tuple[What, int]], as_of: date) -> tuple[dict[str, Any], ...]:
    """The rows of counts that are cut by nothing: of most indicators they stand as in the document before.

    Whoever gets them does not change them.
    """
    return tuple(_told({(): dict(counts)}, indicator, (), as_of))


def _told(counted: Counted, indicator: str, by: tuple[str, ...], as_of: date, **more: Any) -> list[dict[str, Any]]:
    asked = frame(References(), indicator=indicator, by=by, window=WINDOW)
    return [figure.row() for figure in figures_of(counted, asked, as_of=as_of, **more)]
