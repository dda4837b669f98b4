"""``GET /parked`` and ``POST /parked/{number}/retry`` of every service, for the operator's page.

They say of an event only what is needed to decide about it: its type, why it failed, how often, since when. What the
event tells is not told here (``loeft parked show`` does, to who may log in to the machine).
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Path
from pydantic import BaseModel, Field

from shared.messaging import parked as lot
from shared.problems import Refused
from shared.web.principal import Principal, Role
from shared.web.route import Tx, allow, router

LARGEST_ID = 2**63 - 1
PROJECTOR = "projector"

api = router(tags=["parked events"])
Operator = Annotated[Principal, allow(Role.OPERATOR)]


class ParkedEvent(BaseModel):
    """An event that a reaction failed on."""

    number: int = Field(description="Its number in this service's parking lot.")
    reaction: str = Field(description="Who failed.", examples=["courses-know-citizen"])
    event_id: UUID
    type: str = Field(description="Of the event; empty when it cannot be read.", examples=["citizen-registered"])
    state: Literal["retrying", "parked", "held"] = Field(
        description="`retrying`: tried again by itself; `parked`: waits for a person; `held`: waits behind another."
    )
    attempts: int
    first_failed: datetime
    next_attempt: datetime | None = Field(description="When it is tried next; null when it waits for something else.")
    reason: str = Field(description="The first line of the failure.")
    can_retry: bool = Field(description="False where trying again would not change anything.")


class Retried(BaseModel):
    """What came of it."""

    waiting: bool = Field(description="True: it is tried now. False: it was done or given up before.")


@api.get("/parked")
async def list_parked(tx: Tx, caller: Operator) -> list[ParkedEvent]:
    """The events of your municipalities that this service's reactions failed on, oldest first."""
    rows = await lot.listed_of(tx.connection, caller.municipalities)
    return [ParkedEvent.model_validate(row | {"can_retry": row["reaction"] != PROJECTOR}) for row in rows]


@api.post("/parked/{number}/retry")
async def retry_parked(number: Annotated[int, Path(ge=1, le=LARGEST_ID)], tx: Tx, caller: Operator) -> Retried:
    """Let the service try it again now. Doing it twice is the same as once."""
    reaction = await lot.reaction_of(tx.connection, number, caller.municipalities)
    if reaction is None:
        return Retried(waiting=False)
    if reaction == PROJECTOR:
        raise Refused(
            "projector-cannot-retry",
            "The projector could not count this event, and a retry would not change that",
            "Correct the past with a new event, then `loeft parked drop` this one; or `loeft rebuild` after a fix.",
        )
    return Retried(waiting=await lot.retry(tx.connection, number))
