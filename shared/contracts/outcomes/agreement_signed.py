"""A company signed a cooperation agreement."""

from datetime import date
from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CompanyId, Label


class AgreementSigned(Event, service="outcomes", entity="company", classification="public"):
    """A cooperation agreement (samarbejdsaftale) is in force from a day."""

    agreement_id: UUID = Field(description="Id of the cooperation agreement.")
    company_id: CompanyId
    on: date = Field(description="First day in force.")
    until: date | None = Field(default=None, description="Last day in force; open when absent.")
    kind: Label = Field(description="Kind of agreement.", examples=["cooperation"])

    @classmethod
    def example(cls) -> "AgreementSigned":
        return cls.model_validate(
            {
                "municipality": "0101",
                "agreement_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c10",
                "company_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c03",
                "on": "2026-01-15",
                "until": "2027-01-14",
                "kind": "cooperation",
            },
        )
