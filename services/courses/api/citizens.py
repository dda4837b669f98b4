"""Citizens by the short reference that pages show instead of a name."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from services.courses import citizens
from services.courses.api.callers import CitizenReader
from shared.web import Tx, router

api = router(tags=["citizens"])


class CitizensFound(BaseModel):
    """Whom the reference may mean: mostly one, for it is a part of a random id."""

    citizen_ids: list[UUID] = Field(description="At most ten.")


@api.get("/citizens")
async def find_citizens(
    tx: Tx,
    caller: CitizenReader,
    ending: Annotated[
        str,
        Query(pattern="^[0-9a-f]{8}$", description="The last eight digits of the citizen's id.", examples=["0a6a1c01"]),
    ],
) -> CitizensFound:
    """The citizens of your municipality whose ids end so. Each is logged as read before it is answered."""
    found = await citizens.ending_with(tx, ending, caller.municipality)
    for citizen_id in found:
        await tx.log_read(citizen_id, "found by reference")
    return CitizensFound(citizen_ids=found)
