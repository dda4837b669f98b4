"""What callers may do with companies."""

from typing import Annotated

from pydantic import Field

from shared.command import Command
from shared.contracts.vocabulary import Text, Title

Cvr = Annotated[str, Field(pattern=r"^[0-9]{8}$", description="CVR number, eight digits.", examples=["12345678"])]
PNumber = Annotated[str, Field(pattern=r"^[0-9]{10}$", description="Production unit number, ten digits.")]
Employees = Annotated[int, Field(ge=0, le=1_000_000, description="Employees; below 250 the company counts as SME.")]
Industry = Annotated[Text, Field(max_length=200, description="Industry, in words or as a DB07 code.")]


class RegisterCompany(Command):
    """Register a company; its CVR number must be new to the municipality."""

    name: Title
    cvr: Cvr
    p_number: PNumber | None = None
    employees: Employees
    industry: Industry = ""


class ChangeCompany(Command):
    """Change what is known of a company; fields that are left out stay."""

    name: Title | None = None
    p_number: PNumber | None = None
    employees: Employees | None = None
    industry: Industry | None = None
