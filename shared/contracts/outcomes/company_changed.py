"""What is known about a company changed."""

from shared.contracts.outcomes.company import CompanyDescription


class CompanyChanged(CompanyDescription, service="outcomes", entity="company", classification="public"):
    """The whole description of a company as it is from now on."""

    @classmethod
    def example(cls) -> "CompanyChanged":
        return cls.model_validate(
            {
                "municipality": "0101",
                "company_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c03",
                "name": "Økoladen ApS",
                "cvr": "10000009",
                "p_number": "1000000009",
                "employees": 12,
                "sme": True,
                "industry": "Retail sale of food",
            },
        )
