"""A cohort was cancelled."""

from shared.contracts.event import Event
from shared.contracts.vocabulary import CohortId, CourseId, Reason


class CohortCancelled(Event, service="courses", entity="cohort", classification="public"):
    """A cohort will not be held, or not to its end; enrolments fall away."""

    cohort_id: CohortId
    course_id: CourseId
    reason: Reason | None = None

    @classmethod
    def example(cls) -> "CohortCancelled":
        return cls.model_validate(
            {
                "municipality": "0101",
                "cohort_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c05",
                "course_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c04",
                "reason": "Too few seats taken",
            },
        )
