"""A citizen's data were erased."""

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId


class CitizenErased(Event, service="intake", entity="citizen", classification="personal"):
    """A citizen's data were erased; every service forgets what it holds about the id, counted figures stay."""

    citizen_id: CitizenId

    @classmethod
    def example(cls) -> "CitizenErased":
        return cls.model_validate(
            {
                "municipality": "0101",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
            },
        )
