"""How far a citizen is from a job profile."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, CourseId, DigitalArea, GapVerdict, Level, ProfileId, Shape

GapReason = Annotated[
    Literal["met", "below", "out-of-reach", "straddles", "inferred", "not-measured"],
    Field(
        description="Why: the whole interval is enough; it lies below the demand; so far below that a short course does"
        " not lift that far; the demand lies inside it; no question was asked in this area, it is inferred from the"
        " others; nothing is known."
    ),
]
"""Why a demand is met, is not, or is uncertain."""


class AreaGap(Shape):
    """One demanded area: the demand, what was measured (absent when the area was not tested), and whether it is met."""

    area: DigitalArea
    demanded: Level
    level: Level | None = None
    level_low: Level | None = None
    level_high: Level | None = None
    met: Literal["yes", "no", "uncertain"] = Field(description="Whether the demand is met, interval considered.")
    reason: GapReason | None = None
    measured_on: date | None = Field(default=None, description="Danish day on which the test of this area ended.")


class GapFound(Event, service="assessment", entity="citizen", classification="personal"):
    """A citizen's tested levels were held against a job profile; the verdict uses the intervals, not a score."""

    citizen_id: CitizenId
    profile_id: ProfileId
    verdict: GapVerdict
    areas: tuple[AreaGap, ...] = Field(max_length=5, description="The comparison for each demanded area.")
    course_ids: tuple[CourseId, ...] = Field(max_length=20, description="Courses that cover the gap; may be empty.")
    profile_version: int | None = Field(default=None, ge=1, description="Version of the profile that was held against.")
    calibrated: bool | None = Field(
        default=None, description="False when a result it rests on is not calibrated (ikke kalibreret)."
    )

    @classmethod
    def example(cls) -> "GapFound":
        return cls.model_validate(
            {
                "municipality": "0101",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "profile_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c09",
                "verdict": "after-course",
                "areas": [{"area": 2, "demanded": 4, "level": 3, "level_low": 3, "level_high": 3, "met": "no"}],
                "course_ids": ["018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c04"],
            },
        )
