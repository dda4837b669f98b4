"""A citizen on the roster started."""

from datetime import date

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, CohortId, CourseId, EnrolmentId


class ParticipationStarted(Event, service="courses", entity="citizen", classification="personal"):
    """A citizen on the frozen roster takes part."""

    enrolment_id: EnrolmentId
    cohort_id: CohortId
    course_id: CourseId
    citizen_id: CitizenId
    on: date = Field(description="Day the participation started (S).")

    @classmethod
    def example(cls) -> "ParticipationStarted":
        return cls.model_validate(
            {
                "municipality": "0101",
                "enrolment_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c06",
                "cohort_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c05",
                "course_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c04",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "on": "2026-02-02",
            },
        )
