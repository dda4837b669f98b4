"""A test ran out of time."""

from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, ItemPool, Label


class TestExpired(Event, service="assessment", entity="citizen", classification="personal"):
    """A test session ran out of its 24 hours; there is no result."""

    test_id: UUID = Field(description="Id of the test session.")
    citizen_id: CitizenId
    bank_version: Label = Field(description="Version of the item bank that the session froze.", examples=["2026.1"])
    pool: ItemPool

    @classmethod
    def example(cls) -> "TestExpired":
        return cls.model_validate(
            {
                "municipality": "0101",
                "test_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0a",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "bank_version": "2026.1",
                "pool": "full",
            },
        )
