"""An enrolment was withdrawn before the start."""

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, CohortId, EnrolmentId, Reason


class EnrolmentWithdrawn(Event, service="courses", entity="citizen", classification="personal"):
    """An enrolment, waiting place or seat offer was withdrawn before the cohort started."""

    enrolment_id: EnrolmentId
    cohort_id: CohortId
    citizen_id: CitizenId
    reason: Reason | None = None

    @classmethod
    def example(cls) -> "EnrolmentWithdrawn":
        return cls.model_validate(
            {
                "municipality": "0101",
                "enrolment_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c06",
                "cohort_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c05",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "reason": "Started in a job",
            },
        )
