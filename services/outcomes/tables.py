"""The tables of outcomes: what its commands decide on, and what its projector keeps.

Schema only, compared with the migrations by ``tests/real/test_outcomes_tables.py``; rows are read and written with SQL.

There are no foreign keys and no unique keys beside the primary ones: the tables repeat the event log, and an event that
is in the log is always applied, also one that another system recorded under laxer rules. The rules and the locks that
``queries.py`` takes keep the commands honest.
"""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    Uuid,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class Table(SQLModel):
    """Base of this service's tables; their metadata is their own, because several services share one process."""

    metadata: ClassVar[MetaData] = MetaData()


def _moment(*, optional: bool = False) -> Any:
    return Field(default=None, sa_column=Column(DateTime(timezone=True), nullable=optional))


def _text(*, key: bool = False, optional: bool = False) -> Any:
    return Field(default=None, sa_column=Column(Text, primary_key=key, nullable=optional))


class Company(Table, table=True):
    """A company that the jobcenter works with."""

    __tablename__ = "company"
    __table_args__ = (Index("company_cvr", "municipality", "cvr"),)

    company_id: UUID = Field(primary_key=True)
    municipality: str = _text()
    name: str = _text()
    cvr: str = _text()
    p_number: str | None = _text(optional=True)
    employees: int
    sme: bool
    industry: str = _text()


class Agreement(Table, table=True):
    """A cooperation agreement (samarbejdsaftale)."""

    __tablename__ = "agreement"

    agreement_id: UUID = Field(primary_key=True)
    company_id: UUID = Field(index=True)
    municipality: str = _text()
    kind: str = _text()
    signed_on: date
    until: date | None
    ended_on: date | None


class Contact(Table, table=True):
    """A company's request, and when it was answered."""

    __tablename__ = "contact"
    __table_args__ = (Index("contact_asked", "municipality", "asked"),)

    contact_id: UUID = Field(primary_key=True)
    company_id: UUID = Field(index=True)
    municipality: str = _text()
    wants: str = _text()
    asked: datetime = _moment()
    answered: datetime | None = _moment(optional=True)


class JobOrder(Table, table=True):
    """A company's job order (jobordre) as last described; ``placed`` and ``closed`` are when that happened."""

    __tablename__ = "job_order"
    __table_args__ = (Index("job_order_placed", "municipality", "placed"),)

    order_id: UUID = Field(primary_key=True)
    company_id: UUID = Field(index=True)
    municipality: str = _text()
    profile_id: UUID | None
    title: str | None = _text(optional=True)
    demands: Any = Field(default=None, sa_column=Column(JSONB, nullable=False))
    kind: str = _text()
    seats: int
    expectations: str = _text()
    visible_in_app: bool
    placed: datetime = _moment()
    closed: datetime | None = _moment(optional=True)
    closed_reason: str | None = _text(optional=True)


class MatchmakingEvent(Table, table=True):
    """A speed-dating between citizens and companies."""

    __tablename__ = "matchmaking_event"
    __table_args__ = (Index("matchmaking_event_day", "municipality", "planned_on"),)

    event_id: UUID = Field(primary_key=True)
    municipality: str = _text()
    cohort_ids: list[UUID] = Field(sa_column=Column(ARRAY(Uuid), nullable=False))
    companies: list[UUID] = Field(sa_column=Column(ARRAY(Uuid), nullable=False))
    rounds: int
    online: bool
    planned_on: date
    held_on: date | None


class Meeting(Table, table=True):
    """One citizen's seat in one round: scheduled, held or cancelled."""

    __tablename__ = "meeting"

    event_id: UUID = Field(primary_key=True)
    round: int = Field(primary_key=True)
    citizen_id: UUID = Field(primary_key=True, index=True)
    municipality: str = _text()
    table_number: int
    company_id: UUID
    state: str = _text()
    interest_citizen: bool | None
    interest_company: bool | None


class Placement(Table, table=True):
    """A placement from agreement to end: agreed, approved, started, ended or voided."""

    __tablename__ = "placement"

    placement_id: UUID = Field(primary_key=True)
    citizen_id: UUID = Field(index=True)
    municipality: str = _text()
    company_id: UUID | None
    kind: str = _text()
    temp_agency: bool
    hours_per_week: float = Field(sa_column=Column(Double, nullable=False))
    state: str = _text()
    planned_starts: date | None
    planned_ends: date | None
    started_on: date | None
    ended_on: date | None
    reason: str | None = _text(optional=True)
    occupation: Any = Field(default=None, sa_column=Column(JSONB, nullable=True))
    enrolment_id: UUID | None
    timing: str | None = _text(optional=True)
    approved_by: str | None = _text(optional=True)


class Target(Table, table=True):
    """The X of one indicator in one period."""

    __tablename__ = "target"

    municipality: str = _text(key=True)
    indicator: str = _text(key=True)
    period: str = _text(key=True)
    value: float = Field(sa_column=Column(Double, nullable=False))


class TargetSetting(Table, table=True):
    """Every value that a target was given, and when that was recorded."""

    __tablename__ = "target_setting"

    municipality: str = _text(key=True)
    indicator: str = _text(key=True)
    period: str = _text(key=True)
    sequence: int = Field(sa_column=Column(BigInteger, primary_key=True))
    recorded: datetime = _moment()
    value: float = Field(sa_column=Column(Double, nullable=False))


