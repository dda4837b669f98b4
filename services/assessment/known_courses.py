"""The courses that could close a gap, from the events of courses: as told last, whichever event arrives last."""

import json

from services.assessment.rules.course import Course
from shared.contracts.courses import CourseChanged, CourseClosed, CourseOffered
from shared.contracts.envelope import Envelope
from shared.contracts.vocabulary import AreaLevel
from shared.persistence import Transaction


async def offer(tx: Transaction, event: CourseOffered | CourseChanged, envelope: Envelope) -> None:
    """The course is on offer as it is described now."""
    await tx.execute(
        """
        INSERT INTO known_course AS known (course_id, version, closed_version, municipality, on_offer, title, weeks,
            areas)
        VALUES ($1, $2, 0, $3, true, $4, $5, $6)
        ON CONFLICT (course_id) DO UPDATE SET version = excluded.version,
            on_offer = known.closed_version < excluded.version, title = excluded.title, weeks = excluded.weeks,
            areas = excluded.areas
        WHERE known.version < excluded.version
        """,
        event.course_id,
        envelope.sequence,
        envelope.municipality,
        event.title,
        event.weeks,
        json.dumps([area.model_dump() for area in event.digital_areas]),
    )


async def close(tx: Transaction, event: CourseClosed, envelope: Envelope) -> None:
    """The course is on offer no more. What it was called is kept, whenever it is told: gaps that were found name it."""
    await tx.execute(
        """
        INSERT INTO known_course AS known (course_id, version, closed_version, municipality, on_offer, weeks, areas)
        VALUES ($1, 0, $2, $3, false, 0, '[]')
        ON CONFLICT (course_id) DO UPDATE SET closed_version = excluded.closed_version,
            on_offer = excluded.closed_version < known.version
        WHERE known.closed_version < excluded.closed_version
        """,
        event.course_id,
        envelope.sequence,
        envelope.municipality,
    )


async def on_offer(tx: Transaction, municipality: str) -> list[Course]:
    """The municipality's courses, shortest first: it is intensive upskilling that is asked for."""
    rows = await tx.fetch(
        "SELECT course_id, weeks, areas FROM known_course WHERE municipality = $1 AND on_offer"
        " ORDER BY weeks, course_id",
        municipality,
    )
    return [Course(row["course_id"], row["weeks"], _areas(row["areas"])) for row in rows]


def _areas(document: str) -> tuple[AreaLevel, ...]:
    return tuple(AreaLevel.model_validate(area) for area in json.loads(document))
