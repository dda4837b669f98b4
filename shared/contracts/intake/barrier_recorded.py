"""Something that stands in the way of an IT course."""

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import BarrierKind, CitizenId, Severity


class BarrierRecorded(Event, service="intake", entity="citizen", classification="sensitive"):
    """A difficulty was recorded, or cleared again. Reading, writing and Danish are settled before an IT course."""

    citizen_id: CitizenId
    kind: BarrierKind
    severity: Severity
    cleared: bool = Field(description="Whether the barrier is out of the way now.")

    @classmethod
    def example(cls) -> "BarrierRecorded":
        return cls.model_validate(
            {
                "municipality": "0101",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "kind": "reading",
                "severity": "medium",
                "cleared": False,
            },
        )
