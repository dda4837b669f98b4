"""A pilot began, with its benchmark registered."""

from datetime import date
from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CourseId, Label


class PilotOpened(Event, service="courses", entity="pilot", classification="public"):
    """A course is tried on a few citizens first; benchmark, measure and sizes are fixed before any result."""

    pilot_id: UUID = Field(description="Id of the pilot.")
    course_id: CourseId
    benchmark: float = Field(ge=0, le=1, description="Share that the pilot must beat, between 0 and 1.")
    planned_size: int = Field(ge=1, description="Participations planned in all.")
    first_size: int = Field(ge=1, description="Participations before the first decision.")
    measure: Label = Field(description="Key of the indicator.", examples=["mikrosprint_job"])
    window_days: int = Field(ge=1, le=3660, description="Days after the end within which an outcome counts.")
    registered_on: date = Field(description="Day on which benchmark and size were fixed.")

    @classmethod
    def example(cls) -> "PilotOpened":
        return cls.model_validate(
            {
                "municipality": "0101",
                "pilot_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0d",
                "course_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c04",
                "benchmark": 0.45,
                "planned_size": 200,
                "first_size": 24,
                "measure": "mikrosprint_job",
                "window_days": 182,
                "registered_on": "2026-01-05",
            },
        )
