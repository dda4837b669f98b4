"""Placements."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Double
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.outcomes.tables.table import Table, words


class Placement(Table, table=True):
    """A placement from agreement to end: agreed, approved, started, ended or voided."""

    __tablename__ = "placement"

    placement_id: UUID = Field(primary_key=True)
    citizen_id: UUID = Field(index=True)
    municipality: str = words()
    company_id: UUID | None
    kind: str = words()
    temp_agency: bool
    hours_per_week: float = Field(sa_column=Column(Double, nullable=False))
    state: str = words()
    planned_starts: date | None
    planned_ends: date | None
    started_on: date | None
    ended_on: date | None
    reason: str | None = words(optional=True)
    occupation: Any = Field(default=None, sa_column=Column(JSONB, nullable=True))
    enrolment_id: UUID | None
    timing: str | None = words(optional=True)
    approved_by: str | None = words(optional=True)
