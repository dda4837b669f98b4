"""An offered seat was not taken in time."""

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, CohortId, EnrolmentId


class SeatOfferExpired(Event, service="courses", entity="citizen", classification="personal"):
    """An offered seat was not taken in time; it goes to the next on the waiting list."""

    enrolment_id: EnrolmentId
    cohort_id: CohortId
    citizen_id: CitizenId
    position: int | None = Field(default=None, ge=1, description="Place on the waiting list, 1 is next.")

    @classmethod
    def example(cls) -> "SeatOfferExpired":
        return cls.model_validate(
            {
                "municipality": "0101",
                "enrolment_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c06",
                "cohort_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c05",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "position": 1,
            },
        )
