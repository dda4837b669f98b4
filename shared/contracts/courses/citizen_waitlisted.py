"""A citizen is on the waiting list."""

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, CohortId, EnrolmentId


class CitizenWaitlisted(Event, service="courses", entity="citizen", classification="personal"):
    """The cohort was full; the citizen is on its waiting list."""

    enrolment_id: EnrolmentId
    cohort_id: CohortId
    citizen_id: CitizenId
    position: int | None = Field(default=None, ge=1, description="Place on the waiting list, 1 is next.")

    @classmethod
    def example(cls) -> "CitizenWaitlisted":
        return cls.model_validate(
            {
                "municipality": "0101",
                "enrolment_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c06",
                "cohort_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c05",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "position": 3,
            },
        )
