"""Rows of a published document: the figures of an effort or of a municipality, each under its cuts.

All efforts of a municipality share one question, cut by course, of which each takes its own key: what a batch changed
is told once, however many efforts there are, and a document costs what changed since it was made last.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.outcomes.effect.figures import before_targets, figures_of, frame
from services.outcomes.effect.references import References
from services.outcomes.effect.steps import Counted
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
    return _rows(cuts, counts, as_of, targets, at_hand.spent_s - before, earlier)


async def of_effort(
    connection: Connection, at_hand: AtHand, indicators: Sequence[str], municipality: str, course: str, as_of: date
) -> PublishedRows:
    """The rows of a course at the end of a day, as ``/effect`` has them by course: of its municipality's citizens."""
    before = at_hand.spent_s
    shapes = [Shape(indicator, BY_COURSE, WINDOW, municipality) for indicator in indicators]
    counts = await at_hand.counts(connection, shapes, as_of=as_of, only=[(course,)])
    whole: list[Counted] = [{(): counted.get((course,), {})} for counted in counts]
    return _rows([(indicator, ()) for indicator in indicators], whole, as_of, {}, at_hand.spent_s - before, {})


def _rows(
    cuts: Sequence[Cut],
    counts: Sequence[Counted],
    as_of: date,
    targets: Mapping[str, Mapping[str, float]],
    cost_s: float,
    earlier: Mapping[str, Counted],
) -> PublishedRows:
    started, rows = time.perf_counter(), list[dict[str, Any]]()
    for (indicator, by), counted in zip(cuts, counts, strict=True):
        asked = frame(References(), indicator=indicator, by=by, window=WINDOW)
        found = figures_of(counted, asked, as_of=as_of, targets=targets.get(indicator), before=earlier.get(indicator))
        rows += [figure.row() for figure in found]
    return PublishedRows(rows, cost_s + time.perf_counter() - started)
