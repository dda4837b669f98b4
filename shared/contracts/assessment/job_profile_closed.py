"""A job profile is used no more."""

from shared.contracts.event import Event
from shared.contracts.vocabulary import ProfileId, Reason


class JobProfileClosed(Event, service="assessment", entity="profile", classification="public"):
    """Nobody is held against the profile any more; gaps that were found stand. Published anew, it is open again."""

    profile_id: ProfileId
    reason: Reason | None = None

    @classmethod
    def example(cls) -> "JobProfileClosed":
        return cls.model_validate(
            {
                "municipality": "0101",
                "profile_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c09",
                "reason": "Replaced by a profile for home care",
            },
        )
