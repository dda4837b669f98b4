"""Invitations: identify citizens for a cohort, invite them, record their answers; a citizen's own."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from services.courses import queries
from services.courses.api.callers import Caseworker, CitizenReader
from services.courses.commands import AnswerInvitation, NameCitizens
from services.courses.record import record
from services.courses.rules import invitation
from services.courses.rules.cohort import Cohort
from services.courses.rules.invitation import Invitation
from services.courses.views import invited
from services.courses.views.invited import InvitationView
from shared.contracts.courses import CitizenIdentified, CitizenInvited
from shared.moment import moment
from shared.persistence import Transaction
from shared.web import Principal, Tx, router

Naming = Callable[
    [Cohort, Mapping[UUID, Invitation], Iterable[UUID], datetime], list[CitizenIdentified] | list[CitizenInvited]
]
"""A rule that names citizens for a cohort."""

api = router()


class CitizensRecorded(BaseModel):
    """The command was carried out."""

    cohort_id: UUID
    citizen_ids: list[UUID] = Field(description="For whom something changed; the others were there already.")


class AnswerRecorded(BaseModel):
    """The command was carried out."""

    cohort_id: UUID
    citizen_id: UUID
    version: int = Field(description="The citizen's version in courses after this command.")


@api.post("/cohorts/{cohort_id}/identifications")
async def identify_citizens(cohort_id: UUID, command: NameCitizens, tx: Tx, caller: Caseworker) -> CitizensRecorded:
    """Note one or many citizens as suitable for a cohort: all of them, or none."""
    return await _name(invitation.identify, cohort_id, command, tx, caller)


@api.post("/cohorts/{cohort_id}/invitations")
async def invite_citizens(cohort_id: UUID, command: NameCitizens, tx: Tx, caller: Caseworker) -> CitizensRecorded:
    """Invite one or many citizens to a cohort: all of them, or none."""
    return await _name(invitation.invite, cohort_id, command, tx, caller)


@api.post("/cohorts/{cohort_id}/invitations/{citizen_id}/answer")
async def answer_invitation(
    cohort_id: UUID, citizen_id: UUID, command: AnswerInvitation, tx: Tx, caller: Caseworker
) -> AnswerRecorded:
    """Record that the citizen accepted or declined; an acceptance may be declined later, before the start."""
    at = moment(command.happened, tx.now)
    seats = await queries.seats_to_give(tx, cohort_id, caller.municipality)
    await tx.expect(f"citizen/{citizen_id}")
    standing = await queries.invitations(tx, cohort_id, [citizen_id])
    event = invitation.answer(
        seats.cohort,
        standing.get(citizen_id, Invitation()),
        citizen_id,
        command.answer,
        command.reason,
        enrolled=any(claim.citizen_id == citizen_id for claim in seats.claims),
        at=at.time,
    )
    version = await tx.append(event, happened=at.time)
    return AnswerRecorded(cohort_id=cohort_id, citizen_id=citizen_id, version=version)


@api.get("/citizens/{citizen_id}/invitations")
async def read_invitations(citizen_id: UUID, tx: Tx, caller: CitizenReader) -> list[InvitationView]:
    """Every cohort that a citizen was identified for or invited to. The read is logged before it is answered."""
    found = await invited.invitations(tx, citizen_id, caller.municipality)
    await tx.log_read(citizen_id, "invitations")
    return found


async def _name(
    rule: Naming, cohort_id: UUID, command: NameCitizens, tx: Transaction, caller: Principal
) -> CitizensRecorded:
    """Name citizens for a cohort, as the rule allows: all of them, or none."""
    at = moment(command.happened, tx.now)
    cohort = await queries.cohort_to_fill(tx, cohort_id, caller.municipality)
    await tx.expect(f"cohort/{cohort_id}")
    standing = await queries.invitations_of_known(tx, cohort_id, command.citizen_ids, caller.municipality)
    told = rule(cohort, standing, command.citizen_ids, at.time)
    await record(tx, told, at)
    return CitizensRecorded(cohort_id=cohort_id, citizen_ids=[event.citizen_id for event in told])
