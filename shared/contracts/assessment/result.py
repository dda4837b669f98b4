"""What a test result tells, whether told for the first time or computed anew."""

from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, DigitalArea, Label, Level, Shape, TestPurpose


class AreaResult(Shape):
    """One area: the ability, how sure it is, and the level that follows. No items: inferred from other areas."""

    area: DigitalArea
    ability: float = Field(description="Ability on the scale of the item bank: mean 0, standard deviation 1.")
    standard_error: float = Field(ge=0, description="Standard error of the ability, same scale.")
    level: Level
    level_low: Level = Field(description="Lowest level inside the 90 % interval.")
    level_high: Level = Field(description="Highest level inside the 90 % interval.")
    items: int = Field(ge=0, le=500, description="Items answered in this area.")


class TestResult(Event):
    """The fields that ``test-finished`` and ``result-rescored`` share."""

    test_id: UUID = Field(description="Id of the test session.")
    citizen_id: CitizenId
    framework: Label = Field(description="Competence framework.", examples=["DigComp"])
    framework_version: Label = Field(description="Version of the framework.", examples=["2.2"])
    bank_version: Label = Field(description="Version of the item bank that the session froze.", examples=["2026.1"])
    calibrated: bool = Field(description="False while item difficulties are set by experts (ikke kalibreret).")
    items: int = Field(ge=0, le=500, description="Items answered in all.")
    areas: tuple[AreaResult, ...] = Field(max_length=5, description="One result for each area.")
    purpose: TestPurpose
    assisted: bool = Field(default=False, description="Whether an eMentor sat beside the citizen.")
