"""Companies: registering one, changing what is known of it, and when it counts as small or medium-sized."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.outcomes.commands import ChangeCompany, RegisterCompany
from shared.contracts.outcomes import CompanyChanged, CompanyRegistered
from shared.problems import Refused

SME_BELOW = 250  # employees; of the EU's definition (2003/361/EC) the jobcenter knows only the head count


@dataclass(frozen=True, slots=True)
class Company:
    """A registered company as the commands see it."""

    company_id: UUID
    municipality: str
    name: str
    cvr: str
    p_number: str | None
    employees: int
    industry: str


def is_sme(employees: int) -> bool:
    """Whether a company of so many employees counts as small or medium-sized."""
    return employees < SME_BELOW


def register(
    command: RegisterCompany, *, company_id: UUID, municipality: str, holder: UUID | None
) -> CompanyRegistered:
    """A new company. ``holder`` is the company that has the CVR number already, if one does: then it is refused."""
    if holder is not None:
        raise Refused(
            "company-known",
            f"CVR {command.cvr} is registered already",
            f"Use the registered company {holder}.",
            company_id=str(holder),
        )
    return CompanyRegistered(
        municipality=municipality,
        company_id=company_id,
        company_name=command.name,
        cvr=command.cvr,
        p_number=command.p_number,
        employees=command.employees,
        sme=is_sme(command.employees),
        industry=command.industry,
    )


def change(company: Company, command: ChangeCompany) -> CompanyChanged:
    """The whole company as it is from now on; the number of employees decides anew whether it is an SME."""
    changed = replace(company, **command.model_dump(include={"name", "employees", "industry"}, exclude_none=True))
    if "p_number" in command.model_fields_set:  # null means that there is none any more
        changed = replace(changed, p_number=command.p_number)
    if changed == company:
        raise Refused("nothing-changed", "Nothing would change", "Give at least one field with a new value.")
    return CompanyChanged(
        municipality=changed.municipality,
        company_id=changed.company_id,
        company_name=changed.name,
        cvr=changed.cvr,
        p_number=changed.p_number,
        employees=changed.employees,
        sme=is_sme(changed.employees),
        industry=changed.industry,
    )
