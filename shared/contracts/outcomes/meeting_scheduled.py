"""A citizen and a company are to meet."""

from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, CompanyId


class MeetingScheduled(Event, service="outcomes", entity="citizen", classification="personal"):
    """A citizen is to meet a company in one round of an event."""

    event_id: UUID = Field(description="Id of the matchmaking event.")
    round: int = Field(ge=0, le=1000, description="Round of the event.")
    table: int = Field(ge=0, le=1000, description="Table of the round.")
    citizen_id: CitizenId
    company_id: CompanyId

    @classmethod
    def example(cls) -> "MeetingScheduled":
        return cls.model_validate(
            {
                "municipality": "0101",
                "event_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c12",
                "round": 1,
                "table": 3,
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "company_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c03",
            },
        )
