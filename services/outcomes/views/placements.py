"""What callers may see of a citizen's placements."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.outcomes.rules.placements import PlacementState
from services.outcomes.views.version import VERSION, version_of
from shared.contracts.vocabulary import Occupation, PlacementKind, Timing
from shared.persistence import Transaction
from shared.persistence.known_citizens import SAME_CITIZEN, must_be_known


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


async def placements_of(tx: Transaction, citizen_id: UUID, municipality: str) -> CitizenPlacements:
    """A citizen's placements, those of ids that were merged into hers too. Raises NotFound."""
    await must_be_known(tx, citizen_id, municipality)
    rows = await tx.fetch(
        f"SELECT * FROM placement WHERE citizen_id IN ({SAME_CITIZEN})"
        " ORDER BY coalesce(started_on, planned_starts) DESC, placement_id DESC",
        citizen_id,
    )
    version = await version_of(tx, f"citizen/{citizen_id}")
    return CitizenPlacements(citizen_id=citizen_id, version=version, placements=[_placement(dict(row)) for row in rows])


def _placement(row: dict[str, Any]) -> PlacementView:
    occupation = row["occupation"] and Occupation.model_validate_json(row["occupation"])
    return PlacementView.model_validate(row | {"occupation": occupation})
