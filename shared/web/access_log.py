"""``GET /access-log`` of every service: its part of who has read a citizen's data, for whoever must answer her.

The data protection officer reads it, for her own municipality, and that she did so is in the log too.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BaseModel, Field
from starlette.requests import Request

from shared.moment import Day, end_of, start_of
from shared.persistence import access_log
from shared.persistence.access_log import Mergers
from shared.web.principal import Principal, Role
from shared.web.route import Tx, allow, router

LARGEST_ID = 2**63 - 1
MOST = 500

api = router(tags=["access log"])
Officer = Annotated[Principal, allow(Role.DPO)]


def _mergers(request: Request) -> Mergers:
    found: Mergers = request.app.state.service.mergers
    return found


KnownMergers = Annotated[Mergers, Depends(_mergers)]


class Read(BaseModel):
    """Somebody read something of a citizen's."""

    id: int = Field(description="Its number in this service's log.")
    citizen_id: UUID = Field(description="The id that it was read under: of a merged citizen perhaps the older one.")
    at: datetime
    caller: str = Field(description="The login service's id of who read.", examples=["local-jobkonsulent"])
    what: str = Field(description="What was read.", examples=["participations"])
    purpose: str = Field(description="For what: the request's header `Purpose`.", examples=["sagsbehandling"])
    correlation_id: str = Field(description="Finds the request in the technical logs.")


class Reads(BaseModel):
    """A page of the log."""

    citizen_ids: list[UUID] = Field(
        description="All ids that she is or was known under; the reads are of all of them. First the one she goes by."
    )
    reads: list[Read]
    after: int | None = Field(description="Ask with this as `after` for the next page; null on the last one.")


class Referred(BaseModel):
    """Whom a reference may mean."""

    citizen_ids: list[UUID]


@api.get("/access-log")
async def read_access_log(
    tx: Tx,
    caller: Officer,
    mergers: KnownMergers,
    citizen_id: UUID,
    since: Annotated[Day | None, Query(alias="from", description="Only reads on this Danish day or later.")] = None,
    until: Annotated[Day | None, Query(alias="to", description="Only reads on this Danish day or earlier.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many at most.")] = 50,
    after: Annotated[int | None, Query(ge=1, le=LARGEST_ID, description="`after` of the page before.")] = None,
) -> Reads:
    """Who has read a citizen's data in this service, in your municipality, newest first. This read is logged too.

    Of a citizen who was merged with another, whichever of her ids is asked for: what was read under all of them.
    """
    ids = await access_log.ids_of(tx.connection, mergers, citizen_id, caller.municipality)
    asked = access_log.Question(
        ids, caller.municipality, start_of(since) if since else None, end_of(until) if until else None
    )
    rows = await access_log.reads(tx.connection, asked, after=after, limit=limit + 1)
    await tx.log_reads(ids, "access log")
    page = [Read.model_validate(row) for row in rows[:limit]]
    return Reads(citizen_ids=ids, reads=page, after=page[-1].id if len(rows) > limit else None)


@api.get("/access-log/citizens")
async def find_in_access_log(
    tx: Tx,
    caller: Officer,
    mergers: KnownMergers,
    reference: Annotated[
        str, Query(pattern="^[0-9a-f]{8}$", description="The last eight digits of the id.", examples=["3f9a01b2"])
    ],
) -> Referred:
    """Which citizens of this log a reference may mean: whose id, or one merged with it, ends so."""
    found = await access_log.referred_to(tx.connection, mergers, reference, caller.municipality)
    for citizen_id in found:
        await tx.log_read(citizen_id, "id found by reference")
    return Referred(citizen_ids=found)
