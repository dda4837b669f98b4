"""The pilot of a course and the seats of its cohorts: what the rules decide on, loaded and locked.

Locks are taken in one order everywhere: the course, its cohorts, its pilot, citizens.
"""

from uuid import UUID

from services.courses.rules.pilot import CohortSeats, Pilot
from shared.contracts.courses import PilotDecided, PilotOpened
from shared.persistence import Transaction
from shared.problems import NotFound

COHORTS = """
    SELECT h.cohort_id, h.starts, h.capacity,
        h.cancelled_on IS NOT NULL AS cancelled, h.frozen_on IS NOT NULL AS frozen,
        CASE WHEN h.frozen_on IS NULL
            THEN (SELECT count(*) FROM enrolment AS e
                  WHERE e.cohort_id = h.cohort_id AND e.status IN ('enrolled', 'offered'))
            ELSE (SELECT count(*) FROM participation AS p
                  WHERE p.cohort_id = h.cohort_id AND p.reason IS DISTINCT FROM 'mis_registered')
        END AS taken,
        (SELECT count(*) FROM enrolment AS e WHERE e.cohort_id = h.cohort_id AND e.status = 'waitlisted') AS waiting
    FROM cohort AS h WHERE h.course_id = $1 ORDER BY h.starts, h.cohort_id
"""


async def pilot_of(tx: Transaction, course_id: UUID) -> Pilot | None:
    """The course's pilot, locked until the commit, if it has one."""
    row = await tx.fetchrow(
        "SELECT pilot_id, plan FROM pilot WHERE course_id = $1 ORDER BY pilot_id DESC LIMIT 1 FOR UPDATE", course_id
    )
    return None if row is None else await _with_decisions(tx, row["pilot_id"], row["plan"])


async def pilot_to_decide(tx: Transaction, pilot_id: UUID) -> Pilot:
    """The pilot, locked until the commit; lock its course before. Raises NotFound."""
    plan = await tx.fetchval("SELECT plan FROM pilot WHERE pilot_id = $1 FOR UPDATE", pilot_id)
    if plan is None:
        raise pilot_unknown()
    return await _with_decisions(tx, pilot_id, plan)


async def course_of(tx: Transaction, pilot_id: UUID, municipality: str) -> UUID:
    """The course that the pilot tries out. Raises NotFound."""
    course_id: UUID | None = await tx.fetchval(
        "SELECT course_id FROM pilot WHERE pilot_id = $1 AND municipality = $2", pilot_id, municipality
    )
    if course_id is None:
        raise pilot_unknown()
    return course_id


async def cohorts_of(tx: Transaction, course_id: UUID) -> tuple[CohortSeats, ...]:
    """The course's cohorts with their seats, the earliest first. No seat is given while its pilot is locked."""
    return tuple(CohortSeats(**row) for row in await tx.fetch(COHORTS, course_id))


async def cohorts_to_limit(tx: Transaction, course_id: UUID) -> tuple[CohortSeats, ...]:
    """The same for a course without a pilot, each locked until the commit, so that no seat is given meanwhile."""
    await tx.fetch("SELECT true FROM cohort WHERE course_id = $1 ORDER BY cohort_id FOR UPDATE", course_id)
    return await cohorts_of(tx, course_id)


def pilot_unknown() -> NotFound:
    """No such pilot, as callers are told."""
    return NotFound("pilot-unknown", "No such pilot in your municipality", "GET /pilots lists them.")


async def _with_decisions(tx: Transaction, pilot_id: UUID, plan: str) -> Pilot:
    """A query of its own, after the lock: only so does it see what was decided while the lock was waited for."""
    rows = await tx.fetch("SELECT told FROM pilot_decision WHERE pilot_id = $1 ORDER BY version", pilot_id)
    return Pilot(
        PilotOpened.model_validate_json(plan), tuple(PilotDecided.model_validate_json(row["told"]) for row in rows)
    )
