"""Job orders."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.outcomes.tables.table import Table, moment, words


class JobOrder(Table, table=True):
    """A company's job order (jobordre) as last described; ``placed`` and ``closed`` are when that happened."""

    __tablename__ = "job_order"
    __table_args__ = (Index("job_order_placed", "municipality", "placed"),)

    order_id: UUID = Field(primary_key=True)
    company_id: UUID = Field(index=True)
    municipality: str = words()
    profile_id: UUID | None
    title: str | None = words(optional=True)
    demands: Any = Field(default=None, sa_column=Column(JSONB, nullable=False))
    kind: str = words()
    seats: int
    expectations: str = words()
    visible_in_app: bool
    placed: datetime = moment()
    closed: datetime | None = moment(optional=True)
    closed_reason: str | None = words(optional=True)
