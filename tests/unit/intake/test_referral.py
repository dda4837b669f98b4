"""Referring a citizen, and the one answer of a referral."""

from datetime import date
from uuid import UUID

import pytest

from services.intake.rules import referral
from services.intake.rules.citizen import Citizen
from services.intake.rules.referral import Referral
from shared.contracts.intake import ReferralAnswered, ReferralMade
from shared.contracts.vocabulary import ReferralOffer
from shared.problems import Refused

TODAY = date(2026, 11, 21)
ID = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01")
REFERRAL = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0b")


def make(
    offer: ReferralOffer,
    *,
    barriers: tuple[str, ...] = (),
    awaited: tuple[str, ...] = (),
    due: date = TODAY,
    left_on: date | None = None,
) -> ReferralMade:
    citizen = Citizen(ID, "0101", date(2026, 1, 12), left_on, dict.fromkeys(barriers, "low"))
    return referral.make(REFERRAL, citizen, awaited, offer=offer, reason="Needs e-Boks", due=due, today=TODAY)


def test_a_citizen_is_referred() -> None:
    assert make("workshop") == ReferralMade(
        municipality="0101", referral_id=REFERRAL, citizen_id=ID, offer="workshop", reason="Needs e-Boks", due=TODAY
    )


@pytest.mark.parametrize("offer", ["course", "test"])
@pytest.mark.parametrize("barrier", ["reading", "writing", "danish"])
def test_reading_writing_and_danish_are_settled_before_a_course_or_a_test(offer: ReferralOffer, barrier: str) -> None:
    with pytest.raises(Refused) as refusal:
        make(offer, barriers=("device", barrier))
    assert refusal.value.code == "barrier-first"
    assert barrier in refusal.value.title
    assert "device" not in refusal.value.title


@pytest.mark.parametrize("offer", ["workshop", "self-service", "job-app"])
def test_other_offers_are_open_to_all(offer: ReferralOffer) -> None:
    assert make(offer, barriers=("reading", "danish")).offer == offer


def test_lacking_a_device_does_not_stand_in_the_way_of_a_course() -> None:
    assert make("course", barriers=("device", "other")).offer == "course"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"awaited": ("test", "workshop")}, "referral-awaited"),
        ({"due": date(2026, 11, 20)}, "due-in-past"),
        ({"left_on": date(2026, 6, 1)}, "citizen-left"),
    ],
)
def test_what_makes_no_sense_is_refused(given: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        make("workshop", **given)  # type: ignore[arg-type]
    assert refusal.value.code == code


def test_another_offer_may_be_awaited() -> None:
    assert make("workshop", awaited=("course",)).offer == "workshop"


def test_a_referral_is_answered() -> None:
    event = referral.answer(Referral(REFERRAL, ID, "0101", "workshop"), said="no-show", reason=None)
    assert event == ReferralAnswered(
        municipality="0101", referral_id=REFERRAL, citizen_id=ID, answer="no-show", offer="workshop"
    )


@pytest.mark.parametrize("earlier", ["accepted", "refused", "no-show"])
def test_an_answer_stands(earlier: str) -> None:
    with pytest.raises(Refused) as refusal:
        referral.answer(Referral(REFERRAL, ID, "0101", "workshop", earlier), said="accepted", reason=None)
    assert refusal.value.code == "referral-answered"
