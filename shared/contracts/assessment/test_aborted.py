"""A test was broken off by a fault."""

from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, ItemPool, Label


class TestAborted(Event, service="assessment", entity="citizen", classification="personal"):
    """Something broke during a test, so that it could not go on. The citizen did not stop it; there is no result."""

    test_id: UUID = Field(description="Id of the test session.")
    citizen_id: CitizenId
    bank_version: Label = Field(description="Version of the item bank that the session froze.", examples=["2026.1"])
    pool: ItemPool

    @classmethod
    def example(cls) -> "TestAborted":
        return cls.model_validate(
            {
                "municipality": "0101",
                "test_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0a",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "bank_version": "2026.1",
                "pool": "full",
            },
        )
