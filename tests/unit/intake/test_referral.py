"""Referring a citizen, and the one answer of a referral."""

from datetime import date
from uuid import UUID

import pytest

from services.intake.rules import referral
from services.intake.rules.citizen import Citizen
from services.intake.rules.course import Cause, Course, WindDown
from services.intake.rules.referral import Referral
from shared.contracts.intake import ReferralAnswered, ReferralMade
from shared.contracts.vocabulary import ReferralOffer
from shared.problems import Refused

TODAY = date(2026, 11, 21)
ID = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01")
REFERRAL = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0b")
EARLIER = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0c")
COURSE = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c04")


def make(
    offer: ReferralOffer,
    *,
    barriers: tuple[str, ...] = (),
    awaited: tuple[ReferralOffer, ...] = (),
    due: date = TODAY,
    left_on: date | None = None,
    course: Course | None = None,
    wound_down: bool = False,
    replaces: UUID | None = None,
) -> ReferralMade:
    """Refer the citizen; the first of ``awaited`` is EARLIER, whose course may be wound down."""
    citizen = Citizen(ID, "0101", date(2026, 1, 12), left_on, dict.fromkeys(barriers, "low"))
    ids = (EARLIER, *(UUID(int=number) for number in range(1, len(awaited))))
    standing = [
        Referral(one, ID, "0101", earlier, wound_down=wound_down and one == EARLIER)
        for one, earlier in zip(ids, awaited, strict=False)
    ]
    return referral.make(
        REFERRAL,
        citizen,
        standing,
        offer=offer,
        reason="Needs e-Boks",
        due=due,
        today=TODAY,
        course=course,
        replaces=replaces,
    )


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


def test_a_course_that_is_on_offer_is_named() -> None:
    assert make("course", course=Course(COURSE)).course_id == COURSE


@pytest.mark.parametrize("cause", ["pilot-stopped", "course-closed"])
def test_nobody_is_referred_to_a_course_that_is_wound_down(cause: Cause) -> None:
    ended = WindDown(cause, date(2026, 11, 2), "Far below the benchmark")
    with pytest.raises(Refused) as refusal:
        make("course", course=Course(COURSE, ended))
    assert refusal.value.code == cause
    assert "2026-11-02" in refusal.value.title
    assert "another course" in refusal.value.detail
    assert refusal.value.members == {"course_id": str(COURSE), "reason": "Far below the benchmark"}


@pytest.mark.parametrize("offer", ["course", "workshop", "self-service"])
def test_any_offer_takes_the_place_of_a_referral_whose_course_is_wound_down(offer: ReferralOffer) -> None:
    made = make(offer, awaited=("course",), wound_down=True, replaces=EARLIER)
    assert (made.offer, made.replaces) == (offer, EARLIER)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"awaited": ("course",), "replaces": EARLIER}, "referral-stands"),
        ({"awaited": (), "replaces": EARLIER}, "referral-not-open"),
        ({"awaited": ("course", "workshop"), "wound_down": True, "replaces": EARLIER}, "referral-awaited"),
    ],
)
def test_only_an_open_referral_to_a_course_that_is_wound_down_is_replaced(given: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        make("workshop", **given)  # type: ignore[arg-type]
    assert refusal.value.code == code


@pytest.mark.parametrize(("wound_down", "advice"), [(True, "as `replaces`"), (False, "Record the answer")])
def test_a_second_referral_is_told_what_to_do_with_the_first(wound_down: bool, advice: str) -> None:
    with pytest.raises(Refused) as refusal:
        make("course", awaited=("course",), wound_down=wound_down)
    assert refusal.value.code == "referral-awaited"
    assert advice in refusal.value.detail
    assert refusal.value.members == {"referral_id": str(EARLIER)}


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


def test_a_referral_that_was_replaced_is_not_answered() -> None:
    with pytest.raises(Refused) as refusal:
        referral.answer(Referral(REFERRAL, ID, "0101", "course", replaced=True), said="accepted", reason=None)
    assert refusal.value.code == "referral-replaced"
