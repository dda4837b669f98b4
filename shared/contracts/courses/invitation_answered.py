"""A citizen answered an invitation."""

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, CohortId, InvitationAnswer, Reason


class InvitationAnswered(Event, service="courses", entity="citizen", classification="personal"):
    """A citizen accepted or declined an invitation to a cohort."""

    cohort_id: CohortId
    citizen_id: CitizenId
    answer: InvitationAnswer
    reason: Reason | None = None

    @classmethod
    def example(cls) -> "InvitationAnswered":
        return cls.model_validate(
            {
                "municipality": "0101",
                "cohort_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c05",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "answer": "accepted",
            },
        )
