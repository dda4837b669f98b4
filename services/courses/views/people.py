"""What callers may see of citizens in courses. Whoever asks logs the read first."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.courses.citizens import SAME_CITIZEN, must_be_ours
from services.courses.queries import cohort_unknown
from shared.contracts.courses import CertificateAwarded
from shared.contracts.vocabulary import EndReason, InvitationAnswer
from shared.persistence import Transaction

ROSTER = """
    SELECT citizen_id, i.identified, i.invited, i.answer, enrolment_id, e.status, e.position, e.expires,
        p.started, p.ended, p.reason
    FROM (
            SELECT *, CASE WHEN status = 'waitlisted' THEN rank() OVER (PARTITION BY status ORDER BY queue) END
                AS position
            FROM enrolment WHERE cohort_id = $1
        ) AS e
        FULL JOIN (SELECT * FROM participation WHERE cohort_id = $1) AS p USING (citizen_id, enrolment_id)
        FULL JOIN (SELECT * FROM invitation WHERE cohort_id = $1) AS i USING (citizen_id)
    ORDER BY e.queue NULLS FIRST, citizen_id, enrolment_id
"""
PARTICIPATIONS = f"""
    SELECT enrolment_id, cohort_id, h.course_id, c.description ->> 'title' AS course, h.starts, h.ends, e.status,
        e.expires, p.started, p.ended, p.reason,
        CASE WHEN e.status = 'waitlisted' THEN (SELECT count(*) FROM enrolment AS w WHERE w.cohort_id = e.cohort_id
            AND w.status = 'waitlisted' AND w.queue <= e.queue) END AS position
    FROM (SELECT * FROM enrolment WHERE citizen_id IN ({SAME_CITIZEN})) AS e
        FULL JOIN (SELECT * FROM participation WHERE citizen_id IN ({SAME_CITIZEN})) AS p
            USING (enrolment_id, cohort_id)
        LEFT JOIN cohort AS h USING (cohort_id) LEFT JOIN course AS c ON c.course_id = h.course_id
    WHERE coalesce(e.municipality, p.municipality) = $2
    ORDER BY h.starts DESC, enrolment_id
"""

Status = Literal["enrolled", "offered", "waitlisted", "withdrawn", "expired"]


class RosterLine(BaseModel):
    """One citizen of a cohort: how far invited, the enrolment and its place in line, the participation."""

    citizen_id: UUID
    identified: bool | None
    invited: bool | None
    answer: InvitationAnswer | None
    enrolment_id: UUID | None
    status: Status | None
    position: int | None = Field(description="Place in line now, 1 is next.")
    expires: datetime | None = Field(description="Until when a seat is held.")
    started: date | None
    ended: date | None
    reason: EndReason | None


class ParticipationView(BaseModel):
    """One enrolment of a citizen, and the participation that came of it."""

    enrolment_id: UUID
    cohort_id: UUID
    course_id: UUID | None
    course: str | None = Field(description="The course's title.")
    starts: date | None
    ends: date | None
    status: Status | None
    position: int | None = Field(description="Place in line now, 1 is next.")
    expires: datetime | None = Field(description="Until when a seat is held.")
    started: date | None
    ended: date | None
    reason: EndReason | None


class CertificateView(BaseModel):
    """A certificate as it was awarded, and whether it still counts."""

    certificate: CertificateAwarded
    revoked_on: date | None
    revoked_reason: str | None


async def roster(tx: Transaction, cohort_id: UUID, municipality: str) -> list[RosterLine]:
    """Every citizen of a cohort, once for each enrolment; the line in its order. Raises NotFound."""
    known = await tx.fetchval(
        "SELECT true FROM cohort WHERE cohort_id = $1 AND municipality = $2", cohort_id, municipality
    )
    if not known:
        raise cohort_unknown()
    return [RosterLine(**row) for row in await tx.fetch(ROSTER, cohort_id)]


async def participations(tx: Transaction, citizen_id: UUID, municipality: str) -> list[ParticipationView]:
    """Everything the citizen is or was enrolled on, the newest cohort first. Raises NotFound."""
    await must_be_ours(tx, citizen_id, municipality)
    return [ParticipationView(**row) for row in await tx.fetch(PARTICIPATIONS, citizen_id, municipality)]


async def certificates(tx: Transaction, citizen_id: UUID, municipality: str) -> list[CertificateView]:
    """The citizen's certificates, the newest first. Raises NotFound."""
    await must_be_ours(tx, citizen_id, municipality)
    rows = await tx.fetch(
        f"SELECT award, revoked_on, revoked_reason FROM certificate WHERE citizen_id IN ({SAME_CITIZEN})"
        " AND municipality = $2 ORDER BY award ->> 'on' DESC, certificate_id",
        citizen_id,
        municipality,
    )
    return [
        CertificateView(
            certificate=CertificateAwarded.model_validate_json(row["award"]),
            revoked_on=row["revoked_on"],
            revoked_reason=row["revoked_reason"],
        )
        for row in rows
    ]
