"""A citizen wants to be put in touch."""

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, DeclaredBy, OrderId


class InterestDeclared(Event, service="outcomes", entity="citizen", classification="personal"):
    """A citizen saw an order and wants to be put in touch with the company."""

    order_id: OrderId
    citizen_id: CitizenId
    by: DeclaredBy

    @classmethod
    def example(cls) -> "InterestDeclared":
        return cls.model_validate(
            {
                "municipality": "0101",
                "order_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c08",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "by": "citizen",
            },
        )
