"""Matchmaking events and who meets whom."""

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, Column, Index, Uuid
from sqlmodel import Field

from services.outcomes.tables.table import Table, words


class MatchmakingEvent(Table, table=True):
    """A speed-dating between citizens and companies."""

    __tablename__ = "matchmaking_event"
    __table_args__ = (Index("matchmaking_event_day", "municipality", "planned_on"),)

    event_id: UUID = Field(primary_key=True)
    municipality: str = words()
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
    municipality: str = words()
    table_number: int
    company_id: UUID
    state: str = words()
    interest_citizen: bool | None
    interest_company: bool | None
