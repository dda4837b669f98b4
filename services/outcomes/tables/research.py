"""Research projects and the extracts that were made for them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Index, LargeBinary, text
from sqlmodel import Field

from services.outcomes.tables.table import Table, moment, words


class ResearchProject(Table, table=True):
    """A research project; its salt is half of the key of its pseudonyms. Not of events: a backup must hold it."""

    __tablename__ = "research_project"

    project: str = words(key=True)
    salt: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    opened_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()")))
    opened_by: str = words()


class ResearchExtract(Table, table=True):
    """An extract that was made for a project: by whom, when, of how much. Not of events: a backup must hold it."""

    __tablename__ = "research_extract"
    __table_args__ = (Index("research_extract_project", "project", "made_at"),)

    extract_id: UUID = Field(primary_key=True)
    project: str = words()
    municipality: str = words()
    made_at: datetime = moment()
    made_by: str = words()
    purpose: str = words()
    as_of: date
    smallest_group: int
    rows: int = Field(sa_column=Column(BigInteger, nullable=False))
    citizens: int = Field(sa_column=Column(BigInteger, nullable=False))
    manifest_sha256: str = words()
