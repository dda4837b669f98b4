"""Assessment's own tables, as Alembic sees them. The code reads and writes them in SQL (queries.py, state.py).

No foreign keys: the rows follow from events, and applying one never fails on what another should have said.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, false, text, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Table(SQLModel, registry=registry()):
    """A table of this service; its metadata is its own, for other services use the same words."""


class TestResultRow(Table, table=True):
    """A finished test."""

    __tablename__ = "test_result"
    __table_args__ = (Index("test_result_citizen", "citizen_id", "finished_at"),)

    test_id: UUID = Field(primary_key=True)
    citizen_id: UUID
    finished_at: datetime
    framework: str
    framework_version: str
    bank_version: str
    calibrated: bool
    purpose: str
    assisted: bool


class AreaResultRow(Table, table=True):
    """One area of a test: the ability, how sure it is, and the level with its interval."""

    __tablename__ = "area_result"

    test_id: UUID = Field(primary_key=True)
    area: int = Field(primary_key=True)
    ability: float
    standard_error: float
    level: int
    level_low: int
    level_high: int
    items: int


class JobProfileRow(Table, table=True):
    """What a job asks for: ``demands`` is a list of area, level, weight; ``tasks`` a list of texts.

    ``validated`` is false while the demands are a judgement; ``closed_at`` is null while the profile is open.
    """

    __tablename__ = "job_profile"

    profile_id: UUID = Field(primary_key=True)
    municipality: str
    title: str
    occupation_scheme: str
    occupation_code: str
    company_id: UUID | None = None
    demands: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))
    tasks: list[str] = Field(sa_column=Column(JSONB, nullable=False))
    published_at: datetime
    validated: bool = Field(sa_column_kwargs={"server_default": false()})
    closed_at: datetime | None = None
    closed_reason: str | None = None


class GapRow(Table, table=True):
    """The newest gap that was found of a citizen to a profile, as its event told it."""

    __tablename__ = "gap"

    citizen_id: UUID = Field(primary_key=True)
    profile_id: UUID = Field(primary_key=True)
    found_at: datetime
    verdict: str
    areas: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))
    course_ids: list[str] = Field(sa_column=Column(JSONB, nullable=False))
    profile_version: int | None = None
    calibrated: bool | None = None


class TestSessionRow(Table, table=True):
    """A test session, found and locked by its id. What it is, its entries say; ``due`` is null once it is over.

    ``digest`` and ``pool`` are what it froze, ``links`` the serial that its links must have.
    """

    __tablename__ = "test_session"
    __table_args__ = (
        Index("test_session_citizen", "citizen_id", "offered_at"),
        Index("test_session_due", "due"),
        Index("test_session_pool", "digest", "pool", "begun_at"),
    )

    test_id: UUID = Field(primary_key=True)
    citizen_id: UUID
    municipality: str
    status: str
    offered_at: datetime
    due: datetime | None = None
    begun_at: datetime | None = None
    digest: str | None = None
    pool: str | None = None
    links: int


class TestEntryRow(Table, table=True):
    """One entry of a session's own log (rules/entry.py), append-only: it goes only with its whole session."""

    __tablename__ = "test_entry"
    __table_args__ = (Index("test_entry_asks", "asks"),)

    test_id: UUID = Field(primary_key=True)
    sequence: int = Field(primary_key=True)
    asks: str | None = None
    told: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class FrozenBankRow(Table, table=True):
    """A version of the item bank that a test began with, whole; ``digest`` is the SHA-256 of ``content``."""

    __tablename__ = "frozen_bank"

    digest: str = Field(primary_key=True)
    version: str
    content: str


class NeutralisedItemRow(Table, table=True):
    """An item that was found faulty, in whatever bank, when, why and by whom. It stays so."""

    __tablename__ = "neutralised_item"

    item: str = Field(primary_key=True)
    reason: str
    at: datetime
    by: str


class RescoringRow(Table, table=True):
    """A finished test that asked a neutralised item: whether it is computed anew, and what came of it.

    ``rescored`` says that its result came out otherwise, ``moved`` in how many areas the level is another one.
    """

    __tablename__ = "rescoring"
    __table_args__ = (Index("rescoring_left", "test_id", postgresql_where=text("done_at IS NULL")),)

    item: str = Field(primary_key=True)
    test_id: UUID = Field(primary_key=True)
    done_at: datetime | None = None
    rescored: bool | None = None
    moved: int | None = None


class TestNeedRow(Table, table=True):
    """That a citizen needs items which everyone can answer with any aid: bound to her, not to one test."""

    __tablename__ = "test_need"

    citizen_id: UUID = Field(primary_key=True)
    accessible: bool


class KnownCitizenRow(Table, table=True):
    """A citizen that intake told of; ``municipality`` is null until it is told that she was registered.

    ``here`` is whether she is at the jobcenter, by intake's event ``here_version``; ``left_on`` the day she left last.
    Whoever was ``merged_into`` another id is read under that one.
    """

    __tablename__ = "known_citizen"
    __table_args__ = (Index("known_citizen_merged", "merged_into"),)

    citizen_id: UUID = Field(primary_key=True)
    municipality: str | None = None
    here: bool = Field(sa_column_kwargs={"server_default": true()})
    here_version: int = Field(sa_column_kwargs={"server_default": "0"})
    left_on: date | None = None
    merged_into: UUID | None = None
    erased: bool = Field(sa_column_kwargs={"server_default": false()})


class KnownCourseRow(Table, table=True):
    """A course as the courses service told it last: ``version`` is that of the description.

    It is ``on_offer`` unless ``closed_version`` is greater.
    """

    __tablename__ = "known_course"
    __table_args__ = (Index("known_course_municipality", "municipality"),)

    course_id: UUID = Field(primary_key=True)
    version: int
    closed_version: int = Field(sa_column_kwargs={"server_default": "0"})
    municipality: str
    on_offer: bool
    title: str | None = None
    weeks: int
    areas: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))


class KnownOrderRow(Table, table=True):
    """A job order as the outcomes service told it last: ``version`` is that of the description.

    It takes candidates unless it is ``closed``: ``closed_version`` is greater.
    """

    __tablename__ = "known_order"
    __table_args__ = (Index("known_order_municipality", "municipality"),)

    order_id: UUID = Field(primary_key=True)
    version: int
    closed_version: int
    municipality: str
    closed: bool
    company_id: UUID
    profile_id: UUID | None = None
    title: str | None = None
    kind: str | None = None
    seats: int | None = None
    demands: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))
