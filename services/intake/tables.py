"""Intake's own tables, as Alembic sees them. The code reads and writes them in SQL (queries.py, state.py, vault.py).

No foreign keys: the rows follow from the events, and applying one never fails on what another should have said.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Column, DateTime, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

AWAITED = "answer IS NULL AND replaced_by IS NULL"
"""Of a referral: that its answer is still to come."""
MERGED = "merged_into IS NOT NULL"
"""Of a citizen: that another id stands for her."""


class Table(SQLModel, registry=registry()):
    """A table of this service; its metadata is its own, for other services use the same words."""


class CitizenRow(Table, table=True):
    """A citizen of one municipality. ``left_on`` is null while she is at the jobcenter.

    ``merged_into`` is the id that she is known by now, where two were one person.
    """

    __tablename__ = "citizen"
    __table_args__ = (
        Index("citizen_newest", "municipality", "registered_on", "citizen_id"),
        Index("citizen_merged", "merged_into", postgresql_where=text(MERGED)),
    )

    citizen_id: UUID = Field(primary_key=True)
    municipality: str
    birth_year: int
    registered_on: date
    left_on: date | None = None
    left_reason: str | None = None
    merged_into: UUID | None = None


class CircumstancesRow(Table, table=True):
    """What an event said about a citizen from a day on; null where it said nothing. ``version`` is the event's.

    An empty ``unit`` says that she belongs to none.
    A registration says what holds until something else is known: its ``valid_from`` is ``-infinity``.
    """

    __tablename__ = "circumstances"

    citizen_id: UUID = Field(primary_key=True)
    version: int = Field(primary_key=True)
    valid_from: date
    target_group: str | None = None
    education_level: str | None = None
    academic: bool | None = None
    unemployed_since: date | None = None
    device: str | None = None
    protected: bool | None = None
    unit: str | None = None


class StandingRow(Table, table=True):
    """What holds of a citizen from ``valid_from`` up to, not including, ``valid_until`` (standing.py)."""

    __tablename__ = "standing"
    __table_args__ = (
        Index("standing_longest", "municipality", "unemployed_since", "citizen_id"),
        Index("standing_unit", "municipality", "unit", "unemployed_since", "citizen_id"),
    )

    citizen_id: UUID = Field(primary_key=True)
    valid_from: date = Field(primary_key=True)
    valid_until: date
    municipality: str
    target_group: str
    education_level: str
    unemployed_since: date
    protected: bool
    unit: str | None = None


class BarrierRow(Table, table=True):
    """An open barrier."""

    __tablename__ = "barrier"

    citizen_id: UUID = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    severity: str
    since: date


class ReferralRow(Table, table=True):
    """A referral, and its answer or the referral that took its place, once there is one.

    ``course_id`` is null unless the referral names a course.
    """

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="referral_answer_has_a_day"),
        Index("referral_citizen", "citizen_id"),
        Index("referral_course", "course_id"),
        Index("referral_awaited", "citizen_id", "due", postgresql_where=text(AWAITED)),
    )

    referral_id: UUID = Field(primary_key=True)
    citizen_id: UUID
    offer: str
    reason: str
    due: date
    made_on: date
    answer: str | None = None
    answer_reason: str | None = None
    answered_on: date | None = None
    course_id: UUID | None = None
    replaced_by: UUID | None = None


class KnownCourseRow(Table, table=True):
    """A course as the courses service told it last; ``version`` is its."""

    __tablename__ = "known_course"

    course_id: UUID = Field(primary_key=True)
    municipality: str
    version: int
    title: str


class WindDownRow(Table, table=True):
    """That a course takes nobody new any more, and why: its pilot was stopped, or it was closed; or both.

    ``on_day`` is when that was so, ``told_on`` when it was recorded.
    """

    __tablename__ = "wind_down"
    __table_args__ = (Index("wind_down_municipality", "municipality"),)

    course_id: UUID = Field(primary_key=True)
    cause: str = Field(primary_key=True)
    municipality: str
    on_day: date
    told_on: date
    reason: str | None = None


class VisitRow(Table, table=True):
    """A visit to a digital workshop. ``citizen_id`` is null for an anonymous one; ``day`` is the Danish one of ``at``.

    ``voided`` says why it was taken back; null while it stands.
    ``themes`` is as in the event: ``[{"theme": "pdf", "autonomy": "alone"}, …]``.
    """

    __tablename__ = "visit"
    __table_args__ = (Index("visit_day", "municipality", "day"), Index("visit_citizen", "citizen_id"))

    visit_id: UUID = Field(primary_key=True)
    municipality: str
    citizen_id: UUID | None = None
    site: str
    day: date
    at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    kind: str
    online: bool
    minutes: int
    device: str
    voided: str | None = None
    themes: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))


class OpeningRow(Table, table=True):
    """A site that is open for check-in on a day; ``last_number`` is the last that was given out. Not from events."""

    __tablename__ = "opening"
    __table_args__ = (UniqueConstraint("municipality", "day", "site", name="opening_once"),)

    opening_id: UUID = Field(primary_key=True)
    municipality: str
    site: str
    day: date
    last_number: int


class CheckInRow(Table, table=True):
    """Somebody who has checked in, nobody knows who; ``form`` is the page that she sent. Not from events.

    ``by_phone`` says that she did it herself; ``state`` is waiting, helped (a visit is registered) or gone (without).
    """

    __tablename__ = "check_in"
    __table_args__ = (
        UniqueConstraint("opening_id", "form", name="check_in_once"),
        CheckConstraint("state IN ('waiting', 'helped', 'gone')", name="check_in_state"),
    )

    check_in_id: UUID = Field(primary_key=True)
    opening_id: UUID
    number: int
    form: UUID
    themes: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))
    been_before: bool | None = None
    at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    by_phone: bool
    state: str


class CprVaultRow(Table, table=True):
    """A sealed CPR number, found by a keyed hash (vault.py)."""

    __tablename__ = "cpr_vault"

    lookup: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    citizen_id: UUID = Field(unique=True)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
