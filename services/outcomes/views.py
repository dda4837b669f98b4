"""What callers may see of outcomes' state. Who is asked about is the caller's municipality's, or not there."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.outcomes.queries import not_found
from services.outcomes.rules.meetings import MeetingState
from services.outcomes.rules.placements import PlacementState
from shared.contracts.vocabulary import Occupation, PlacementKind, Timing
from shared.persistence import Transaction
from shared.problems import NotFound

VERSION = "Send it as Expected-Version with a command that rests on what you read here."


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


class PlacementView(BaseModel):
    """A placement; reason says why it ended or was voided."""

    placement_id: UUID
    citizen_id: UUID = Field(description="The id it was recorded under: of a merged citizen perhaps the older one.")
    company_id: UUID | None
    kind: PlacementKind
    temp_agency: bool
    hours_per_week: float
    state: PlacementState
    planned_starts: date | None
    planned_ends: date | None
    started_on: date | None
    ended_on: date | None
    reason: str | None
    occupation: Occupation | None
    enrolment_id: UUID | None
    timing: Timing | None
    approved_by: str | None


class CitizenPlacements(BaseModel):
    """A citizen's placements, newest first."""

    citizen_id: UUID
    version: int = Field(description=VERSION)
    placements: list[PlacementView]


class TargetView(BaseModel):
    """The X of an indicator in a period."""

    indicator: str
    period: str
    value: float


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


async def placements_of(tx: Transaction, citizen_id: UUID, municipality: str) -> CitizenPlacements:
    """A citizen's placements, those of ids that were merged into hers too. Raises NotFound."""
    known = await tx.fetchval(
        "SELECT true FROM known_citizen WHERE citizen_id = $1 AND municipality = $2 AND NOT erased",
        citizen_id,
        municipality,
    )
    if not known:
        raise NotFound("citizen-unknown", "No such citizen in your municipality", "Check the id.")
    rows = await tx.fetch(
        "SELECT * FROM placement WHERE citizen_id = $1 OR citizen_id IN"
        " (SELECT citizen_id FROM known_citizen WHERE kept = $1)"
        " ORDER BY coalesce(started_on, planned_starts) DESC, placement_id DESC",
        citizen_id,
    )
    version = await version_of(tx, f"citizen/{citizen_id}")
    return CitizenPlacements(citizen_id=citizen_id, version=version, placements=[_placement(dict(row)) for row in rows])


async def targets(tx: Transaction, municipality: str, period: str | None) -> list[TargetView]:
    """The municipality's targets, of one period or of all."""
    rows = await tx.fetch(
        "SELECT * FROM target WHERE municipality = $1 AND ($2::text IS NULL OR period = $2) ORDER BY period, indicator",
        municipality,
        period,
    )
    return [TargetView.model_validate(dict(row)) for row in rows]


def _placement(row: dict[str, Any]) -> PlacementView:
    occupation = row["occupation"] and Occupation.model_validate_json(row["occupation"])
    return PlacementView.model_validate(row | {"occupation": occupation})


async def version_of(tx: Transaction, subject: str) -> int:
    """The version of an entity; 0 when nothing was told of it."""
    version: int | None = await tx.fetchval("SELECT version FROM entity WHERE subject = $1", subject)
    return version or 0
