"""A placement was agreed."""

from datetime import date

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import (
    CitizenId,
    CompanyId,
    EnrolmentId,
    HoursPerWeek,
    Occupation,
    PlacementId,
    PlacementKind,
    RoleName,
    Timing,
)


class PlacementAgreed(Event, service="outcomes", entity="citizen", classification="personal"):
    """Citizen, company and jobcenter agreed on a placement, possibly linked to a course as one plan."""

    placement_id: PlacementId
    citizen_id: CitizenId
    company_id: CompanyId
    kind: PlacementKind
    hours_per_week: HoursPerWeek
    starts: date = Field(description="Agreed first day.")
    ends: date | None = Field(default=None, description="Agreed last day; open when absent.")
    occupation: Occupation | None = None
    enrolment_id: EnrolmentId | None = None
    timing: Timing = "none"
    approved_by: RoleName | None = None

    @classmethod
    def example(cls) -> "PlacementAgreed":
        return cls.model_validate(
            {
                "municipality": "0101",
                "placement_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c07",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "company_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c03",
                "kind": "praktik",
                "hours_per_week": 30,
                "starts": "2026-03-16",
                "ends": "2026-04-10",
                "occupation": {"scheme": "DISCO-08", "code": "5223"},
                "enrolment_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c06",
                "timing": "after",
            },
        )
