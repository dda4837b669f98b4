"""What callers may see of matchmaking events and their meetings."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from services.outcomes.queries import not_found
from services.outcomes.rules.meetings import MeetingState
from services.outcomes.views.version import VERSION, version_of
from shared.persistence import Transaction


class EventView(BaseModel):
    """A matchmaking event."""

    event_id: UUID
    cohort_ids: list[UUID]
    companies: list[UUID]
    rounds: int
    online: bool
    planned_on: date
    held_on: date | None


class MeetingView(BaseModel):
    """One citizen's meeting in one round."""

    round: int
    table: int
    citizen_id: UUID
    company_id: UUID
    state: MeetingState
    interest_citizen: bool | None
    interest_company: bool | None


class EventDetail(EventView):
    """A matchmaking event with its meetings by round and table."""

    version: int = Field(description=VERSION)
    meetings: list[MeetingView]


async def events(tx: Transaction, municipality: str) -> list[EventView]:
    """Matchmaking events, newest first."""
    rows = await tx.fetch(
        "SELECT * FROM matchmaking_event WHERE municipality = $1 ORDER BY planned_on DESC, event_id LIMIT 500",
        municipality,
    )
    return [EventView.model_validate(dict(row)) for row in rows]


async def event(tx: Transaction, event_id: UUID, municipality: str) -> EventDetail:
    """A matchmaking event with its meetings. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT * FROM matchmaking_event WHERE event_id = $1 AND municipality = $2", event_id, municipality
    )
    if row is None:
        raise not_found("event", "GET /events")
    meetings = await tx.fetch(
        'SELECT *, table_number AS "table" FROM meeting WHERE event_id = $1 ORDER BY round, table_number, citizen_id',
        event_id,
    )
    version = await version_of(tx, f"event/{event_id}")
    return EventDetail.model_validate({**row, "version": version, "meetings": [dict(meeting) for meeting in meetings]})
