"""A placement never was."""

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, PlacementId, Reason


class PlacementVoided(Event, service="outcomes", entity="citizen", classification="personal"):
    """A placement was recorded by mistake or came to nothing; it counts nowhere."""

    placement_id: PlacementId
    citizen_id: CitizenId
    reason: Reason

    @classmethod
    def example(cls) -> "PlacementVoided":
        return cls.model_validate(
            {
                "municipality": "0101",
                "placement_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c07",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "reason": "Recorded on the wrong citizen",
            },
        )
