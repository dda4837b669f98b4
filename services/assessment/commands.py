"""What callers may ask assessment to do, and what they get back. The municipality is the caller's, never in a body."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from services.assessment.rules.result import Method
from shared.contracts.assessment.result import AreaResult
from shared.contracts.vocabulary import (
    CompanyId,
    Demand,
    Label,
    Occupation,
    Reason,
    TestPurpose,
    Text,
    Title,
    without_cpr,
)
from shared.moment import Happened, Instant

Task = Annotated[
    Text,
    Field(min_length=1, max_length=500, description="One task, in plain words; everybody may read it."),
    AfterValidator(without_cpr),
]
MEASURED = {
    "area": 1,
    "ability": -0.42,
    "standard_error": 0.31,
    "level": 3,
    "level_low": 3,
    "level_high": 4,
    "items": 5,
}


class Command(BaseModel):
    """A request body; an unknown field is an error, for it would be silently lost."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    happened: Happened = None


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


class PublishProfile(Command):
    """Tell everybody what a job asks for."""

    title: Annotated[Title, Field(examples=["Social- og sundhedshjælper"]), AfterValidator(without_cpr)]
    occupation: Annotated[Occupation, Field(examples=[{"scheme": "DISCO-08", "code": "5322"}])]
    demands: tuple[Demand, ...] = Field(
        min_length=1,
        max_length=5,
        description="Required level for each area that matters.",
        examples=[[{"area": 1, "level": 3, "weight": 1.0}, {"area": 2, "level": 4, "weight": 2.0}]],
    )
    tasks: tuple[Task, ...] = Field(
        max_length=50,
        description="What one does in the job.",
        examples=[["Dokumenterer i den elektroniske omsorgsjournal"]],
    )
    company_id: CompanyId | None = None
    validated: bool = Field(
        default=False,
        description="True when the demands were checked at workplaces; else they are marked as a judgement (skøn).",
    )


class CloseProfile(Command):
    """Let nobody be held against a profile any more."""

    reason: Reason | None = None


class FindGap(Command):
    """Hold a citizen's newest measurements against a job profile."""

    profile_id: UUID = Field(description="Id of the job profile.", examples=["018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c09"])


class TestRecorded(BaseModel):
    """The command was carried out."""

    __test__ = False  # an answer, no test case for pytest

    test_id: UUID = Field(description="Id of the test.")
    finished_at: datetime
    version: int = Field(description="The citizen's version in assessment after this command.")


class ProfileRecorded(BaseModel):
    """The command was carried out."""

    profile_id: UUID = Field(description="Id of the job profile.")
    version: int = Field(description="The profile's version: 1 when new.")
