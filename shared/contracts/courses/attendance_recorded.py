"""Whether a citizen was there on a day of her course."""

from datetime import date

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, CohortId, EnrolmentId


class AttendanceRecorded(Event, service="courses", entity="citizen", classification="personal"):
    """A participant was there on a day, or was not. Told again of the same day, the later event corrects the earlier.

    No indicator reads it: how a participation ended is told by ``participation-ended`` alone.
    """

    enrolment_id: EnrolmentId
    cohort_id: CohortId
    citizen_id: CitizenId
    on: date = Field(description="The day, within the cohort's dates.")
    present: bool = Field(description="Whether the citizen was there.")

    @classmethod
    def example(cls) -> "AttendanceRecorded":
        return cls.model_validate(
            {
                "municipality": "0101",
                "enrolment_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c06",
                "cohort_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c05",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "on": "2026-02-19",
                "present": True,
            },
        )
