"""A citizen began the adaptive test."""

from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, ItemPool, Label, TestPurpose


class TestStarted(Event, service="assessment", entity="citizen", classification="personal"):
    """A test session began and froze its bank version."""

    test_id: UUID = Field(description="Id of the test session.")
    citizen_id: CitizenId
    bank_version: Label = Field(description="Version of the item bank that the session froze.", examples=["2026.1"])
    pool: ItemPool
    purpose: TestPurpose | None = None
    profile_id: UUID | None = Field(default=None, description="Job profile the test is taken for.")
    assisted: bool = Field(default=False, description="Whether an eMentor sits beside the citizen.")

    @classmethod
    def example(cls) -> "TestStarted":
        return cls.model_validate(
            {
                "municipality": "0101",
                "test_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0a",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "bank_version": "2026.1",
                "pool": "full",
                "purpose": "entry",
            },
        )
