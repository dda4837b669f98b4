"""Placements: start, end, correct, void; read a citizen's."""

from typing import Annotated
from uuid import UUID

from services.outcomes import queries, views
from services.outcomes.answers import PlacementRecorded
from services.outcomes.commands import CorrectPlacement, EndPlacement, StartPlacement, VoidPlacement
from services.outcomes.rules import placements
from shared.moment import moment
from shared.persistence import known_citizens
from shared.web import Principal, Role, Tx, allow, router

api = router()
Caseworker = Annotated[Principal, allow(Role.CASEWORKER, Role.SYSTEM)]


@api.post("/placements", status_code=201)
async def start_placement(command: StartPlacement, tx: Tx, caller: Caseworker) -> PlacementRecorded:
    """A citizen started in a job, with løntilskud, in praktik or in a flexjob; no agreement was made here before."""
    at = moment(command.happened, tx.now)
    await known_citizens.lock(tx, [command.citizen_id], caller.municipality)
    await tx.expect(f"citizen/{command.citizen_id}")
    await queries.refuse_unknown_company(tx, command.company_id, caller.municipality)
    event = placements.start(
        command,
        await queries.placements_to_compare(tx, command.citizen_id),
        placement_id=tx.new_id(),
        municipality=caller.municipality,
        moment=at,
    )
    version = await tx.append(event, happened=at.told_or_on(event.on))
    return PlacementRecorded(placement_id=event.placement_id, citizen_id=event.citizen_id, version=version)


@api.post("/placements/{placement_id}/end")
async def end_placement(placement_id: UUID, command: EndPlacement, tx: Tx, caller: Caseworker) -> PlacementRecorded:
    """A placement ended. Only once."""
    at = moment(command.happened, tx.now)
    placement = await queries.placement(tx, placement_id, caller.municipality)
    await tx.expect(f"citizen/{placement.citizen_id}")
    event = placements.end(placement, command, moment=at)
    version = await tx.append(event, happened=at.told_or_on(event.on))
    return PlacementRecorded(placement_id=placement_id, citizen_id=placement.citizen_id, version=version)


@api.post("/placements/{placement_id}/correct")
async def correct_placement(
    placement_id: UUID, command: CorrectPlacement, tx: Tx, caller: Caseworker
) -> PlacementRecorded:
    """What was recorded of a placement was wrong; the figures become what they would have been."""
    at = moment(command.happened, tx.now)
    placement = await queries.placement(tx, placement_id, caller.municipality)
    await tx.expect(f"citizen/{placement.citizen_id}")
    await queries.refuse_unknown_company(tx, command.company_id, caller.municipality)
    version = await tx.append(placements.correct(placement, command, moment=at), happened=at.time)
    return PlacementRecorded(placement_id=placement_id, citizen_id=placement.citizen_id, version=version)


@api.post("/placements/{placement_id}/void")
async def void_placement(placement_id: UUID, command: VoidPlacement, tx: Tx, caller: Caseworker) -> PlacementRecorded:
    """A placement never was, or came to nothing: it counts nowhere."""
    at = moment(command.happened, tx.now)
    placement = await queries.placement(tx, placement_id, caller.municipality)
    await tx.expect(f"citizen/{placement.citizen_id}")
    version = await tx.append(placements.void(placement, command), happened=at.time)
    return PlacementRecorded(placement_id=placement_id, citizen_id=placement.citizen_id, version=version)


@api.get("/citizens/{citizen_id}/placements")
async def list_placements(
    citizen_id: UUID, tx: Tx, caller: Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)]
) -> views.placements.CitizenPlacements:
    """A citizen's placements, newest first. The read is logged before it is answered."""
    placements = await views.placements.placements_of(tx, citizen_id, caller.municipality)
    await tx.log_read(citizen_id, "placements")
    return placements
