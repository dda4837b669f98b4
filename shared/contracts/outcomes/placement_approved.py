"""A placement was approved."""

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, CompanyId, PlacementId, RoleName


class PlacementApproved(Event, service="outcomes", entity="citizen", classification="personal"):
    """An agreed placement was approved, so that it may start."""

    placement_id: PlacementId
    citizen_id: CitizenId
    company_id: CompanyId | None = None
    approved_by: RoleName

    @classmethod
    def example(cls) -> "PlacementApproved":
        return cls.model_validate(
            {
                "municipality": "0101",
                "placement_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c07",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "company_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c03",
                "approved_by": "employee representative",
            },
        )
