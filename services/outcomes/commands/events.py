"""What callers may do with matchmaking events and their meetings."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.command import Command
from shared.contracts.vocabulary import Reason
from shared.moment import Day

Round = Annotated[int, Field(ge=0, le=1000, description="Round of the event, from 0.")]
Seat = Annotated[int, Field(ge=0, le=1000, description="Table, from 0.")]


class PlanEvent(Command):
    """Plan a matchmaking event between the citizens of cohorts and companies, in rounds."""

    cohort_ids: list[UUID] = Field(min_length=1, max_length=50)
    companies: list[UUID] = Field(min_length=1, max_length=200)
    rounds: int = Field(ge=1, le=200)
    online: bool
    on: Day


class Seating(BaseModel):
    """One citizen meets one company at a table in a round."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    round: Round
    table: Seat
    citizen_id: UUID
    company_id: UUID


class ScheduleMeetings(Command):
    """Schedule one meeting, or a whole timetable: all or nothing."""

    meetings: list[Seating] = Field(min_length=1, max_length=2000)


class HeldSeating(Seating):
    """A meeting that took place, and who wants to go on; null when not asked."""

    interest_citizen: bool | None = None
    interest_company: bool | None = None


class HoldMeetings(Command):
    """Meetings took place, scheduled or not: all or nothing."""

    meetings: list[HeldSeating] = Field(min_length=1, max_length=2000)


class CancelMeeting(Command):
    """A scheduled meeting will not take place."""

    round: Round
    citizen_id: UUID
    reason: Reason | None = None


class HoldEvent(Command):
    """The event took place; ``on`` is the planned day when left out."""

    on: Day | None = None
