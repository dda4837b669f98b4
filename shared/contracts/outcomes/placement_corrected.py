"""What was recorded about a placement was wrong."""

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
    Reason,
)


class PlacementCorrected(Event, service="outcomes", entity="citizen", classification="personal"):
    """A placement was recorded wrongly. Given fields replace what was recorded; absent ones are unchanged."""

    placement_id: PlacementId
    citizen_id: CitizenId
    company_id: CompanyId | None = None
    kind: PlacementKind | None = None
    temp_agency: bool | None = Field(default=None, description="Whether the employer is a temp agency.")
    hours_per_week: HoursPerWeek | None = None
    on: date | None = Field(default=None, description="Correct first day.")
    enrolment_id: EnrolmentId | None = None
    reason: Reason | None = None

    @classmethod
    def example(cls) -> "PlacementCorrected":
        return cls.model_validate(
            {
                "municipality": "0101",
                "placement_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c07",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "kind": "wage-subsidy",
                "hours_per_week": 37,
                "reason": "Was granted løntilskud from the first day",
            },
        )
