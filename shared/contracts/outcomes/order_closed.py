"""A job order was closed."""

from shared.contracts.event import Event
from shared.contracts.vocabulary import CompanyId, OrderId, Reason


class OrderClosed(Event, service="outcomes", entity="order", classification="public"):
    """An order takes no more candidates: filled, withdrawn or run out."""

    order_id: OrderId
    company_id: CompanyId
    reason: Reason | None = None

    @classmethod
    def example(cls) -> "OrderClosed":
        return cls.model_validate(
            {
                "municipality": "0101",
                "order_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c08",
                "company_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c03",
                "reason": "Filled",
            },
        )
