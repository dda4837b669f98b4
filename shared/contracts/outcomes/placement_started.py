"""A citizen started at a company."""

from datetime import date

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import (
    CitizenId,
    CompanyId,
    EnrolmentId,
    HoursPerWeek,
    PlacementId,
    PlacementKind,
    Timing,
)


class PlacementStarted(Event, service="outcomes", entity="citizen", classification="personal"):
    """A citizen started in a job, with løntilskud, in praktik or in a flexjob. The kinds are never summed silently."""

    placement_id: PlacementId
    citizen_id: CitizenId
    company_id: CompanyId | None = None
    kind: PlacementKind
    temp_agency: bool = Field(description="Whether the employer is a temp agency (vikarbureau).")
    hours_per_week: HoursPerWeek
    on: date = Field(description="First day.")
    enrolment_id: EnrolmentId | None = None
    timing: Timing = "none"

    @classmethod
    def example(cls) -> "PlacementStarted":
        return cls.model_validate(
            {
                "municipality": "0101",
                "placement_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c07",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "company_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c03",
                "kind": "praktik",
                "temp_agency": False,
                "hours_per_week": 30,
                "on": "2026-03-16",
                "enrolment_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c06",
                "timing": "after",
            },
        )
