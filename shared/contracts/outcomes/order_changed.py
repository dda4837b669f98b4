"""A job order changed."""

from shared.contracts.outcomes.order import OrderDescription


class OrderChanged(OrderDescription, service="outcomes", entity="order", classification="public"):
    """The whole order as it is from now on."""

    @classmethod
    def example(cls) -> "OrderChanged":
        return cls.model_validate(
            {
                "municipality": "0101",
                "order_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c08",
                "company_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c03",
                "profile_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c09",
                "title": "Butiksassistent med webshop",
                "demands": [{"area": 1, "level": 3, "weight": 1.0}, {"area": 2, "level": 4, "weight": 2.0}],
                "kind": "praktik",
                "seats": 2,
                "expectations": "Vejer af, betjener kassen og lægger varer på webshoppen",
                "visible_in_app": True,
            },
        )
