"""A citizen was found suitable for a cohort."""

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, CohortId


class CitizenIdentified(Event, service="courses", entity="citizen", classification="personal"):
    """A citizen was identified as a candidate for a cohort: first stage of the funnel."""

    cohort_id: CohortId
    citizen_id: CitizenId

    @classmethod
    def example(cls) -> "CitizenIdentified":
        return cls.model_validate(
            {
                "municipality": "0101",
                "cohort_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c05",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
            },
        )
