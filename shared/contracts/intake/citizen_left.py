"""A citizen left the jobcenter."""

from datetime import date

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, LeavingReason


class CitizenLeft(Event, service="intake", entity="citizen", classification="personal"):
    """A citizen is unemployed no more, or left for another reason. A new spell begins with ``citizen-changed``."""

    citizen_id: CitizenId
    reason: LeavingReason
    on: date = Field(description="First day after the citizen's last day at the jobcenter.")

    @classmethod
    def example(cls) -> "CitizenLeft":
        return cls.model_validate(
            {
                "municipality": "0101",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "reason": "job",
                "on": "2026-06-01",
            },
        )
