"""The roster of a cohort on its start day."""

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CohortId, EnrolmentId


class RosterFrozen(Event, service="courses", entity="cohort", classification="personal"):
    """The enrolments on the start day, whoever leaves later: the denominators of all figures."""

    cohort_id: CohortId
    enrolment_ids: tuple[EnrolmentId, ...] = Field(max_length=10000, description="All enrolments with a seat.")

    @classmethod
    def example(cls) -> "RosterFrozen":
        return cls.model_validate(
            {
                "municipality": "0101",
                "cohort_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c05",
                "enrolment_ids": ["018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c06"],
            },
        )
