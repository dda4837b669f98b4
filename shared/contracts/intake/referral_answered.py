"""What came of a referral."""

from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, Reason, ReferralAnswer, ReferralOffer


class ReferralAnswered(Event, service="intake", entity="citizen", classification="personal"):
    """The citizen took up a referral, refused it, or did not appear."""

    referral_id: UUID = Field(description="Id of the referral.")
    citizen_id: CitizenId
    answer: ReferralAnswer
    offer: ReferralOffer | None = None
    reason: Reason | None = None

    @classmethod
    def example(cls) -> "ReferralAnswered":
        return cls.model_validate(
            {
                "municipality": "0101",
                "referral_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0b",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "answer": "accepted",
                "offer": "workshop",
            },
        )
