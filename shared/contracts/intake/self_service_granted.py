"""A citizen may serve herself online."""

from datetime import date

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId


class SelfServiceGranted(Event, service="intake", entity="citizen", classification="personal"):
    """A citizen was judged able to use the virtual offer herself."""

    citizen_id: CitizenId
    until: date | None = Field(default=None, description="Last day; open when absent.")

    @classmethod
    def example(cls) -> "SelfServiceGranted":
        return cls.model_validate(
            {
                "municipality": "0101",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "until": "2026-04-30",
            },
        )
