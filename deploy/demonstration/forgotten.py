"""What the generator lets wait for ever, because somebody forgot to answer: left out of what is shown at work.

In a year some hundred referrals would lie above those of this week, and nobody would see what there is to do.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from shared.contracts.envelope import Envelope

ASKED = {"referral-made": ("referral_id", timedelta(days=21)), "company-asked": ("contact_id", timedelta(days=0))}
"""The question's id, and for how long it may wait for its answer."""
ANSWERED = {"referral-answered": "referral_id", "company-answered": "contact_id"}


def without_forgotten(told: Iterable[Envelope], now: datetime) -> list[Envelope]:
    """The events without those questions that have no answer and were asked too long ago."""
    events = list(told)
    answered = {envelope.data[ANSWERED[envelope.name]] for envelope in events if envelope.name in ANSWERED}

    def is_forgotten(envelope: Envelope) -> bool:
        if envelope.name not in ASKED:
            return False
        key, patience = ASKED[envelope.name]
        return envelope.data[key] not in answered and envelope.time < now - patience

    return [envelope for envelope in events if not is_forgotten(envelope)]
