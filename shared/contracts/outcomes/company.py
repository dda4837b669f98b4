"""What is told of a company, when it becomes known and when it changes."""

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CompanyId, Text, Title


class CompanyDescription(Event):
    """The fields that ``company-registered`` and ``company-changed`` share: always the whole company."""

    company_id: CompanyId
    company_name: Title = Field(alias="name")  # ``name`` is the event's own
    cvr: str = Field(pattern=r"^[0-9]{8}$", description="CVR number of the company.", examples=["10000009"])
    p_number: str | None = Field(
        default=None, pattern=r"^[0-9]{10}$", description="P number of the workplace.", examples=["1000000009"]
    )
    employees: int = Field(ge=0, le=10_000_000, description="Number of employees.")
    sme: bool = Field(description="Whether it is a small or medium-sized enterprise.")
    industry: Text = Field(max_length=200, description="Industry (branche); may be empty.")
