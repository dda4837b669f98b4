"""What callers may see of citizens in courses. Whoever asks logs the read first."""

from collections import defaultdict
from datetime import date, datetime
from typing import Literal
from uuid import UUID

import asyncpg
from pydantic import BaseModel, Field

from services.courses.queries import cohort_unknown
from shared.contracts.courses import CertificateAwarded
from shared.contracts.vocabulary import EndReason, InvitationAnswer
from shared.persistence import Transaction
from shared.persistence.known_citizens import SAME_CITIZEN, must_be_known

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

ATTENDANCE = """
    SELECT a.enrolment_id, a."on", a.present FROM attendance AS a JOIN participation AS p USING (enrolment_id)
    WHERE a.cohort_id = $1 AND (p.ended IS NULL OR a."on" <= p.ended) ORDER BY a."on"
"""
"""A day after the end, which may have been told late, counts for nobody."""
OF_ROSTER = """
    SELECT award, revoked_on, revoked_reason FROM certificate
    WHERE citizen_id IN (
        SELECT citizen_id FROM participation WHERE cohort_id = $1
        UNION SELECT k.merged_into FROM participation AS p JOIN known_citizen AS k USING (citizen_id)
            WHERE p.cohort_id = $1 AND k.merged_into IS NOT NULL
    ) AND award ->> 'enrolment_id' IN (SELECT enrolment_id::text FROM participation WHERE cohort_id = $1)
    ORDER BY award ->> 'on', certificate_id
"""

Status = Literal["enrolled", "offered", "waitlisted", "withdrawn", "expired"]


class CertificateView(BaseModel):
    """A certificate as it was awarded, and whether it still counts."""

    certificate: CertificateAwarded
    revoked_on: date | None
    revoked_reason: str | None


class DayThere(BaseModel):
    """Whether a participant was there on a day."""

    on: date
    present: bool


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
    days_present: int = Field(default=0, description="Of the recorded days, those on which the citizen was there.")
    days_recorded: int = Field(default=0, description="Days of the participation for which somebody told.")
    attendance: list[DayThere] = Field(default=[], description="Each of them, the earliest first.")
    certificates: list[CertificateView] = Field(
        default=[], description="Awarded for this participation, revoked ones too; the earliest first."
    )


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


async def roster(tx: Transaction, cohort_id: UUID, municipality: str) -> list[RosterLine]:
    """Every citizen of a cohort, once for each enrolment; the line in its order. Raises NotFound."""
    known = await tx.fetchval(
        "SELECT true FROM cohort WHERE cohort_id = $1 AND municipality = $2", cohort_id, municipality
    )
    if not known:
        raise cohort_unknown()
    days: dict[UUID, list[DayThere]] = defaultdict(list)
    for row in await tx.fetch(ATTENDANCE, cohort_id):
        days[row["enrolment_id"]].append(DayThere(on=row["on"], present=row["present"]))
    held: dict[UUID | None, list[CertificateView]] = defaultdict(list)
    for row in await tx.fetch(OF_ROSTER, cohort_id):
        one = _certificate(row)
        held[one.certificate.enrolment_id].append(one)
    return [_line(row, days, held) for row in await tx.fetch(ROSTER, cohort_id)]


async def participations(tx: Transaction, citizen_id: UUID, municipality: str) -> list[ParticipationView]:
    """Everything the citizen is or was enrolled on, the newest cohort first. Raises NotFound."""
    await must_be_known(tx, citizen_id, municipality)
    return [ParticipationView(**row) for row in await tx.fetch(PARTICIPATIONS, citizen_id, municipality)]


async def certificates(tx: Transaction, citizen_id: UUID, municipality: str) -> list[CertificateView]:
    """The citizen's certificates, the newest first. Raises NotFound."""
    await must_be_known(tx, citizen_id, municipality)
    rows = await tx.fetch(
        f"SELECT award, revoked_on, revoked_reason FROM certificate WHERE citizen_id IN ({SAME_CITIZEN})"
        " AND municipality = $2 ORDER BY award ->> 'on' DESC, certificate_id",
        citizen_id,
        municipality,
    )
    return [_certificate(row) for row in rows]


def _certificate(row: asyncpg.Record) -> CertificateView:
    return CertificateView(
        certificate=CertificateAwarded.model_validate_json(row["award"]),
        revoked_on=row["revoked_on"],
        revoked_reason=row["revoked_reason"],
    )


def _line(
    row: asyncpg.Record, days: dict[UUID, list[DayThere]], held: dict[UUID | None, list[CertificateView]]
) -> RosterLine:
    there = days.get(row["enrolment_id"], [])
    return RosterLine(
        **row,
        attendance=there,
        days_recorded=len(there),
        days_present=sum(day.present for day in there),
        certificates=held.get(row["enrolment_id"], []) if row["enrolment_id"] else [],
    )