class KnownCitizen(Table, table=True):
    """A citizen that intake told of. ``kept``: whom she was merged into; ``erased`` stays when nothing else does."""

    __tablename__ = "known_citizen"

    citizen_id: UUID = Field(primary_key=True)
    municipality: str = _text()
    kept: UUID | None = Field(index=True)
    erased: bool = Field(sa_column=Column(Boolean, nullable=False, server_default=false()))


class Fact(Table, table=True):
    """Projector: one event of one entity's history."""

    __tablename__ = "fact"
    __table_args__ = (Index("fact_recorded", "recorded", postgresql_using="brin"),)

    entity: str = Field(sa_column=Column(Text(collation="C"), primary_key=True))
    event_id: UUID = Field(primary_key=True)
    service: str = _text()
    type: str = _text()
    sequence: int | None = Field(default=None, sa_column=Column(Integer, nullable=True))
    recorded: int = Field(sa_column=Column(BigInteger, nullable=False))
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Cell(Table, table=True):
    """Projector: one counted number, under its key."""

    __tablename__ = "cell"
    __table_args__ = (
        Index("cell_cohorts", "cohorts", postgresql_using="gin"),
        Index("cell_kind", "municipality", "kind"),
    )

    key: str = Field(sa_column=Column(Text(collation="C"), primary_key=True))
    kind: str = _text()
    municipality: str | None = _text(optional=True)
    cohorts: list[UUID] | None = Field(default=None, sa_column=Column(ARRAY(Uuid), nullable=True))
    n: int = Field(sa_column=Column(BigInteger, nullable=False))


class Alias(Table, table=True):
    """Projector: a merged entity and the one that was kept."""

    __tablename__ = "alias"

    merged: str = _text(key=True)
    kept: str = _text()


class ErasedEntity(Table, table=True):
    """Projector: an id that was erased. Not only of events: a backup must hold it."""

    __tablename__ = "erased"

    entity: str = Field(sa_column=Column(Text(collation="C"), primary_key=True))


class KeptCell(Table, table=True):
    """Projector: what citizens who were erased count, without their ids, in a layout. A backup must hold it."""

    __tablename__ = "kept_cell"

    key: str = Field(sa_column=Column(Text(collation="C"), primary_key=True))
    layout: str = _text(key=True)
    n: int = Field(sa_column=Column(BigInteger, nullable=False))


class Course(Table, table=True):
    """Projector: a course as last described, for the schema ``analytics``."""

    __tablename__ = "course"

    course_id: str = _text(key=True)
    municipality: str | None = _text(optional=True)
    title: str | None = _text(optional=True)
    kind: str | None = _text(optional=True)
    provider: str | None = _text(optional=True)
    methods: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    it_specific: bool
    closed: bool


class Cohort(Table, table=True):
    """Projector: a cohort of a course, for the schema ``analytics``."""

    __tablename__ = "cohort"

    cohort_id: str = _text(key=True)
    municipality: str | None = _text(optional=True)
    course_id: str | None = _text(optional=True)
    starts: date | None
    ends: date | None
    capacity: int | None
    cancelled: bool


class ResearchProject(Table, table=True):
    """A research project; its salt is half of the key of its pseudonyms. Not of events: a backup must hold it."""

    __tablename__ = "research_project"

    project: str = _text(key=True)
    salt: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    opened_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()")))
    opened_by: str = _text()


class ResearchExtract(Table, table=True):
    """An extract that was made for a project: by whom, when, of how much. Not of events: a backup must hold it."""

    __tablename__ = "research_extract"
    __table_args__ = (Index("research_extract_project", "project", "made_at"),)

    extract_id: UUID = Field(primary_key=True)
    project: str = _text()
    municipality: str = _text()
    made_at: datetime = _moment()
    made_by: str = _text()
    purpose: str = _text()
    as_of: date
    smallest_group: int
    rows: int = Field(sa_column=Column(BigInteger, nullable=False))
    citizens: int = Field(sa_column=Column(BigInteger, nullable=False))
    manifest_sha256: str = _text()


class Release(Table, table=True):
    """What was published of an indicator as of a day: what was ``told`` anew, and the ``answers`` by cut.

    Not of events: a backup must hold it, or the next release cannot be protected beside it.
    """

    __tablename__ = "release"

    municipality: str = _text(key=True)
    indicator: str = _text(key=True)
    day: date = Field(primary_key=True)
    made_at: datetime = _moment()
    smallest_group: int
    told: Any = Field(default=None, sa_column=Column(JSON, nullable=False))
    answers: Any = Field(default=None, sa_column=Column(JSON, nullable=False))


class Projector(Table, table=True):
    """Projector: how far each partition is, who owns it, and the message it stands on (``stored`` in nanoseconds)."""

    __tablename__ = "projector"

    partition: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    epoch: UUID | None
    sequence: int | None = Field(sa_column=Column(BigInteger, nullable=True))
    event_id: UUID | None
    stored: int | None = Field(sa_column=Column(BigInteger, nullable=True))
    owner: int | None = Field(sa_column=Column(BigInteger, nullable=True))
    updated: datetime | None = _moment(optional=True)
    definitions: str | None = _text(optional=True)


class Gap(Table, table=True):
    """Projector: a sequence of an entity that has not been seen."""

    __tablename__ = "gap"

    entity: str = _text(key=True)
    service: str = _text(key=True)
    missing: int = Field(sa_column=Column(BigInteger, primary_key=True))
    found: datetime = _moment()
