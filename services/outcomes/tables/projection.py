"""What the projector keeps (``services/outcomes/projection``)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Column, Index, Integer, LargeBinary, Text
from sqlmodel import Field

from services.outcomes.tables.table import Table, moment, words


class Fact(Table, table=True):
    """One event of one entity's history."""

    __tablename__ = "fact"
    __table_args__ = (Index("fact_recorded", "recorded", postgresql_using="brin"),)

    entity: str = Field(sa_column=Column(Text(collation="C"), primary_key=True))
    event_id: UUID = Field(primary_key=True)
    service: str = words()
    type: str = words()
    sequence: int | None = Field(default=None, sa_column=Column(Integer, nullable=True))
    recorded: int = Field(sa_column=Column(BigInteger, nullable=False))
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Cell(Table, table=True):
    """One counted number, under its key."""

    __tablename__ = "cell"
    __table_args__ = (Index("cell_kind", "municipality", "kind"),)

    key: str = Field(sa_column=Column(Text(collation="C"), primary_key=True))
    kind: str = words()
    municipality: str | None = words(optional=True)
    n: int = Field(sa_column=Column(BigInteger, nullable=False))


class Alias(Table, table=True):
    """A merged entity and the one that was kept."""

    __tablename__ = "alias"

    merged: str = words(key=True)
    kept: str = words()


class ErasedEntity(Table, table=True):
    """An id that was erased. Not only of events: a backup must hold it."""

    __tablename__ = "erased"

    entity: str = Field(sa_column=Column(Text(collation="C"), primary_key=True))


class KeptCell(Table, table=True):
    """What citizens who were erased count, without their ids, in a layout. A backup must hold it."""

    __tablename__ = "kept_cell"

    key: str = Field(sa_column=Column(Text(collation="C"), primary_key=True))
    layout: str = words(key=True)
    n: int = Field(sa_column=Column(BigInteger, nullable=False))


class Course(Table, table=True):
    """A course as last described, for the schema ``analytics``."""

    __tablename__ = "course"

    course_id: str = words(key=True)
    municipality: str | None = words(optional=True)
    title: str | None = words(optional=True)
    kind: str | None = words(optional=True)
    provider: str | None = words(optional=True)
    methods: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    it_specific: bool
    closed: bool


class Cohort(Table, table=True):
    """A cohort of a course, for the schema ``analytics``."""

    __tablename__ = "cohort"

    cohort_id: str = words(key=True)
    municipality: str | None = words(optional=True)
    course_id: str | None = words(optional=True)
    starts: date | None
    ends: date | None
    capacity: int | None
    cancelled: bool


class Projector(Table, table=True):
    """How far each partition is, who owns it, and the message it stands on (``stored`` in nanoseconds)."""

    __tablename__ = "projector"

    partition: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    epoch: UUID | None
    sequence: int | None = Field(sa_column=Column(BigInteger, nullable=True))
    event_id: UUID | None
    stored: int | None = Field(sa_column=Column(BigInteger, nullable=True))
    owner: int | None = Field(sa_column=Column(BigInteger, nullable=True))
    updated: datetime | None = moment(optional=True)
    definitions: str | None = words(optional=True)


class Gap(Table, table=True):
    """A sequence of an entity that has not been seen."""

    __tablename__ = "gap"

    entity: str = words(key=True)
    service: str = words(key=True)
    missing: int = Field(sa_column=Column(BigInteger, primary_key=True))
    found: datetime = moment()
