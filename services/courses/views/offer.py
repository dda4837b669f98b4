"""What callers may see of courses and cohorts: nothing about any citizen."""

import json
from collections.abc import Collection
from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.courses.queries import cohort_unknown, course_unknown
from shared.contracts.vocabulary import AreaLevel, CourseKind, LearningMethod
from shared.persistence import Transaction

COURSE = """
    SELECT c.course_id, c.description, c.closed_on, e.version
    FROM course AS c JOIN entity AS e ON e.subject = 'course/' || c.course_id
    WHERE c.municipality = $1
"""
COHORT = """
    SELECT h.*, v.version,
        count(e.*) FILTER (WHERE e.status = 'enrolled') AS enrolled,
        count(e.*) FILTER (WHERE e.status = 'offered') AS offered,
        count(e.*) FILTER (WHERE e.status = 'waitlisted') AS waitlisted,
        (SELECT count(*) FROM invitation AS i WHERE i.cohort_id = h.cohort_id AND i.identified) AS identified,
        (SELECT count(*) FROM invitation AS i WHERE i.cohort_id = h.cohort_id AND i.invited) AS invited,
        (SELECT count(*) FROM invitation AS i WHERE i.cohort_id = h.cohort_id AND i.answer = 'accepted') AS accepted,
        (SELECT count(*) FROM participation AS p WHERE p.cohort_id = h.cohort_id) AS started,
        (SELECT count(*) FROM participation AS p WHERE p.cohort_id = h.cohort_id AND p.ended IS NULL) AS running
    FROM cohort AS h JOIN entity AS v ON v.subject = 'cohort/' || h.cohort_id
        LEFT JOIN enrolment AS e USING (cohort_id)
    WHERE h.municipality = $1 AND {which}
    GROUP BY h.cohort_id, v.version ORDER BY h.starts, h.cohort_id
"""
LINE = f"""
    SELECT * FROM (
        SELECT h.*, c.description ->> 'title' AS course, c.description ->> 'kind' AS kind,
            CASE WHEN h.cancelled_on IS NOT NULL THEN 'cancelled' WHEN h.ends < $2 THEN 'ended'
                WHEN h.starts > $2 THEN 'upcoming' ELSE 'running' END AS state,
            CASE WHEN h.cancelled_on IS NULL AND h.frozen_on IS NULL AND h.starts >= $2
                THEN greatest(h.capacity - h.enrolled - h.offered, 0) ELSE 0 END AS free
        FROM ({COHORT}) AS h JOIN course AS c USING (course_id)
    ) AS line
"""
"""$1 is the municipality, $2 today."""
CohortState = Literal["upcoming", "running", "ended", "cancelled"]


class CourseView(BaseModel):
    """A course."""

    course_id: UUID
    version: int = Field(description="Send it as Expected-Version with a command that rests on what you read here.")
    title: str
    kind: CourseKind
    provider: str
    methods: list[LearningMethod]
    weeks: int
    hours: int
    digital_areas: list[AreaLevel]
    certificate: str | None = None
    target_groups: list[str]
    it_specific: bool
    price_dkk: int | None = None
    closed_on: date | None = Field(description="Since then it takes no new cohorts.")


class CohortView(BaseModel):
    """A cohort with its counts. A seat is free when nobody has it and it is offered to nobody."""

    cohort_id: UUID
    course_id: UUID
    version: int
    starts: date
    ends: date
    capacity: int
    site: str | None
    online: bool
    cancelled_on: date | None
    frozen_on: date | None = Field(description="Day of the frozen roster; null while people come and go.")
    identified: int
    invited: int
    accepted: int
    enrolled: int
    offered: int
    waitlisted: int
    started: int
    running: int


class CohortLine(CohortView):
    """A cohort with its counts, and what it is a cohort of."""

    course: str = Field(description="The course's title.")
    kind: CourseKind
    state: CohortState = Field(description="As of today; a cohort runs from its first day to its last.")
    free: int = Field(
        description="Seats that nobody has or is offered, while the cohort takes people. A pilot may allow fewer."
    )


class CourseWithCohorts(CourseView):
    """A course and its cohorts, the earliest first."""

    cohorts: list[CohortView]


async def courses(tx: Transaction, municipality: str, *, closed: bool) -> list[CourseView]:
    """The municipality's courses by title; closed ones only when asked for."""
    rows = await tx.fetch(
        f"{COURSE} AND ($2 OR c.closed_on IS NULL) ORDER BY c.description ->> 'title'", municipality, closed
    )
    return [_course(row["description"], row["version"], row["closed_on"]) for row in rows]


async def course(tx: Transaction, course_id: UUID, municipality: str) -> CourseWithCohorts:
    """One course with its cohorts. Raises NotFound."""
    row = await tx.fetchrow(f"{COURSE} AND c.course_id = $2", municipality, course_id)
    if row is None:
        raise course_unknown()
    cohorts = await tx.fetch(COHORT.format(which="h.course_id = $2"), municipality, course_id)
    view = _course(row["description"], row["version"], row["closed_on"])
    return CourseWithCohorts(**view.model_dump(), cohorts=[CohortView(**cohort) for cohort in cohorts])


async def cohort(tx: Transaction, cohort_id: UUID, municipality: str, today: date) -> CohortLine:
    """One cohort with its counts. Raises NotFound."""
    row = await tx.fetchrow(LINE.format(which="h.cohort_id = $3"), municipality, today, cohort_id)
    if row is None:
        raise cohort_unknown()
    return CohortLine(**row)


async def cohorts(
    tx: Transaction,
    municipality: str,
    today: date,
    *,
    states: Collection[CohortState],
    course_id: UUID | None,
    free: bool,
) -> list[CohortLine]:
    """The municipality's cohorts, the earliest first: in these states, or all; of one course; with free seats."""
    rows = await tx.fetch(
        LINE.format(which="($3::uuid IS NULL OR h.course_id = $3)")
        + " WHERE (cardinality($4::text[]) = 0 OR state = ANY($4)) AND (NOT $5 OR free > 0) ORDER BY starts, cohort_id",
        municipality,
        today,
        course_id,
        list(states),
        free,
    )
    return [CohortLine(**row) for row in rows]


def _course(description: str, version: int, closed_on: date | None) -> CourseView:
    return CourseView.model_validate(json.loads(description) | {"version": version, "closed_on": closed_on})
