"""Reads for gaps and screening: the newest measurements as the rules want them, and the gaps that were found."""

import json
from collections import defaultdict
from datetime import datetime
from uuid import UUID

from services.assessment import queries
from services.assessment.rules.comparison import Measurement
from services.assessment.views.gap import CourseView, GapView, gap_view
from shared.clock import danish_day
from shared.contracts.assessment import GapFound
from shared.persistence import Transaction
from shared.persistence.known_citizens import SAME_CITIZEN

CANDIDATES = """
    known_citizen AS known JOIN known_citizen AS kept ON kept.citizen_id = coalesce(known.merged_into, known.citizen_id)
    WHERE kept.municipality = $1 AND kept.here AND kept.merged_into IS NULL AND NOT kept.erased
"""
"""Every id of every citizen who is at the jobcenter of the municipality $1."""


async def measurements(tx: Transaction, citizen_id: UUID) -> dict[int, Measurement]:
    """The newest measurement of each area of one citizen."""
    return {
        area.area: Measurement(
            area.level, area.level_low, area.level_high, area.items, danish_day(area.finished_at), area.calibrated
        )
        for area in await queries.newest_areas(tx, citizen_id)
    }


async def measurements_of_candidates(tx: Transaction, municipality: str) -> dict[UUID, dict[int, Measurement]]:
    """The newest measurement of each area of every tested citizen who is at the jobcenter."""
    rows = await tx.fetch(
        f"""
        SELECT DISTINCT ON (kept_id, a.area) kept_id, a.area, a.level, a.level_low, a.level_high, a.items,
            (t.finished_at AT TIME ZONE 'Europe/Copenhagen')::date, t.calibrated
        FROM (SELECT kept.citizen_id AS kept_id, known.citizen_id FROM {CANDIDATES}) AS candidate
            JOIN test_result AS t USING (citizen_id) JOIN area_result AS a USING (test_id)
        ORDER BY kept_id, a.area, a.items > 0 DESC, t.finished_at DESC, t.test_id DESC
        """,
        municipality,
    )
    found: dict[UUID, dict[int, Measurement]] = defaultdict(dict)
    for kept_id, area, *measured in rows:
        found[kept_id][area] = Measurement(*measured)  # the columns are its fields, in their order
    return found


async def candidates(tx: Transaction, municipality: str) -> int:
    """How many citizens are at the jobcenter, tested or not."""
    number: int = await tx.fetchval(f"SELECT count(DISTINCT kept.citizen_id) FROM {CANDIDATES}", municipality)
    return number


async def courses_named(tx: Transaction, course_ids: set[UUID]) -> dict[UUID, CourseView]:
    """What is known of these courses, closed ones too."""
    rows = await tx.fetch(
        "SELECT course_id, title, weeks, on_offer FROM known_course WHERE course_id = ANY($1)", list(course_ids)
    )
    return {row["course_id"]: CourseView.model_validate(dict(row)) for row in rows}


async def gap_told(tx: Transaction, event: GapFound, found_at: datetime, *, validated: bool) -> GapView:
    """A gap that was just found, to a profile that is validated or not, as its reader sees it."""
    row = event.model_dump() | {"found_at": found_at, "validated": validated}
    return gap_view(row, await courses_named(tx, set(event.course_ids)))


async def gaps(tx: Transaction, citizen_id: UUID) -> list[GapView]:
    """The newest gap to each profile that the citizen was held against, newest first."""
    rows = await tx.fetch(
        f"""
        SELECT * FROM (
            SELECT DISTINCT ON (gap.profile_id) gap.*, profile.validated
            FROM gap LEFT JOIN job_profile AS profile USING (profile_id)
            WHERE citizen_id IN ({SAME_CITIZEN}) ORDER BY gap.profile_id, found_at DESC
        ) AS newest ORDER BY found_at DESC, profile_id
        """,
        citizen_id,
    )
    read = [dict(row) | {name: json.loads(row[name]) for name in ("areas", "course_ids")} for row in rows]
    named = await courses_named(tx, {UUID(course_id) for row in read for course_id in row["course_ids"]})
    return [gap_view(row, named) for row in read]
