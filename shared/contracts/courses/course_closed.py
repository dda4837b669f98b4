"""A course is offered no more."""

from shared.contracts.event import Event
from shared.contracts.vocabulary import CourseId, Reason


class CourseClosed(Event, service="courses", entity="course", classification="public"):
    """A course takes no new cohorts; running ones end as planned."""

    course_id: CourseId
    reason: Reason | None = None

    @classmethod
    def example(cls) -> "CourseClosed":
        return cls.model_validate(
            {
                "municipality": "0101",
                "course_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c04",
                "reason": "Pilot stopped",
            },
        )
