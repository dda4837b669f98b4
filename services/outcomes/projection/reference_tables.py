"""The courses and cohorts as tables, for those who join them in SQL (schema ``analytics``).

The figures never read them: they cut by ``References``, of which these are copies.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from services.outcomes.effect.fact import Fact
from services.outcomes.effect.references import Cohort, Course, References
from shared.persistence.connection import Connection

SAVE_COURSE = """
INSERT INTO course (course_id, municipality, title, kind, provider, methods, it_specific, closed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (course_id) DO UPDATE SET (municipality, title, kind, provider, methods, it_specific, closed) =
(excluded.municipality, excluded.title, excluded.kind, excluded.provider, excluded.methods, excluded.it_specific,
excluded.closed)
"""
SAVE_COHORT = """
INSERT INTO cohort (cohort_id, municipality, course_id, starts, ends, capacity, cancelled)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (cohort_id) DO UPDATE SET (municipality, course_id, starts, ends, capacity, cancelled) =
(excluded.municipality, excluded.course_id, excluded.starts, excluded.ends, excluded.capacity, excluded.cancelled)
"""
LARGEST = 2**31 - 1


async def replace_references(connection: Connection, references: References) -> None:
    """Make the tables what is known."""
    async with connection.transaction():
        await connection.execute("DELETE FROM course")
        await connection.execute("DELETE FROM cohort")
        await _save(connection, references.courses.values(), references.cohorts.values())


async def save_references(connection: Connection, references: References, told: Iterable[Fact]) -> None:
    """Save the courses and cohorts that these facts told of."""
    ids = [(fact.data.get("cohort_id"), fact.data.get("course_id")) for fact in told]
    cohorts = {cohort for cohort, _ in ids if cohort is not None}
    courses = {course for cohort, course in ids if cohort is None}
    await _save(
        connection,
        [course for course in references.courses.values() if course.id in courses],
        [cohort for cohort in references.cohorts.values() if cohort.id in cohorts],
    )


async def _save(connection: Connection, courses: Iterable[Course], cohorts: Iterable[Cohort]) -> None:
    await connection.executemany(SAVE_COURSE, [_course(course) for course in courses])
    await connection.executemany(SAVE_COHORT, [_cohort(cohort) for cohort in cohorts])


def _course(course: Course) -> tuple[Any, ...]:
    return (
        _text(course.id),
        _text(course.municipality),
        _text(course.title),
        _text(course.kind),
        _text(course.provider),
        [_text(method) for method in course.methods],
        course.it_specific,
        course.closed,
    )


def _cohort(cohort: Cohort) -> tuple[Any, ...]:
    capacity = cohort.capacity
    return (
        _text(cohort.id),
        _text(cohort.municipality),
        _text(cohort.course),
        None if cohort.starts is None else date.fromordinal(cohort.starts),
        None if cohort.ends is None else date.fromordinal(cohort.ends),
        capacity if isinstance(capacity, int) and abs(capacity) <= LARGEST else None,
        cohort.cancelled,
    )


def _text(value: object) -> str | None:
    """A text that the table can keep: a fact's payload is whatever its sender put there."""
    return None if value is None else str(value).replace("\0", "")
