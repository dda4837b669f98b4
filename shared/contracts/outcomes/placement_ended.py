"""A placement ended."""

from datetime import date

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, CompanyId, EnrolmentId, PlacementId, PlacementKind, Reason


class PlacementEnded(Event, service="outcomes", entity="citizen", classification="personal"):
    """A placement ended."""

    placement_id: PlacementId
    citizen_id: CitizenId
    on: date = Field(description="Last day.")
    company_id: CompanyId | None = None
    kind: PlacementKind | None = None
    enrolment_id: EnrolmentId | None = None
    reason: Reason | None = None

    @classmethod
    def example(cls) -> "PlacementEnded":
        return cls.model_validate(
            {
                "municipality": "0101",
                "placement_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c07",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "on": "2026-04-10",
                "company_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c03",
                "kind": "praktik",
                "enrolment_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c06",
                "reason": "As agreed",
            },
        )
