"""Job profiles: what jobs ask for, shared between municipalities."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.assessment import queries
from services.assessment.commands import CloseProfile, ProfileRecorded, PublishProfile
from services.assessment.rules import profile
from shared.moment import moment
from shared.web import Principal, Role, Tx, allow, router

api = router()
Publisher = Annotated[Principal, allow(Role.COMPANY_DESK, Role.MANAGER)]
Everybody = Annotated[Principal, allow(*Role)]


@api.post("/profiles", status_code=201)
async def publish_profile(command: PublishProfile, tx: Tx, caller: Publisher) -> ProfileRecorded:
    """Publish a new job profile, for every municipality to read."""
    return await _publish(tx.new_id(), command, tx, caller)


@api.put("/profiles/{profile_id}")
async def publish_profile_anew(profile_id: UUID, command: PublishProfile, tx: Tx, caller: Publisher) -> ProfileRecorded:
    """Publish an open profile of your municipality anew, whole, when the job has come to ask for something else."""
    closed = await queries.own_profile_to_change(tx, profile_id, caller.municipality)
    await tx.expect(f"profile/{profile_id}")
    profile.must_be_open(closed=closed)
    return await _publish(profile_id, command, tx, caller)


@api.post("/profiles/{profile_id}/close")
async def close_profile(profile_id: UUID, command: CloseProfile, tx: Tx, caller: Publisher) -> ProfileRecorded:
    """Close a profile of your municipality: nobody is held against it any more, and what was found stays readable."""
    at = moment(command.happened, tx.now)
    closed = await queries.own_profile_to_change(tx, profile_id, caller.municipality)
    await tx.expect(f"profile/{profile_id}")
    event = profile.close(profile_id, caller.municipality, command.reason, closed=closed)
    return ProfileRecorded(profile_id=profile_id, version=await tx.append(event, happened=at.time))


@api.get("/profiles")
async def list_profiles(
    tx: Tx,
    caller: Everybody,
    closed: Annotated[bool, Query(description="Those that are closed, too.")] = False,
) -> list[queries.ProfileView]:
    """Every open job profile, of every municipality, by title."""
    return await queries.profiles(tx, closed=closed)


@api.get("/profiles/{profile_id}")
async def read_profile(profile_id: UUID, tx: Tx, caller: Everybody) -> queries.ProfileView:
    """One job profile, of any municipality, open or closed."""
    return await queries.profile(tx, profile_id)


async def _publish(profile_id: UUID, command: PublishProfile, tx: Tx, caller: Principal) -> ProfileRecorded:
    at = moment(command.happened, tx.now)
    event = profile.publish(
        profile_id,
        caller.municipality,
        title=command.title,
        occupation=command.occupation,
        demands=command.demands,
        tasks=command.tasks,
        company_id=command.company_id,
        validated=command.validated,
    )
    return ProfileRecorded(profile_id=profile_id, version=await tx.append(event, happened=at.time))
