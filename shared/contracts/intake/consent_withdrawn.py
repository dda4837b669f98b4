"""A citizen withdrew a consent."""

from datetime import date

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, Label


class ConsentWithdrawn(Event, service="intake", entity="citizen", classification="personal"):
    """A citizen withdrew the consent to one purpose; what rested on it stops."""

    citizen_id: CitizenId
    purpose: Label = Field(description="The purpose the consent was given for.", examples=["profile-to-company"])
    valid_until: date | None = Field(default=None, description="Last day the withdrawn consent would have had.")

    @classmethod
    def example(cls) -> "ConsentWithdrawn":
        return cls.model_validate(
            {
                "municipality": "0101",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "purpose": "profile-to-company",
            },
        )
