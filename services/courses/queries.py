"""What the rules decide on, loaded and locked. What callers may see is in ``views``."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import asyncpg

from services.courses import pilots
from services.courses.rules.certificate import Certificate
from services.courses.rules.cohort import Cohort
from services.courses.rules.course import Course
from services.courses.rules.invitation import Invitation
from services.courses.rules.participation import Participation
from services.courses.rules.seat import Claim, Seats
from shared.contracts.courses import CertificateAwarded, CourseOffered
from shared.moment import end_of
from shared.persistence import Transaction
from shared.persistence.known_citizens import SAME_CITIZEN, must_be_all
from shared.problems import NotFound


async def course_to_change(tx: Transaction, course_id: UUID, municipality: str) -> Course:
    """The course, locked until the commit. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT description, closed_on FROM course WHERE course_id = $1 AND municipality = $2 FOR UPDATE",
        course_id,
        municipality,
    )
    if row is None:
        raise course_unknown()
    return Course(CourseOffered.model_validate_json(row["description"]), closed=row["closed_on"] is not None)


async def cohort_to_fill(tx: Transaction, cohort_id: UUID, municipality: str) -> Cohort:
    """The cohort, locked until the commit, so that two decisions about its seats follow each other. Raises NotFound.

    The pilot of its course is locked after it, so that decisions about the seats of all its cohorts follow each other.
    """
    row = await tx.fetchrow(
        "SELECT * FROM cohort WHERE cohort_id = $1 AND municipality = $2 FOR UPDATE", cohort_id, municipality
    )
    if row is None:
        raise cohort_unknown()
    return Cohort(
        municipality=municipality,
        cohort_id=cohort_id,
        course_id=row["course_id"],
        starts=row["starts"],
        ends=row["ends"],
        capacity=row["capacity"],
        closes=end_of(row["starts"]),
        cancelled=row["cancelled_on"] is not None,
        frozen_on=row["frozen_on"],
        pilot=await pilots.pilot_of(tx, row["course_id"]),
    )


async def seats_to_give(tx: Transaction, cohort_id: UUID, municipality: str) -> Seats:
    """The cohort's seats and line, the cohort locked until the commit. Raises NotFound."""
    cohort = await cohort_to_fill(tx, cohort_id, municipality)
    rows = await tx.fetch(
        """
        SELECT e.enrolment_id, e.citizen_id, coalesce(k.merged_into, e.citizen_id) AS person, e.status, e.expires
        FROM enrolment AS e LEFT JOIN known_citizen AS k USING (citizen_id)
        WHERE e.cohort_id = $1 AND e.status IN ('enrolled', 'offered', 'waitlisted')
        ORDER BY e.queue NULLS FIRST, e.enrolment_id
        """,
        cohort_id,
    )
    limited = cohort.pilot is not None and cohort.pilot.size is not None
    others = await pilots.cohorts_of(tx, cohort.course_id) if limited else ()
    elsewhere = sum(other.taken for other in others if other.cohort_id != cohort_id)
    return Seats(cohort, tuple(Claim(**row) for row in rows), elsewhere)


