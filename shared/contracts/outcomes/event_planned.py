"""A matchmaking event was planned."""

from datetime import date
from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CohortId, CompanyId


class EventPlanned(Event, service="outcomes", entity="event", classification="public"):
    """A speed-dating or matchmaking event of cohorts and companies was planned."""

    event_id: UUID = Field(description="Id of the matchmaking event.")
    cohort_ids: tuple[CohortId, ...] = Field(max_length=100, description="Cohorts whose citizens take part.")
    companies: tuple[CompanyId, ...] = Field(max_length=1000, description="Ids of the companies that take part.")
    rounds: int = Field(ge=1, le=1000, description="Number of rounds.")
    online: bool = Field(description="Whether it is held online.")
    on: date = Field(description="Day of the event.")

    @classmethod
    def example(cls) -> "EventPlanned":
        return cls.model_validate(
            {
                "municipality": "0101",
                "event_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c12",
                "cohort_ids": ["018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c05"],
                "companies": ["018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c03"],
                "rounds": 9,
                "online": True,
                "on": "2026-03-24",
            },
        )
