"""One published document: all there is to say of one effort, or of one municipality, as of a day.

Key and shape are an interface (docs/integration.md): add, never break.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.references import Cohort, Course, References
from services.outcomes.effect_queries import all_targets
from services.outcomes.projection.at_hand import AtHand
from services.outcomes.projection.published_rows import Cut, of_effort, of_municipality
from shared.persistence.connection import Connection

EFFORT, MUNICIPALITY = "effort", "municipality"

OF_AN_EFFORT = ("funnel", "mikrosprint_job", "it_course_job", "upskilled_praktik", "moved_on")
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


def changed_documents(cells: Iterable[Cell], references: References) -> set[Key]:
    """The documents that changed cells change."""
    found: set[Key] = set()
    for cell in cells:
        found.add((MUNICIPALITY, cell[1], ""))
        for course in _courses(cell, references):
            if course.id and course.municipality == cell[1]:
                found.add((EFFORT, cell[1], course.id))
    return found


def _courses(cell: Cell, references: References) -> list[Course]:
    """The courses by which a cell is cut in the documents of efforts."""
    match cell[0]:
        case "participation":
            return [references.course(cell[2])]
        case "funnel":
            return [references.course_of(cell[2])]
        case "upskilled":
            return [references.course(item[0]) for item in cell[2]]
        case _:
            return []


async def document(
    connection: Connection, at_hand: AtHand, references: References, key: Key, as_of: date, position: tuple[UUID, int]
) -> Document:
    """The document of a key, from the cells as they are now; ``position`` is what it counts at least."""
    projection, municipality, course_id = key
    said: dict[str, Any] = {
        "projection": projection,
        "version": 1,
        "as_of": as_of.isoformat(),
        "municipality": municipality,
    }
    if projection == EFFORT:
        counted = await of_effort(connection, at_hand, OF_AN_EFFORT, municipality, course_id, as_of)
        cohorts = [cohort for cohort in references.cohorts.values() if cohort.course == course_id]
        said["course"] = _course(references.course(course_id))
        said["cohorts"] = [_cohort(cohort) for cohort in sorted(cohorts, key=lambda c: (c.starts or 0, c.id))]
    else:
        targets = await all_targets(connection, str(as_of.year), municipality)
        counted = await of_municipality(connection, at_hand, OF_A_MUNICIPALITY, municipality, as_of, targets)
    said |= {"rows": counted.rows, "position": {"epoch": str(position[0]), "sequence": position[1]}}
    return Document(msgspec.json.encode(said), counted.cost_s)


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
