"""A company became known."""

from shared.contracts.outcomes.company import CompanyDescription


class CompanyRegistered(CompanyDescription, service="outcomes", entity="company", classification="public"):
    """A company became known to the jobcenter."""

    @classmethod
    def example(cls) -> "CompanyRegistered":
        return cls.model_validate(
            {
                "municipality": "0101",
                "company_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c03",
                "name": "Økoladen ApS",
                "cvr": "10000009",
                "p_number": "1000000009",
                "employees": 8,
                "sme": True,
                "industry": "Retail sale of food",
            },
        )
