"""A citizen got a seat."""

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, CohortId, EnrolmentId


class CitizenEnrolled(Event, service="courses", entity="citizen", classification="personal"):
    """A citizen has a seat on a cohort."""

    enrolment_id: EnrolmentId
    cohort_id: CohortId
    citizen_id: CitizenId

    @classmethod
    def example(cls) -> "CitizenEnrolled":
        return cls.model_validate(
            {
                "municipality": "0101",
                "enrolment_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c06",
                "cohort_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c05",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
            },
        )
