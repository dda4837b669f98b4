"""A citizen consented to a use of her data."""

from datetime import date

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, Label


class ConsentGiven(Event, service="intake", entity="citizen", classification="personal"):
    """A citizen consented to one purpose."""

    citizen_id: CitizenId
    purpose: Label = Field(description="What the data may be used for.", examples=["profile-to-company"])
    valid_until: date | None = Field(default=None, description="Last day of the consent; open when absent.")

    @classmethod
    def example(cls) -> "ConsentGiven":
        return cls.model_validate(
            {
                "municipality": "0101",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "purpose": "profile-to-company",
                "valid_until": "2026-12-31",
            },
        )
