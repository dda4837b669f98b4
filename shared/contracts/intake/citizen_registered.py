"""A citizen became known to the jobcenter."""

from datetime import date

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, Device, EducationLevel, TargetGroup, Unit


class CitizenRegistered(Event, service="intake", entity="citizen", classification="personal"):
    """A citizen was registered. The CPR number stays in intake's vault; everyone else knows only ``citizen_id``."""

    citizen_id: CitizenId
    target_group: TargetGroup
    education_level: EducationLevel
    academic: bool = Field(description="Whether the citizen holds an academic degree.")
    birth_year: int = Field(ge=1900, le=2100, description="Year of birth; the day stays in the vault.")
    unemployed_since: date = Field(description="First day of the present spell of unemployment.")
    device: Device | None = Field(default=None, description="The citizen's own device, if asked.")
    protected: bool = Field(description="Whether name and address are protected (navne- og adressebeskyttelse).")
    unit: Unit | None = Field(default=None, min_length=1, description="Her unit of the jobcenter (afdeling), if any.")

    @classmethod
    def example(cls) -> "CitizenRegistered":
        return cls.model_validate(
            {
                "municipality": "0101",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "target_group": "2",
                "education_level": "unskilled",
                "academic": False,
                "birth_year": 1979,
                "unemployed_since": "2026-01-12",
                "device": "phone",
                "protected": False,
                "unit": "Nord",
            }
        )
