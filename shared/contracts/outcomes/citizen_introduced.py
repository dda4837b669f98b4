"""A citizen was introduced to a company."""

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, DeclaredBy, OrderId


class CitizenIntroduced(Event, service="outcomes", entity="citizen", classification="personal"):
    """A citizen was introduced to the company behind an order."""

    order_id: OrderId
    citizen_id: CitizenId
    by: DeclaredBy

    @classmethod
    def example(cls) -> "CitizenIntroduced":
        return cls.model_validate(
            {
                "municipality": "0101",
                "order_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c08",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "by": "caseworker",
            },
        )
