"""A visit to a digital workshop never was."""

from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, VisitVoidingReason


class WorkshopVisitVoided(Event, service="intake", entity="citizen", classification="personal"):
    """A visit registered by mistake; it counts nowhere, whatever else is told. An anonymous one has no citizen."""

    visit_id: UUID = Field(description="Id of the visit.")
    citizen_id: CitizenId | None = None
    reason: VisitVoidingReason

    @property
    def entity_kind(self) -> str:
        """The citizen's history when the citizen is known, else the visit alone."""
        return "visit" if self.citizen_id is None else "citizen"

    @classmethod
    def example(cls) -> "WorkshopVisitVoided":
        return cls.model_validate(
            {
                "municipality": "0101",
                "visit_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0c",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "reason": "registered-twice",
            },
        )
