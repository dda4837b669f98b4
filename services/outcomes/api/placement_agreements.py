"""Placements that are agreed first: agree, approve, start."""

from typing import Annotated
from uuid import UUID

from services.outcomes import queries
from services.outcomes.answers import PlacementRecorded
from services.outcomes.commands import AgreePlacement, ApprovePlacement, StartAgreedPlacement
from services.outcomes.rules import placement_agreements
from shared.moment import moment
from shared.persistence import known_citizens
from shared.web import Principal, Role, Tx, allow, router

api = router()
Caseworker = Annotated[Principal, allow(Role.CASEWORKER, Role.SYSTEM)]


@api.post("/placements/agreed", status_code=201)
async def agree_placement(command: AgreePlacement, tx: Tx, caller: Caseworker) -> PlacementRecorded:
    """Citizen, company and jobcenter agreed on a placement to come, perhaps as one plan with a course."""
    at = moment(command.happened, tx.now)
    await known_citizens.lock(tx, [command.citizen_id], caller.municipality)
    await tx.expect(f"citizen/{command.citizen_id}")
    await queries.refuse_unknown_company(tx, command.company_id, caller.municipality)
    event = placement_agreements.agree(command, placement_id=tx.new_id(), municipality=caller.municipality)
    version = await tx.append(event, happened=at.time)
    return PlacementRecorded(placement_id=event.placement_id, citizen_id=event.citizen_id, version=version)


@api.post("/placements/{placement_id}/approve")
async def approve_placement(
    placement_id: UUID, command: ApprovePlacement, tx: Tx, caller: Caseworker
) -> PlacementRecorded:
    """An agreed placement was approved, so that it may start. Only once."""
    at = moment(command.happened, tx.now)
    placement = await queries.placement(tx, placement_id, caller.municipality)
    await tx.expect(f"citizen/{placement.citizen_id}")
    version = await tx.append(placement_agreements.approve(placement, command), happened=at.time)
    return PlacementRecorded(placement_id=placement_id, citizen_id=placement.citizen_id, version=version)


@api.post("/placements/{placement_id}/start")
async def start_agreed_placement(
    placement_id: UUID, command: StartAgreedPlacement, tx: Tx, caller: Caseworker
) -> PlacementRecorded:
    """An approved placement started, as it was agreed but perhaps on another day."""
    at = moment(command.happened, tx.now)
    placement = await queries.placement(tx, placement_id, caller.municipality)
    await tx.expect(f"citizen/{placement.citizen_id}")
    event = placement_agreements.start_agreed(placement, command, moment=at)
    version = await tx.append(event, happened=at.told_or_on(event.on))
    return PlacementRecorded(placement_id=placement_id, citizen_id=placement.citizen_id, version=version)
