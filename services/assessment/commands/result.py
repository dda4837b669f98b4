"""A test that was taken elsewhere, and what callers get back."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.assessment.rules.result import Method
from shared.command import Command
from shared.contracts.assessment.result import AreaResult
from shared.contracts.vocabulary import Label, TestPurpose
from shared.moment import Instant

MEASURED = {
    "area": 1,
    "ability": -0.42,
    "standard_error": 0.31,
    "level": 3,
    "level_low": 3,
    "level_high": 4,
    "items": 5,
}


class RecordTest(Command):
    """Record the result of a finished test."""

    framework: Label = Field(default="DigComp", description="Competence framework.")
    framework_version: Label = Field(default="2.2", description="Version of the framework.")
    bank_version: Label = Field(description="Version of the item bank that the test froze.", examples=["2026.1"])
    calibrated: bool = Field(description="False while item difficulties are set by experts.", examples=[False])
    purpose: Annotated[TestPurpose, Field(examples=["entry"])]
    assisted: bool = Field(default=False, description="Whether an eMentor sat beside the citizen.")
    areas: tuple[AreaResult, ...] = Field(
        min_length=1, max_length=5, description="One result for each area that was measured.", examples=[[MEASURED]]
    )
    finished_at: Instant | None = Field(default=None, description="When the test ended, if it was before it is told.")

    def method(self) -> Method:
        """How the result came about."""
        return Method(**self.model_dump(exclude={"areas", "finished_at", "happened"}))


class TestRecorded(BaseModel):
    """The command was carried out."""

    __test__ = False  # an answer, no test case for pytest

    test_id: UUID = Field(description="Id of the test.")
    finished_at: datetime
    version: int = Field(description="The citizen's version in assessment after this command.")
