"""Job profiles: what jobs ask for, shared between municipalities."""

from typing import Annotated
from uuid import UUID

from services.assessment import queries
from services.assessment.commands import ProfilePublished, PublishProfile
from services.assessment.rules import profile
from shared.moment import moment
from shared.web import Principal, Role, Tx, allow, router

api = router()


@api.post("/profiles", status_code=201)
async def publish_profile(
    command: PublishProfile, tx: Tx, caller: Annotated[Principal, allow(Role.COMPANY_DESK, Role.MANAGER)]
) -> ProfilePublished:
    """Publish a new job profile, for every municipality to read."""
    return await _publish(tx.new_id(), command, tx, caller)


@api.put("/profiles/{profile_id}")
async def publish_profile_anew(
    profile_id: UUID,
    command: PublishProfile,
    tx: Tx,
    caller: Annotated[Principal, allow(Role.COMPANY_DESK, Role.MANAGER)],
) -> ProfilePublished:
    """Publish a profile of your municipality anew, whole, when the job has come to ask for something else."""
    await queries.must_be_own_profile(tx, profile_id, caller.municipality)
    await tx.expect(f"profile/{profile_id}")
    return await _publish(profile_id, command, tx, caller)


@api.get("/profiles")
async def list_profiles(tx: Tx, caller: Annotated[Principal, allow(*Role)]) -> list[queries.ProfileView]:
    """Every job profile, of every municipality, by title."""
    return await queries.profiles(tx)


@api.get("/profiles/{profile_id}")
async def read_profile(profile_id: UUID, tx: Tx, caller: Annotated[Principal, allow(*Role)]) -> queries.ProfileView:
    """One job profile, of any municipality."""
    return await queries.profile(tx, profile_id)


async def _publish(profile_id: UUID, command: PublishProfile, tx: Tx, caller: Principal) -> ProfilePublished:
    at = moment(command.happened, tx.now)
    event = profile.publish(
        profile_id,
        caller.municipality,
        title=command.title,
        occupation=command.occupation,
        demands=command.demands,
        tasks=command.tasks,
        company_id=command.company_id,
    )
    return ProfilePublished(profile_id=profile_id, version=await tx.append(event, happened=at.time))
