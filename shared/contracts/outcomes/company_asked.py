"""A company contacted the jobcenter."""

from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.instant import Instant
from shared.contracts.vocabulary import CompanyId, Wants


class CompanyAsked(Event, service="outcomes", entity="company", classification="public"):
    """A company contacted the jobcenter; it is to be answered within 24 hours."""

    contact_id: UUID = Field(description="Id of the contact.")
    company_id: CompanyId
    at: Instant = Field(description="Moment of the contact.")
    wants: Wants

    @classmethod
    def example(cls) -> "CompanyAsked":
        return cls.model_validate(
            {
                "municipality": "0101",
                "contact_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c11",
                "company_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c03",
                "at": "2026-01-19T08:12:00Z",
                "wants": "praktik",
            },
        )