async def seats_of_enrolment(tx: Transaction, enrolment_id: UUID, municipality: str) -> tuple[Seats, UUID]:
    """The seats of the cohort that an enrolment belongs to, locked, and the enrolment's citizen. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT cohort_id, citizen_id FROM enrolment WHERE enrolment_id = $1 AND municipality = $2",
        enrolment_id,
        municipality,
    )
    if row is None:
        raise NotFound("enrolment-unknown", "No such enrolment in your municipality", "Check the id.")
    return await seats_to_give(tx, row["cohort_id"], municipality), row["citizen_id"]


async def invitations(tx: Transaction, cohort_id: UUID, citizens: Iterable[UUID]) -> dict[UUID, Invitation]:
    """How far each of these citizens has come with the cohort; who has not come anywhere is not in it."""
    rows = await tx.fetch(
        "SELECT citizen_id, identified, invited, answer FROM invitation WHERE cohort_id = $1 AND citizen_id = ANY($2)",
        cohort_id,
        list(citizens),
    )
    return _invitations(rows)


async def invitations_of_known(
    tx: Transaction, cohort_id: UUID, citizens: Iterable[UUID], municipality: str
) -> dict[UUID, Invitation]:
    """The same for citizens who must be known, as ``known_citizens.lock`` says and locks them; the cohort is locked."""
    wanted = set(citizens)
    rows = await tx.fetch(
        """
        SELECT k.citizen_id, k.merged_into, i.identified, i.invited, i.answer
        FROM known_citizen AS k LEFT JOIN invitation AS i ON i.citizen_id = k.citizen_id AND i.cohort_id = $3
        WHERE k.citizen_id = ANY($1) AND k.municipality = $2 AND NOT k.erased ORDER BY k.citizen_id FOR UPDATE OF k
        """,
        list(wanted),
        municipality,
        cohort_id,
    )
    must_be_all(wanted, rows)
    return _invitations(row for row in rows if row["identified"] is not None)


def _invitations(rows: Iterable[asyncpg.Record]) -> dict[UUID, Invitation]:
    return {row["citizen_id"]: Invitation(row["identified"], row["invited"], row["answer"]) for row in rows}


async def participations_of_cohort(tx: Transaction, cohort_id: UUID, municipality: str) -> dict[UUID, Participation]:
    """Every participation of the cohort by its enrolment, locked until the commit."""
    rows = await tx.fetch(
        "SELECT * FROM participation WHERE cohort_id = $1 AND municipality = $2 ORDER BY enrolment_id FOR UPDATE",
        cohort_id,
        municipality,
    )
    return {row["enrolment_id"]: Participation(**row) for row in rows}


async def attendance_of_day(tx: Transaction, cohort_id: UUID, on: date) -> dict[UUID, bool]:
    """Who was there on this day by her enrolment; whoever nobody has told of is not in it."""
    rows = await tx.fetch(
        'SELECT enrolment_id, present FROM attendance WHERE cohort_id = $1 AND "on" = $2', cohort_id, on
    )
    return {row["enrolment_id"]: row["present"] for row in rows}


async def participation_to_end(tx: Transaction, enrolment_id: UUID, municipality: str) -> Participation:
    """The participation, locked until the commit. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT * FROM participation WHERE enrolment_id = $1 AND municipality = $2 FOR UPDATE",
        enrolment_id,
        municipality,
    )
    if row is None:
        raise participation_unknown()
    return Participation(**row)


async def running_participations(tx: Transaction, citizen_id: UUID, municipality: str) -> list[Participation]:
    """The citizen's participations that have not ended, under every id she has had, locked until the commit."""
    rows = await tx.fetch(
        f"SELECT * FROM participation WHERE citizen_id IN ({SAME_CITIZEN}) AND municipality = $2 AND ended IS NULL"
        " ORDER BY enrolment_id FOR UPDATE",
        citizen_id,
        municipality,
    )
    return [Participation(**row) for row in rows]


async def certificates_held(tx: Transaction, citizen_id: UUID) -> list[Certificate]:
    """Every certificate of the citizen, revoked ones too."""
    rows = await tx.fetch(f"SELECT * FROM certificate WHERE citizen_id IN ({SAME_CITIZEN})", citizen_id)
    return [_certificate(row) for row in rows]


async def certificate_to_revoke(tx: Transaction, certificate_id: UUID, municipality: str) -> Certificate:
    """The certificate, locked until the commit. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT * FROM certificate WHERE certificate_id = $1 AND municipality = $2 FOR UPDATE",
        certificate_id,
        municipality,
    )
    if row is None:
        raise NotFound("certificate-unknown", "No such certificate in your municipality", "Check the id.")
    return _certificate(row)


def course_unknown() -> NotFound:
    """No such course, as callers are told."""
    return NotFound("course-unknown", "No such course in your municipality", "GET /courses lists them.")


def cohort_unknown() -> NotFound:
    """No such cohort, as callers are told."""
    return NotFound("cohort-unknown", "No such cohort in your municipality", "GET /courses/{course_id} lists them.")


def participation_unknown() -> NotFound:
    """No such participation, as callers are told."""
    return NotFound(
        "participation-unknown",
        "No such participation in your municipality",
        "A participation starts when its cohort's roster is frozen. Check the enrolment's id.",
    )


def _certificate(row: asyncpg.Record) -> Certificate:
    award = CertificateAwarded.model_validate_json(row["award"])
    return Certificate(
        municipality=award.municipality,
        certificate_id=award.certificate_id,
        citizen_id=award.citizen_id,
        enrolment_id=award.enrolment_id,
        code=award.code,
        awarded=award.on,
        revoked=row["revoked_on"],
    )
