"""Gaps: how far a citizen is from a job profile, and what would close the distance."""

from typing import Annotated
from uuid import UUID

from services.assessment import gap_finding, gap_queries, queries
from services.assessment.commands import FindGap
from services.assessment.views.gap import GapView
from shared.moment import moment
from shared.persistence.known_citizens import must_be_known
from shared.web import Principal, Role, Tx, allow, router

api = router()
Reader = Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)]


@api.post("/citizens/{citizen_id}/gaps", status_code=201)
async def find_gap(citizen_id: UUID, command: FindGap, tx: Tx, caller: Reader) -> GapView:
    """Hold the citizen's newest measurements against an open profile: ready, after-course, not-yet or uncertain."""
    at = moment(command.happened, tx.now)
    await queries.to_decide_on(tx, citizen_id, caller.municipality)
    await tx.expect(f"citizen/{citizen_id}")
    profile = await queries.open_profile(tx, command.profile_id)
    event = await gap_finding.find(tx, citizen_id, caller.municipality, profile)
    await tx.log_read(citizen_id, "gap to a job profile")
    await tx.append(event, happened=at.time)
    return await gap_queries.gap_told(tx, event, at.time, validated=profile.validated)


@api.get("/citizens/{citizen_id}/gaps")
async def list_gaps(citizen_id: UUID, tx: Tx, caller: Reader) -> list[GapView]:
    """The newest gap to each profile the citizen was held against. The read is logged before it is answered."""
    await must_be_known(tx, citizen_id, caller.municipality)
    await tx.log_read(citizen_id, "gaps to job profiles")
    return await gap_queries.gaps(tx, citizen_id)
