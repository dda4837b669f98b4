"""Gaps: how far a citizen is from a job profile, and what would close the distance."""

from typing import Annotated
from uuid import UUID

from services.assessment import queries
from services.assessment.commands import FindGap
from services.assessment.rules import gap
from shared.moment import moment
from shared.web import Principal, Role, Tx, allow, router

api = router()


@api.post("/citizens/{citizen_id}/gaps", status_code=201)
async def find_gap(
    citizen_id: UUID, command: FindGap, tx: Tx, caller: Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)]
) -> queries.GapView:
    """Hold the citizen's newest measurements against a profile: ready, after-course, not-yet or uncertain."""
    at = moment(command.happened, tx.now)
    await queries.must_be_known(tx, citizen_id, caller.municipality)
    await tx.expect(f"citizen/{citizen_id}")
    profile = await queries.profile(tx, command.profile_id)
    event = gap.find(
        citizen_id,
        caller.municipality,
        profile.profile_id,
        profile.demands,
        await queries.measurements(tx, citizen_id),
        await queries.courses_on_offer(tx, caller.municipality),
    )
    await tx.log_read(citizen_id, "gap to a job profile")
    await tx.append(event, happened=at.time)
    return queries.GapView(found_at=at.time, **event.model_dump(exclude={"municipality", "citizen_id"}))


@api.get("/citizens/{citizen_id}/gaps")
async def list_gaps(
    citizen_id: UUID, tx: Tx, caller: Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)]
) -> list[queries.GapView]:
    """The newest gap to each profile the citizen was held against. The read is logged before it is answered."""
    await queries.must_be_known(tx, citizen_id, caller.municipality)
    await tx.log_read(citizen_id, "gaps to job profiles")
    return await queries.gaps(tx, citizen_id)
