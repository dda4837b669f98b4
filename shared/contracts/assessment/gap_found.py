"""How far a citizen is from a job profile."""

from typing import Literal

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, CourseId, DigitalArea, GapVerdict, Level, ProfileId, Shape


class AreaGap(Shape):
    """One demanded area: the demand, what was measured (absent when the area was not tested), and whether it is met."""

    area: DigitalArea
    demanded: Level
    level: Level | None = None
    level_low: Level | None = None
    level_high: Level | None = None
    met: Literal["yes", "no", "uncertain"] = Field(description="Whether the demand is met, interval considered.")


class GapFound(Event, service="assessment", entity="citizen", classification="personal"):
    """A citizen's tested levels were held against a job profile; the verdict uses the intervals, not a score."""

    citizen_id: CitizenId
    profile_id: ProfileId
    verdict: GapVerdict
    areas: tuple[AreaGap, ...] = Field(max_length=5, description="The comparison for each demanded area.")
    course_ids: tuple[CourseId, ...] = Field(max_length=20, description="Courses that cover the gap; may be empty.")

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
