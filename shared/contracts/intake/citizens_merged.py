"""Two records turned out to be the same citizen."""

from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId


class CitizensMerged(Event, service="intake", entity="citizen", classification="personal"):
    """Two ids were one citizen: from now on their histories are one, under ``citizen_id``."""

    citizen_id: CitizenId
    merged_id: UUID = Field(description="The id that is used no more; its history belongs to citizen_id.")

    @classmethod
    def example(cls) -> "CitizensMerged":
        return cls.model_validate(
            {
                "municipality": "0101",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "merged_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c02",
            },
        )
