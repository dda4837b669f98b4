"""A citizen's participation ended."""

from datetime import date

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, CohortId, CourseId, EndReason, EnrolmentId


class ParticipationEnded(Event, service="courses", entity="citizen", classification="personal"):
    """A participation ended. Told again with another reason, the later event corrects the earlier."""

    enrolment_id: EnrolmentId
    cohort_id: CohortId
    course_id: CourseId
    citizen_id: CitizenId
    on: date = Field(description="Day the participation ended (E).")
    reason: EndReason

    @classmethod
    def example(cls) -> "ParticipationEnded":
        return cls.model_validate(
            {
                "municipality": "0101",
                "enrolment_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c06",
                "cohort_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c05",
                "course_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c04",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "on": "2026-03-13",
                "reason": "completed",
            },
        )
