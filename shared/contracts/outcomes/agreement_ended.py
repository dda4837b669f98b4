"""A cooperation agreement ended."""

from datetime import date
from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CompanyId, Label, Reason


class AgreementEnded(Event, service="outcomes", entity="company", classification="public"):
    """A cooperation agreement ended early or was not prolonged."""

    agreement_id: UUID = Field(description="Id of the cooperation agreement.")
    company_id: CompanyId
    on: date = Field(description="First day it is in force no more.")
    until: date | None = Field(default=None, description="Last day the agreement would have had.")
    kind: Label | None = Field(default=None, description="Kind of agreement.")
    reason: Reason | None = None

    @classmethod
    def example(cls) -> "AgreementEnded":
        return cls.model_validate(
            {
                "municipality": "0101",
                "agreement_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c10",
                "company_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c03",
                "on": "2026-10-01",
                "reason": "The company moved abroad",
            },
        )
