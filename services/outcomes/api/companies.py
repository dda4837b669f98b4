"""Companies: register, change, find, read."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.outcomes import queries, views
from services.outcomes.answers import CompanyRecorded
from services.outcomes.commands import ChangeCompany, RegisterCompany
from services.outcomes.rules import companies
from shared.contracts.vocabulary import Text
from shared.moment import moment
from shared.web import Principal, Role, Tx, allow, router

api = router()
Desk = Annotated[Principal, allow(Role.COMPANY_DESK, Role.CASEWORKER, Role.SYSTEM)]
Reader = Annotated[Principal, allow(Role.COMPANY_DESK, Role.CASEWORKER, Role.EMENTOR, Role.MANAGER)]


@api.post("/companies", status_code=201)
async def register_company(command: RegisterCompany, tx: Tx, caller: Desk) -> CompanyRecorded:
    """Register a company. Refused with its id (member ``company_id``) when its CVR number is registered already."""
    at = moment(command.happened, tx.now)
    holder = await queries.company_with_cvr(tx, caller.municipality, command.cvr)
    event = companies.register(command, company_id=tx.new_id(), municipality=caller.municipality, holder=holder)
    version = await tx.append(event, happened=at.time)
    return CompanyRecorded(company_id=event.company_id, version=version)


@api.patch("/companies/{company_id}")
async def change_company(company_id: UUID, command: ChangeCompany, tx: Tx, caller: Desk) -> CompanyRecorded:
    """Change what is known of a company; fields that are left out stay."""
    at = moment(command.happened, tx.now)
    company = await queries.company(tx, company_id, caller.municipality)
    await tx.expect(f"company/{company_id}")
    version = await tx.append(companies.change(company, command), happened=at.time)
    return CompanyRecorded(company_id=company_id, version=version)


@api.get("/companies")
async def list_companies(
    tx: Tx,
    caller: Reader,
    search: Annotated[Text, Query(max_length=200, description="Part of the name, or the whole CVR number.")] = "",
    sme: Annotated[bool | None, Query(description="Only small and medium-sized companies, or only others.")] = None,
) -> list[views.companies.CompanyView]:
    """The municipality's companies by name, at most 500."""
    return await views.companies.companies(tx, caller.municipality, search=search, sme=sme)


@api.get("/companies/{company_id}")
async def read_company(company_id: UUID, tx: Tx, caller: Reader) -> views.companies.CompanyDetail:
    """A company with its agreements and contacts."""
    return await views.companies.company(tx, company_id, caller.municipality)
