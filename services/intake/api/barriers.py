"""Barriers: what stands in a citizen's way."""

from typing import Annotated
from uuid import UUID

from fastapi import Body

from services.intake import queries
from services.intake.commands import CitizenRecorded, ClearBarrier, RecordBarrier
from services.intake.rules import barrier
from shared.contracts.vocabulary import BarrierKind
from shared.moment import moment
from shared.web import Principal, Role, Tx, allow, router

api = router()


@api.post("/citizens/{citizen_id}/barriers")
async def record_barrier(
    citizen_id: UUID,
    command: RecordBarrier,
    tx: Tx,
    caller: Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)],
) -> CitizenRecorded:
    """Record a barrier, or that it is more or less severe than before."""
    at = moment(command.happened, tx.now)
    citizen = await queries.citizen_to_decide_on(tx, citizen_id, caller.municipality)
    await tx.expect(f"citizen/{citizen_id}")
    event = barrier.record(citizen, command.kind, command.severity)
    return CitizenRecorded(citizen_id=citizen_id, version=await tx.append(event, happened=at.time))


@api.post("/citizens/{citizen_id}/barriers/{kind}/clear")
async def clear_barrier(
    citizen_id: UUID,
    kind: BarrierKind,
    tx: Tx,
    caller: Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)],
    command: Annotated[ClearBarrier, Body(default_factory=ClearBarrier)],
) -> CitizenRecorded:
    """Record that a barrier is out of the way."""
    at = moment(command.happened, tx.now)
    citizen = await queries.citizen_to_decide_on(tx, citizen_id, caller.municipality)
    await tx.expect(f"citizen/{citizen_id}")
    event = barrier.clear(citizen, kind)
    return CitizenRecorded(citizen_id=citizen_id, version=await tx.append(event, happened=at.time))
