"""A company placed a job order."""

from shared.contracts.outcomes.order import OrderDescription


class OrderPlaced(OrderDescription, service="outcomes", entity="order", classification="public"):
    """A company placed an order (jobordre), with what it expects agreed beforehand."""

    @classmethod
    def example(cls) -> "OrderPlaced":
        return cls.model_validate(
            {
                "municipality": "0101",
                "order_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c08",
                "company_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c03",
                "profile_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c09",
                "title": "Butiksassistent med webshop",
                "demands": [{"area": 1, "level": 3, "weight": 1.0}, {"area": 2, "level": 4, "weight": 2.0}],
                "kind": "praktik",
                "seats": 1,
                "expectations": "Vejer af, betjener kassen og lægger varer på webshoppen",
                "visible_in_app": True,
            },
        )
