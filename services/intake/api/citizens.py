"""Citizens: register, change, leave; read one, and find one by CPR number."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from fastapi.responses import JSONResponse

from services.intake import queries
from services.intake.commands import (
    ChangeCitizen,
    CitizenFound,
    CitizenRecorded,
    LeaveJobcenter,
    LookUpCitizen,
    RegisterCitizen,
)
from services.intake.rules import change, cpr, departure, registration
from services.intake.vault import Vault, vault
from shared.clock import danish_day
from shared.moment import moment
from shared.problems import NotFound
from shared.web import Principal, Role, Tx, allow, router
from shared.web.problems import document

api = router()
TheVault = Annotated[Vault, Depends(vault)]


@api.post("/citizens", status_code=201, response_model=CitizenRecorded)
async def register_citizen(
    command: RegisterCitizen,
    tx: Tx,
    caller: Annotated[Principal, allow(Role.CASEWORKER, Role.SYSTEM)],
    vault: TheVault,
) -> CitizenRecorded | JSONResponse:
    """Register a citizen. Refused with her id (member ``citizen_id``) when your municipality has her already."""
    at = moment(command.happened, tx.now)
    number = cpr.read(command.cpr.get_secret_value(), at.today)
    citizen_id = await queries.goes_by(tx, await vault.keep(tx, caller.municipality, number, tx.new_id()))
    known = await queries.citizen_if_known(tx, citizen_id, caller.municipality)
    refusal = known and registration.known_already(known)
    if refusal:
        # told, not raised: the answer gives the id away, so the log of that must be committed
        await tx.log_read(citizen_id, "id told: registered already")
        return document(refusal.status, refusal.code, refusal.title, refusal.detail, **refusal.members)
    await tx.expect(f"citizen/{citizen_id}")
    event = registration.register(citizen_id, caller.municipality, number, command.circumstances(), at.today)
    return CitizenRecorded(citizen_id=citizen_id, version=await tx.append(event, happened=at.time))


@api.post("/citizens/lookup")
async def look_up_citizen(
    command: LookUpCitizen,
    tx: Tx,
    caller: Annotated[Principal, allow(Role.CASEWORKER, Role.DPO, Role.SYSTEM)],
    vault: TheVault,
) -> CitizenFound:
    """The id of a person of your municipality. The number travels in the body: addresses end up in logs.

    The data protection officer finds here whom she must answer: a citizen who asks who has read her data.
    """
    number = cpr.read(command.cpr.get_secret_value(), danish_day(tx.now))
    citizen_id = await vault.find(tx, caller.municipality, number)
    if citizen_id is None:
        raise NotFound(
            "person-unknown",
            "Your municipality has registered no one with this CPR number",
            "Check the number; register the citizen if she is new to the jobcenter.",
        )
    citizen_id = await queries.goes_by(tx, citizen_id)
    await tx.log_read(citizen_id, "id found by CPR number")
    return CitizenFound(citizen_id=citizen_id)


@api.get("/citizens/{citizen_id}")
async def read_citizen(
    citizen_id: UUID, tx: Tx, caller: Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)]
) -> queries.CitizenView:
    """What is known of a citizen today. The read is logged before it is answered."""
    citizen = await queries.citizen(tx, citizen_id, caller.municipality, danish_day(tx.now))
    await tx.log_read(citizen_id, "citizen")
    return citizen


@api.post("/citizens/{citizen_id}/changes")
async def change_citizen(
    citizen_id: UUID,
    command: ChangeCitizen,
    tx: Tx,
    caller: Annotated[Principal, allow(Role.CASEWORKER, Role.SYSTEM)],
) -> CitizenRecorded:
    """Say what is different about a citizen from a day on, in the past or to come."""
    at = moment(command.happened, tx.now)
    citizen = await queries.citizen_to_decide_on(tx, citizen_id, caller.municipality)
    await tx.expect(f"citizen/{citizen_id}")
    holds = await queries.circumstances_on(tx, citizen_id, command.valid_from)
    event = change.change(citizen, holds, command.changes(), valid_from=command.valid_from, today=at.today)
    return CitizenRecorded(citizen_id=citizen_id, version=await tx.append(event, happened=at.time))


@api.post("/citizens/{citizen_id}/departure")
async def leave_jobcenter(
    citizen_id: UUID,
    command: LeaveJobcenter,
    tx: Tx,
    caller: Annotated[Principal, allow(Role.CASEWORKER, Role.SYSTEM)],
) -> CitizenRecorded:
    """Record that a citizen left the jobcenter. If she comes back, register her again: she keeps her id."""
    at = moment(command.happened, tx.now)
    citizen = await queries.citizen_to_decide_on(tx, citizen_id, caller.municipality)
    await tx.expect(f"citizen/{citizen_id}")
    event = departure.leave(citizen, reason=command.reason, on=command.on, today=at.today)
    return CitizenRecorded(citizen_id=citizen_id, version=await tx.append(event, happened=at.time))
