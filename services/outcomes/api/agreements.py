"""Cooperation agreements: sign and end."""

from typing import Annotated
from uuid import UUID

from services.outcomes import queries
from services.outcomes.answers import AgreementRecorded
from services.outcomes.commands import EndAgreement, SignAgreement
from services.outcomes.rules import agreements
from shared.moment import moment
from shared.web import Principal, Role, Tx, allow, router

api = router()
Desk = Annotated[Principal, allow(Role.COMPANY_DESK, Role.MANAGER, Role.SYSTEM)]


@api.post("/companies/{company_id}/agreements", status_code=201)
async def sign_agreement(company_id: UUID, command: SignAgreement, tx: Tx, caller: Desk) -> AgreementRecorded:
    """A company signed a cooperation agreement."""
    at = moment(command.happened, tx.now)
    company = await queries.company(tx, company_id, caller.municipality)
    await tx.expect(f"company/{company_id}")
    event = agreements.sign(company, command, agreement_id=tx.new_id())
    version = await tx.append(event, happened=at.time)
    return AgreementRecorded(agreement_id=event.agreement_id, company_id=company_id, version=version)


@api.post("/agreements/{agreement_id}/end")
async def end_agreement(agreement_id: UUID, command: EndAgreement, tx: Tx, caller: Desk) -> AgreementRecorded:
    """An agreement ended, or was terminated with notice. Only once."""
    at = moment(command.happened, tx.now)
    agreement = await queries.agreement(tx, agreement_id, caller.municipality)
    await tx.expect(f"company/{agreement.company_id}")
    version = await tx.append(agreements.end(agreement, command), happened=at.time)
    return AgreementRecorded(agreement_id=agreement_id, company_id=agreement.company_id, version=version)
