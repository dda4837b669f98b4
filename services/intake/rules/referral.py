"""Referring a citizen to an offer, and what came of it.

The expert group's principle: difficulties with reading, writing or Danish are settled **before** an IT course. With
such a barrier open neither a course nor the test is the next step: the workshop is (its eMentors help by hand), or a
language offer. The barrier is cleared when it is settled, and the referral can be made.

The other principle: what does not work is closed. Nobody is referred to a course that is wound down, and who is
referred to one is referred to something else, which takes that referral's place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.rules.citizen import Citizen
from services.intake.rules.course import Course
from shared.contracts.intake.referral_answered import ReferralAnswered
from shared.contracts.intake.referral_made import ReferralMade
from shared.contracts.vocabulary import ReferralAnswer, ReferralOffer
from shared.problems import Refused

SETTLED_FIRST = ("reading", "writing", "danish")
NEEDS_READING = ("course", "test")


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral as it stands; ``answer`` is None while the citizen's answer is awaited.

    ``wound_down`` says that its course takes nobody new any more, ``replaced`` that another referral took its place.
    """

    referral_id: UUID
    citizen_id: UUID
    municipality: str
    offer: ReferralOffer
    answer: str | None = None
    wound_down: bool = False
    replaced: bool = False


def make(
    referral_id: UUID,
    citizen: Citizen,
    awaited: Iterable[Referral],
    *,
    offer: ReferralOffer,
    reason: str,
    due: date,
    today: date,
    course: Course | None = None,
    replaces: UUID | None = None,
) -> ReferralMade:
    """The citizen is referred. ``awaited`` are her referrals that have no answer yet and that none has replaced.

    ``course`` is the one she is referred to, if one is named; ``replaces`` the referral to a course that was wound
    down, whose place this one takes.
    """
    citizen.must_be_here()
    _nothing_is_settled_first(citizen, offer)
    if course is not None:
        course.must_be_on_offer()
    standing = {one.referral_id: one for one in awaited}
    if replaces is not None:
        _must_be_replaceable(standing.pop(replaces, None))
    for one in standing.values():
        if one.offer == offer:
            raise _awaited(one)
    if due < today:
        raise Refused("due-in-past", "The referral is due in the past", f"Give a day from {today} on.")
    return ReferralMade(
        municipality=citizen.municipality,
        referral_id=referral_id,
        citizen_id=citizen.citizen_id,
        offer=offer,
        reason=reason,
        due=due,
        course_id=None if course is None else course.course_id,
        replaces=replaces,
    )


def _nothing_is_settled_first(citizen: Citizen, offer: ReferralOffer) -> None:
    """Refuse an offer that she could not follow yet."""
    open_barriers = [kind for kind in SETTLED_FIRST if kind in citizen.barriers]
    if offer in NEEDS_READING and open_barriers:
        raise Refused(
            "barrier-first",
            f"A barrier is settled before a {offer}: {', '.join(open_barriers)}",
            "Refer the citizen to the workshop or a language offer, and clear the barrier when it is settled.",
        )


def answer(referral: Referral, *, said: ReferralAnswer, reason: str | None) -> ReferralAnswered:
    """The one answer of a referral. A citizen who has left may still have answered before."""
    if referral.replaced:
        raise Refused(
            "referral-replaced",
            "Another referral took the place of this one, because its course was wound down",
            "Record the answer of that referral; GET /citizens/{citizen_id}/referrals lists it.",
        )
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


def _must_be_replaceable(referral: Referral | None) -> None:
    """Refuse to let another referral take the place of one that is over, not hers, or can still be taken up."""
    if referral is None:
        raise Refused(
            "referral-not-open",
            "The referral to replace is not an open one of this citizen",
            "GET /citizens/{citizen_id}/referrals lists hers. Leave `replaces` out if that one was answered.",
        )
    if not referral.wound_down:
        raise Refused(
            "referral-stands",
            "The referral to replace can still be taken up",
            "Only one to a course that was stopped or closed is replaced. Record the answer of this one instead.",
        )


def _awaited(referral: Referral) -> Refused:
    """The refusal of a second referral to an offer that the citizen is referred to already."""
    return Refused(
        "referral-awaited",
        f"The citizen is referred to '{referral.offer}' already and has not answered",
        "The course of that referral takes nobody new: give its id as `replaces`."
        if referral.wound_down
        else "Record the answer of that referral first.",
        referral_id=str(referral.referral_id),
    )
