"""A second document beside that of an effort or a municipality: what became of people, compared with what.

These figures take longer to count than the first document's and change no meaning from one second to the next, so they
have keys and a pace of their own (``outcomes_publication.py``). Key and shape are an interface (docs/integration.md):
add, never break. To be small a row leaves out what is null, its definition and the day: the two stand once for all.
"""

import asyncio
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from services.outcomes.effect.catalogue import CATALOGUE, CELLS
from services.outcomes.effect.cells import Cell
from services.outcomes.effect.pilot_verdict import pilot_verdict
from services.outcomes.effect.references import References
from services.outcomes.projection import cell_table
from services.outcomes.projection.at_hand import AtHand
from services.outcomes.projection.document import Document, Key
from services.outcomes.projection.published_rows import Cut, of_effort, of_municipality
from services.outcomes.verdicts import newest_first, view
from shared.persistence.connection import Connection

EFFORT_OUTCOMES, MUNICIPALITY_OUTCOMES = "effort-outcomes", "municipality-outcomes"

OF_AN_EFFORT = ("job_entry", "status_after", "retained")
OF_A_MUNICIPALITY: tuple[Cut, ...] = (
    ("retained", ()),
    ("retained", ("target_group",)),
    ("comparison", ()),
    ("gain", ()),
    ("gain", ("area",)),
    ("self_reliance", ()),
    ("self_reliance", ("theme",)),
    ("supply_demand", ("area", "level")),
)
JUDGED = "participation"
"""The kind of cells that a pilot is judged by."""
EFFORT_CELLS = frozenset(CELLS[indicator] for indicator in OF_AN_EFFORT) | {JUDGED}
MUNICIPALITY_CELLS = frozenset(CELLS[indicator] for indicator, _ in OF_A_MUNICIPALITY)
DIGITS = 5
"""Digits of a share: a hundredth of a per mille is finer than anybody can be sure."""
SAID_ONCE = frozenset({"as_of", "definition", "definition_version"})


def changed_documents(cells: Iterable[Cell], references: References) -> set[Key]:
    """The documents that changed cells change."""
    municipalities: set[str] = set()
    courses: set[tuple[str, str]] = set()
    for cell in cells:  # many in a batch, of few courses
        kind = cell[0]
        if kind in MUNICIPALITY_CELLS:
            municipalities.add(cell[1])
        if kind in EFFORT_CELLS:
            courses.add((cell[1], cell[2]))
    found = {(MUNICIPALITY_OUTCOMES, municipality, "") for municipality in municipalities}
    for municipality, course in courses:
        if course:  # a job may follow none
            found.add((EFFORT_OUTCOMES, references.course(course).municipality or municipality, course))
    return found


async def outcomes_document(
    connection: Connection, at_hand: AtHand, references: References, key: Key, as_of: date, position: tuple[UUID, int]
) -> Document:
    """The document of a key; ``position`` is what it counts at least."""
    projection, municipality, course_id = key
    said: dict[str, Any] = {
        "projection": projection,
        "version": 1,
        "as_of": as_of.isoformat(),
        "municipality": municipality,
    }
    if projection == EFFORT_OUTCOMES:
        indicators: Iterable[str] = OF_AN_EFFORT
        counted = await of_effort(connection, at_hand, OF_AN_EFFORT, municipality, course_id, as_of)
        said["course"] = {"id": course_id}
        said["pilots"] = await _pilots(connection, references, course_id, as_of)
    else:
        indicators = [indicator for indicator, _ in OF_A_MUNICIPALITY]
        counted = await of_municipality(connection, at_hand, OF_A_MUNICIPALITY, municipality, as_of, {})
    said["rows"] = [_short(row) for row in counted.rows]
    said["definitions"] = {indicator: _definition(indicator) for indicator in indicators}
    said["position"] = {"epoch": str(position[0]), "sequence": position[1]}
    return Document(msgspec.json.encode(said), counted.cost_s)


def _short(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _rounded(value) for name, value in row.items() if name not in SAID_ONCE and value is not None}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {name: _rounded(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value


def _definition(indicator: str) -> dict[str, Any]:
    row = CATALOGUE[indicator]
    return {"definition": row.definition_da, "definition_version": row.version}


async def _pilots(connection: Connection, references: References, course_id: str, as_of: date) -> list[dict[str, Any]]:
    """The verdicts of a course's pilots with their counts, as ``GET /effect/verdicts`` gives them to its staff."""
    pilots = [pilot for pilot in references.pilots.values() if pilot.course == course_id]
    course = References(courses={course_id: references.course(course_id)})  # the others may change meanwhile
    found = []
    for pilot in pilots:
        cells = await cell_table.cells_of_course(connection, pilot.municipality, course_id, JUDGED)
        found.append(await asyncio.to_thread(pilot_verdict, pilot, cells, course, as_of))
    return [view(verdict, counts=True).model_dump(mode="json") for verdict in newest_first(found)]
