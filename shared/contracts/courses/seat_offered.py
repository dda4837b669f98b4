"""A seat became free for a waiting citizen."""

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.instant import Instant
from shared.contracts.vocabulary import CitizenId, CohortId, EnrolmentId


class SeatOffered(Event, service="courses", entity="citizen", classification="personal"):
    """A seat that became free was offered to the next on the waiting list."""

    enrolment_id: EnrolmentId
    cohort_id: CohortId
    citizen_id: CitizenId
    position: int | None = Field(default=None, ge=1, description="Place on the waiting list, 1 is next.")
    expires: Instant | None = Field(default=None, description="Moment until which the seat is held.")

    @classmethod
    def example(cls) -> "SeatOffered":
        return cls.model_validate(
            {
                "municipality": "0101",
                "enrolment_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c06",
                "cohort_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c05",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "position": 1,
                "expires": "2026-01-30T11:00:00Z",
            },
        )
