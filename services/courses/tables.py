"""The tables of courses, as Alembic sees them. The code reads and writes them in SQL (queries.py, state.py).

No foreign keys and no unique keys beside the primary ones: the rows follow from the events, and an event that is in the
log can always be applied. The rules, and the cohort's lock that queries.py takes, keep the commands honest.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, DateTime, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Table(SQLModel, registry=registry()):
    """A table of this service; its metadata is its own, for other services use the same words."""


class CourseRow(Table, table=True):
    """A course; ``description`` is the newest event's whole payload. ``closed_on`` is null while it takes cohorts."""

    __tablename__ = "course"

    course_id: UUID = Field(primary_key=True)
    municipality: str
    description: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    closed_on: date | None = None


class PilotRow(Table, table=True):
    """A pilot; ``plan`` is what was registered, the event's whole payload.

    Its row is the lock on the seats of all cohorts of the course.
    """

    __tablename__ = "pilot"
    __table_args__ = (Index("pilot_course", "course_id"),)

    pilot_id: UUID = Field(primary_key=True)
    municipality: str
    course_id: UUID
    plan: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class PilotDecisionRow(Table, table=True):
    """A decision about a pilot; ``version`` is the pilot's after it, ``told`` the event's whole payload."""

    __tablename__ = "pilot_decision"

    pilot_id: UUID = Field(primary_key=True)
    version: int = Field(primary_key=True)
    decided: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    told: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class CohortRow(Table, table=True):
    """A cohort (hold). Its row is the lock under which seats are given."""

    __tablename__ = "cohort"
    __table_args__ = (Index("cohort_course", "course_id"),)

    cohort_id: UUID = Field(primary_key=True)
    municipality: str
    course_id: UUID
    starts: date
    ends: date
    capacity: int
    site: str | None = None
    online: bool
    cancelled_on: date | None = None
    frozen_on: date | None = None


class InvitationRow(Table, table=True):
    """How far a citizen has come with a cohort before enrolling."""

    __tablename__ = "invitation"

    cohort_id: UUID = Field(primary_key=True)
    citizen_id: UUID = Field(primary_key=True, index=True)
    municipality: str
    identified: bool
    invited: bool
    answer: str | None = None
    reason: str | None = None


class EnrolmentRow(Table, table=True):
    """An enrolment: enrolled, offered or waitlisted while it stands; withdrawn or expired when it is over.

    ``queue`` grows within a cohort: the lowest that waits is the first in line.
    """

    __tablename__ = "enrolment"
    __table_args__ = (Index("enrolment_cohort", "cohort_id"), Index("enrolment_citizen", "citizen_id"))

    enrolment_id: UUID = Field(primary_key=True)
    municipality: str
    cohort_id: UUID
    citizen_id: UUID
    status: str
    queue: int | None = None
    expires: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True)))
    reason: str | None = None


class ParticipationRow(Table, table=True):
    """A participation; ``ended`` is null while it runs."""

    __tablename__ = "participation"
    __table_args__ = (Index("participation_cohort", "cohort_id"), Index("participation_citizen", "citizen_id"))

    enrolment_id: UUID = Field(primary_key=True)
    municipality: str
    cohort_id: UUID
    course_id: UUID
    citizen_id: UUID
    started: date
    ended: date | None = None
    reason: str | None = None


class AttendanceRow(Table, table=True):
    """Whether a participant was there on a day of her cohort; the later told holds."""

    __tablename__ = "attendance"
    __table_args__ = (Index("attendance_cohort", "cohort_id", "on"), Index("attendance_citizen", "citizen_id"))

    enrolment_id: UUID = Field(primary_key=True)
    on: date = Field(primary_key=True)
    municipality: str
    cohort_id: UUID
    citizen_id: UUID
    present: bool


class CertificateRow(Table, table=True):
    """A certificate; ``award`` is the event's whole payload. ``revoked_on`` is null while it counts."""

    __tablename__ = "certificate"
    __table_args__ = (Index("certificate_citizen", "citizen_id"),)

    certificate_id: UUID = Field(primary_key=True)
    municipality: str
    citizen_id: UUID
    award: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    revoked_on: date | None = None
    revoked_reason: str | None = None


class KnownCitizenRow(Table, table=True):
    """A citizen that intake told of: whom courses may enrol. An erased one stays as a bare id, to stay erased."""

    __tablename__ = "known_citizen"

    citizen_id: UUID = Field(primary_key=True)
    municipality: str
    merged_into: UUID | None = Field(default=None, index=True)
    erased: bool
