"""A citizen was referred to an offer."""

from datetime import date
from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, CourseId, Reason, ReferralOffer


class ReferralMade(Event, service="intake", entity="citizen", classification="personal"):
    """A caseworker referred a citizen to an offer that is due by a day."""

    referral_id: UUID = Field(description="Id of the referral.")
    citizen_id: CitizenId
    offer: ReferralOffer
    reason: Reason
    due: date = Field(description="Day by which the citizen should have taken up the offer.")
    course_id: CourseId | None = None
    replaces: UUID | None = Field(
        default=None,
        description="Id of the open referral that this one takes the place of: its course was stopped or closed.",
    )

    @classmethod
    def example(cls) -> "ReferralMade":
        return cls.model_validate(
            {
                "municipality": "0101",
                "referral_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0b",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "offer": "workshop",
                "reason": "Needs help with e-Boks and MitID",
                "due": "2026-02-09",
            },
        )
