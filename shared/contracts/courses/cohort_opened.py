"""A cohort of a course was opened."""

from datetime import date

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CohortId, CourseId, Label


class CohortOpened(Event, service="courses", entity="cohort", classification="public"):
    """A cohort (hold) with its dates and seats was opened for enrolment."""

    cohort_id: CohortId
    course_id: CourseId
    starts: date = Field(description="First day; the roster is frozen then.")
    ends: date = Field(description="Last planned day.")
    capacity: int = Field(ge=1, le=10000, description="Number of seats.")
    site: Label | None = Field(default=None, description="Where it is held.")
    online: bool = Field(description="Whether it is held online.")

    @classmethod
    def example(cls) -> "CohortOpened":
        return cls.model_validate(
            {
                "municipality": "0101",
                "cohort_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c05",
                "course_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c04",
                "starts": "2026-02-02",
                "ends": "2026-03-13",
                "capacity": 24,
                "site": "Jobcenter Skelbækgade",
                "online": False,
            },
        )
