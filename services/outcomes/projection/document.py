"""One published document: all there is to say of one effort, or of one municipality, as of a day.

Key and shape are an interface (docs/integration.md): add, never break.
"""

import asyncio
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.outcomes.effect.catalogue import CELLS
from services.outcomes.effect.cells import Cell
from services.outcomes.effect.figures import figures
from services.outcomes.effect.references import Cohort, Course, References
from services.outcomes.effect_queries import all_targets
from services.outcomes.projection import cell_table
from shared.persistence.connection import Connection

EFFORT, MUNICIPALITY = "effort", "municipality"

Cut = tuple[str, tuple[str, ...]]
OF_AN_EFFORT: tuple[Cut, ...] = (
    ("funnel", ()),
    ("mikrosprint_job", ()),
    ("it_course_job", ()),
    ("upskilled_praktik", ()),
    ("moved_on", ()),
)
OF_A_MUNICIPALITY: tuple[Cut, ...] = (
    ("agreements", ()),
    ("mikrosprint_job", ()),
    ("it_course_job", ()),
    ("upskilled_praktik", ()),
    ("moved_on", ()),
    ("service_goal", ()),
    ("reach", ()),
    ("reach", ("target_group",)),
)

COUNTED = frozenset(CELLS[indicator] for indicator, _ in OF_A_MUNICIPALITY)
"""The kinds of cells that a municipality's document counts; the others are not read for it."""

Key = tuple[str, str, str]
"""(projection, municipality, course id or '')."""


def kv_key(key: Key) -> str:
    """The key in the bucket: ``effort.<municipality>.<course>`` or ``municipality.<municipality>``."""
    return ".".join(part for part in key if part)


@dataclass(slots=True)
class Document:
    """A document and what it cost to count, in seconds."""

    body: bytes
    cost_s: float


async def document(
    connection: Connection, references: References, key: Key, as_of: date, position: tuple[UUID, int]
) -> Document:
    """The document of a key, from the cells as they are now; ``position`` is what it counts at least."""
    projection, municipality, course_id = key
    cohorts = [cohort for cohort in references.cohorts.values() if cohort.course == course_id] if course_id else []
    targets: dict[str, dict[str, float]] = {}
    if projection == EFFORT:
        cells = await cell_table.cells_of_cohorts(connection, [cohort.id for cohort in cohorts])
    else:
        cells = await cell_table.cells_of_municipality(connection, municipality, COUNTED)
        targets = await all_targets(connection, str(as_of.year), municipality)
    rows, cost = await _rows(cells, references, OF_AN_EFFORT if course_id else OF_A_MUNICIPALITY, as_of, targets)
    said: dict[str, Any] = {
        "projection": projection,
        "version": 1,
        "as_of": as_of.isoformat(),
        "municipality": municipality,
        "rows": rows,
        "position": {"epoch": str(position[0]), "sequence": position[1]},
    }
    if projection == EFFORT:
        said["course"] = _course(references.course(course_id))
        said["cohorts"] = [_cohort(cohort) for cohort in sorted(cohorts, key=lambda c: (c.starts or 0, c.id))]
    return Document(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), cost)


async def _rows(
    cells: Iterable[tuple[Cell, int]],
    references: References,
    cuts: tuple[Cut, ...],
    as_of: date,
    targets: dict[str, dict[str, float]],
) -> tuple[list[dict[str, Any]], float]:
    rows, cost = [], 0.0
    for indicator, by in cuts:
        started = time.perf_counter()
        counted = figures(cells, references, indicator=indicator, as_of=as_of, by=by, targets=targets.get(indicator))
        rows += [figure.row() for figure in counted]
        cost += time.perf_counter() - started
        await asyncio.sleep(0)  # commands and the feed share this loop
    return rows, cost


def _course(course: Course) -> dict[str, object]:
    return {
        "id": course.id,
        "title": course.title,
        "kind": course.kind,
        "provider": course.provider,
        "methods": list(course.methods),
        "it_specific": course.it_specific,
        "target_groups": list(course.target_groups),
    }


def _cohort(cohort: Cohort) -> dict[str, object]:
    return {"id": cohort.id, "starts": _day(cohort.starts), "ends": _day(cohort.ends), "capacity": cohort.capacity}


def _day(ordinal: int | None) -> str | None:
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()
