"""Something known about a citizen changed."""

from datetime import date

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, Device, EducationLevel, TargetGroup, Unit


class CitizenChanged(Event, service="intake", entity="citizen", classification="personal"):
    """What is known about a citizen changed from a day on; an absent field is unchanged."""

    citizen_id: CitizenId
    valid_from: date = Field(description="First day on which the new values hold; may lie in the past.")
    target_group: TargetGroup | None = None
    education_level: EducationLevel | None = None
    academic: bool | None = Field(default=None, description="Whether the citizen holds an academic degree.")
    birth_year: int | None = Field(default=None, ge=1900, le=2100, description="Corrected year of birth.")
    unemployed_since: date | None = Field(default=None, description="First day of the present spell of unemployment.")
    device: Device | None = None
    protected: bool | None = Field(default=None, description="Whether name and address are protected.")
    unit: Unit | None = Field(default=None, description="Her unit of the jobcenter (afdeling); empty: none any more.")

    @classmethod
    def example(cls) -> "CitizenChanged":
        return cls.model_validate(
            {
                "municipality": "0101",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "valid_from": "2026-03-01",
                "target_group": "3",
                "unemployed_since": "2026-03-01",
                "unit": "Syd",
            },
        )
