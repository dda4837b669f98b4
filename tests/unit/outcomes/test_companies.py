"""Companies: one per CVR number, SME below 250 employees, changed as a whole."""

from typing import Any

import pytest
from pydantic import ValidationError

from services.outcomes.commands import ChangeCompany, RegisterCompany
from services.outcomes.rules import companies
from shared.contracts.outcomes import CompanyChanged, CompanyRegistered
from tests.unit.outcomes.given import COMPANY, HERE, OTHER_COMPANY, company
from tests.unit.outcomes.refusal import refused

REGISTER = RegisterCompany(name="Bageriet", cvr="12345678", employees=12, industry="Bager")
REGISTERED = CompanyRegistered(
    municipality=HERE,
    company_id=COMPANY,
    company_name="Bageriet",
    cvr="12345678",
    employees=12,
    sme=True,
    industry="Bager",
)


def registered(**fields: Any) -> CompanyRegistered:
    return REGISTERED.model_copy(update=fields)


def test_a_new_company_is_registered() -> None:
    assert companies.register(REGISTER, company_id=COMPANY, municipality=HERE, holder=None) == REGISTERED


def test_a_known_cvr_number_is_refused_with_the_id_of_its_company() -> None:
    with refused("company-known") as refusal:
        companies.register(REGISTER, company_id=OTHER_COMPANY, municipality=HERE, holder=COMPANY)
    assert refusal.value.members == {"company_id": str(COMPANY)}
    assert str(COMPANY) in refusal.value.detail


@pytest.mark.parametrize(("employees", "sme"), [(0, True), (249, True), (250, False), (5000, False)])
def test_fewer_than_250_employees_make_an_sme(employees: int, sme: bool) -> None:
    command = RegisterCompany(name="X", cvr="12345678", employees=employees)
    assert companies.register(command, company_id=COMPANY, municipality=HERE, holder=None).sme is sme


@pytest.mark.parametrize("cvr", ["1234567", "123456789", "1234567a", "", "12 345678"])
def test_a_cvr_number_has_eight_digits(cvr: str) -> None:
    with pytest.raises(ValidationError):
        RegisterCompany(name="X", cvr=cvr, employees=1)


def test_growing_out_of_the_sme_class_is_told_with_the_whole_company() -> None:
    event = companies.change(company(REGISTERED), ChangeCompany(employees=250))
    assert event == CompanyChanged(**(REGISTERED.data() | {"employees": 250, "sme": False}))


def test_a_p_number_can_be_given_and_taken_away() -> None:
    given = companies.change(company(REGISTERED), ChangeCompany(p_number="1000000009"))
    assert given.p_number == "1000000009"
    taken = companies.change(company(REGISTERED, given), ChangeCompany(p_number=None))
    assert taken.p_number is None


@pytest.mark.parametrize("command", [ChangeCompany(), ChangeCompany(name="Bageriet", employees=12)])
def test_a_change_that_changes_nothing_is_refused(command: ChangeCompany) -> None:
    with refused("nothing-changed"):
        companies.change(company(registered()), command)
