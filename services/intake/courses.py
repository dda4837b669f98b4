"""The courses that intake knows, from courses' events: which a citizen may be referred to, and which are wound down.

Each event has a consumer of its own, so events of one course may arrive in either order. A title therefore keeps the
version it stems from, and what ends a course has a row of its own, which no other event touches.
"""

from uuid import UUID

from services.intake.rules.course import Cause, Course, WindDown
from shared.clock import danish_day
from shared.contracts.courses import CourseChanged, CourseClosed, CourseOffered, PilotDecided
from shared.contracts.envelope import Envelope
from shared.persistence import Transaction
from shared.problems import Refused

FIRST_CAUSE = "CASE cause WHEN 'pilot-stopped' THEN 1 ELSE 2 END"
"""Of two ends of a course the pilot's is told: a person decided it, with a reason."""


async def course_to_refer_to(tx: Transaction, course_id: UUID, municipality: str) -> Course:
    """The course as it stands. Refused when courses has not told of it in this municipality."""
    ended = await tx.fetchrow(
        "SELECT cause, on_day, reason FROM wind_down WHERE course_id = $1 AND municipality = $2"
        f" ORDER BY {FIRST_CAUSE} LIMIT 1",
        course_id,
        municipality,
    )
    if ended is not None:
        return Course(course_id, WindDown(ended["cause"], ended["on_day"], ended["reason"]))
    known = await tx.fetchval(
        "SELECT true FROM known_course WHERE course_id = $1 AND municipality = $2", course_id, municipality
    )
    if not known:
        raise Refused(
            "course-unknown",
            "No such course in your municipality, or not yet",
            "A course that was offered a moment ago may take a moment to arrive here. Check the id (the courses service"
            " lists them: GET /courses) and try again; repeating the request with the same Idempotency-Key is safe.",
        )
    return Course(course_id)


async def know(tx: Transaction, event: CourseOffered | CourseChanged, envelope: Envelope) -> None:
    """A course has this title, unless a newer event told of another."""
    await tx.execute(
        """
        INSERT INTO known_course AS known (course_id, municipality, version, title) VALUES ($1, $2, $3, $4)
        ON CONFLICT (course_id) DO UPDATE SET version = excluded.version, title = excluded.title
        WHERE known.version < excluded.version
        """,
        event.course_id,
        event.municipality,
        envelope.sequence,
        event.title,
    )


async def wind_down(tx: Transaction, event: CourseClosed | PilotDecided, cause: Cause, envelope: Envelope) -> None:
    """A course takes nobody new from the day on which it happened."""
    await tx.execute(
        """
        INSERT INTO wind_down (course_id, cause, municipality, on_day, told_on, reason) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING
        """,
        event.course_id,
        cause,
        event.municipality,
        danish_day(envelope.time),
        danish_day(envelope.recordedtime),
        event.reason,
    )
