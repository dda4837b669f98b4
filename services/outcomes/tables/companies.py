"""Companies, their agreements (samarbejdsaftaler), and what they asked for."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from services.outcomes.tables.table import Table, moment, words


class Company(Table, table=True):
    """A company that the jobcenter works with."""

    __tablename__ = "company"
    __table_args__ = (Index("company_cvr", "municipality", "cvr"),)

    company_id: UUID = Field(primary_key=True)
    municipality: str = words()
    name: str = words()
    cvr: str = words()
    p_number: str | None = words(optional=True)
    employees: int
    sme: bool
    industry: str = words()


class Agreement(Table, table=True):
    """A cooperation agreement (samarbejdsaftale)."""

    __tablename__ = "agreement"

    agreement_id: UUID = Field(primary_key=True)
    company_id: UUID = Field(index=True)
    municipality: str = words()
    kind: str = words()
    signed_on: date
    until: date | None
    ended_on: date | None


class Contact(Table, table=True):
    """A company's request, and when it was answered."""

    __tablename__ = "contact"
    __table_args__ = (Index("contact_asked", "municipality", "asked"),)

    contact_id: UUID = Field(primary_key=True)
    company_id: UUID = Field(index=True)
    municipality: str = words()
    wants: str = words()
    asked: datetime = moment()
    answered: datetime | None = moment(optional=True)
