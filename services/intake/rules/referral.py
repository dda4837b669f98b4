"""Referring a citizen to an offer, and what came of it.

The expert group's principle: difficulties with reading, writing or Danish are settled **before** an IT course. With
such a barrier open neither a course nor the test is the next step: the workshop is (its eMentors help by hand), or a
language offer. The barrier is cleared when it is settled, and the referral can be made.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.rules.citizen import Citizen
from shared.contracts.intake.referral_answered import ReferralAnswered
from shared.contracts.intake.referral_made import ReferralMade
from shared.contracts.vocabulary import ReferralAnswer, ReferralOffer
from shared.problems import Refused

SETTLED_FIRST = ("reading", "writing", "danish")
NEEDS_READING = ("course", "test")


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral as it stands; ``answer`` is None while the citizen's answer is awaited."""

    referral_id: UUID
    citizen_id: UUID
    municipality: str
    offer: ReferralOffer
    answer: str | None = None


def make(
    referral_id: UUID,
    citizen: Citizen,
    awaited: Collection[str],
    *,
    offer: ReferralOffer,
    reason: str,
    due: date,
    today: date,
) -> ReferralMade:
    """The citizen is referred. ``awaited`` are the offers of her referrals that have no answer yet."""
    citizen.must_be_here()
    open_barriers = [kind for kind in SETTLED_FIRST if kind in citizen.barriers]
    if offer in NEEDS_READING and open_barriers:
        raise Refused(
            "barrier-first",
            f"A barrier is settled before a {offer}: {', '.join(open_barriers)}",
            "Refer the citizen to the workshop or a language offer, and clear the barrier when it is settled.",
        )
    if offer in awaited:
        raise Refused(
            "referral-awaited",
            f"The citizen is referred to '{offer}' already and has not answered",
            "Record the answer of that referral first.",
        )
    if due < today:
        raise Refused("due-in-past", "The referral is due in the past", f"Give a day from {today} on.")
    return ReferralMade(
        municipality=citizen.municipality,
        referral_id=referral_id,
        citizen_id=citizen.citizen_id,
        offer=offer,
        reason=reason,
        due=due,
    )


def answer(referral: Referral, *, said: ReferralAnswer, reason: str | None) -> ReferralAnswered:
    """The one answer of a referral. A citizen who has left may still have answered before."""
    if referral.answer is not None:
        raise Refused(
            "referral-answered",
            f"The referral was answered already: {referral.answer}",
            "An answer stands. Make a new referral if the citizen is to be asked again.",
        )
    return ReferralAnswered(
        municipality=referral.municipality,
        referral_id=referral.referral_id,
        citizen_id=referral.citizen_id,
        answer=said,
        offer=referral.offer,
        reason=reason,
    )
