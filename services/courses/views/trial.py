"""What callers may see of pilots: what was registered, what was decided, and how many seats that leaves."""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg
from pydantic import BaseModel, Field

from services.courses.pilots import COHORTS, pilot_unknown
from services.courses.rules.pilot import CohortSeats, Pilot, PilotState
from shared.contracts.courses import PilotDecided, PilotOpened
from shared.contracts.vocabulary import PilotDecision, Verdict
from shared.persistence import Transaction

PILOT = """
    SELECT p.pilot_id, p.course_id, p.plan, c.description ->> 'title' AS course, e.version
    FROM pilot AS p JOIN entity AS e ON e.subject = 'pilot/' || p.pilot_id LEFT JOIN course AS c USING (course_id)
    WHERE p.municipality = $1
"""


class DecisionView(BaseModel):
    """A decision about a pilot."""

    decision: PilotDecision
    verdict: Verdict
    decided_by_role: str
    reason: str
    decided: datetime


class PilotView(BaseModel):
    """A pilot."""

    pilot_id: UUID
    version: int = Field(description="Send it as Expected-Version with a decision that rests on what you read here.")
    course_id: UUID
    course: str | None = Field(description="The course's title.")
    benchmark: float
    planned_size: int
    first_size: int
    measure: str
    window_days: int
    registered_on: date
    state: PilotState
    size: int | None = Field(
        description="Seats that the cohorts may have together; null when it is over: proven or stopped."
    )
    held: int = Field(description="Seats that the cohorts have: their capacity, and once frozen their roster.")
    taken: int = Field(description="Seats of these that are given or offered.")
    decisions: list[DecisionView] = Field(description="The earliest first.")


async def pilots(tx: Transaction, municipality: str, *, course_id: UUID | None) -> list[PilotView]:
    """The municipality's pilots, or one course's, the newest first."""
    rows = await tx.fetch(
        f"{PILOT} AND ($2::uuid IS NULL OR p.course_id = $2) ORDER BY p.plan ->> 'registered_on' DESC, p.pilot_id DESC",
        municipality,
        course_id,
    )
    return [await _view(tx, row) for row in rows]


async def pilot(tx: Transaction, pilot_id: UUID, municipality: str) -> PilotView:
    """One pilot. Raises NotFound."""
    row = await tx.fetchrow(f"{PILOT} AND p.pilot_id = $2", municipality, pilot_id)
    if row is None:
        raise pilot_unknown()
    return await _view(tx, row)


async def _view(tx: Transaction, row: asyncpg.Record) -> PilotView:
    told = await tx.fetch(
        "SELECT told, decided FROM pilot_decision WHERE pilot_id = $1 ORDER BY version", row["pilot_id"]
    )
    plan = PilotOpened.model_validate_json(row["plan"])
    standing = Pilot(plan, tuple(PilotDecided.model_validate_json(one["told"]) for one in told))
    cohorts = [CohortSeats(**cohort) for cohort in await tx.fetch(COHORTS, row["course_id"])]
    decisions: list[dict[str, Any]] = [json.loads(one["told"]) | {"decided": one["decided"]} for one in told]
    return PilotView(
        **plan.model_dump(exclude={"municipality"}),
        version=row["version"],
        course=row["course"],
        state=standing.state,
        size=standing.size,
        held=sum(cohort.seats for cohort in cohorts),
        taken=sum(cohort.taken for cohort in cohorts),
        decisions=[DecisionView.model_validate(decision) for decision in decisions],
    )
