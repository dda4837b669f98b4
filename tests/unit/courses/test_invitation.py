"""Identifying, inviting and answering."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.courses.rules import invitation as rule
from services.courses.rules.invitation import Invitation
from shared.contracts.courses import CitizenIdentified, CitizenInvited, InvitationAnswered
from shared.contracts.vocabulary import InvitationAnswer
from shared.problems import Refused
from tests.unit.courses.given import BEFORE, COHORT, MUNICIPALITY, STARTS, citizen, cohort

INVITED = Invitation(invited=True)


def identified(number: int) -> CitizenIdentified:
    return CitizenIdentified(municipality=MUNICIPALITY, cohort_id=COHORT, citizen_id=citizen(number))


def invited(number: int) -> CitizenInvited:
    return CitizenInvited(municipality=MUNICIPALITY, cohort_id=COHORT, citizen_id=citizen(number))


def answer(standing: Invitation, given: InvitationAnswer, *, enrolled: bool = False) -> InvitationAnswered:
    return rule.answer(cohort(), standing, citizen(1), given, None, enrolled=enrolled, at=BEFORE)


def test_many_are_identified_at_once_and_nobody_twice() -> None:
    standing = {citizen(2): Invitation(identified=True), citizen(3): INVITED}
    named = [citizen(4), citizen(1), citizen(2), citizen(3), citizen(1)]
    assert rule.identify(cohort(), standing, named, BEFORE) == [identified(1), identified(4)]


def test_inviting_needs_no_identification_and_happens_once() -> None:
    standing = {citizen(2): Invitation(identified=True), citizen(3): INVITED}
    assert rule.invite(cohort(), standing, [citizen(1), citizen(2), citizen(3)], BEFORE) == [invited(1), invited(2)]


@pytest.mark.parametrize("step", [rule.identify, rule.invite])
def test_a_cohort_that_takes_nobody_invites_nobody(step: Callable[..., object]) -> None:
    for closed, code in [
        (cohort(cancelled=True), "cohort-cancelled"),
        (cohort(frozen_on=STARTS), "roster-frozen"),
    ]:
        with pytest.raises(Refused, match=code):
            step(closed, {}, [citizen(1)], BEFORE)
    with pytest.raises(Refused, match="cohort-started"):
        step(cohort(), {}, [citizen(1)], BEFORE + timedelta(days=7))


def test_an_invited_citizen_answers() -> None:
    assert answer(INVITED, "accepted").answer == "accepted"
    assert answer(INVITED, "declined").answer == "declined"


def test_who_is_not_invited_cannot_answer() -> None:
    with pytest.raises(Refused, match="not-invited"):
        answer(Invitation(identified=True), "accepted")


@pytest.mark.parametrize(
    ("standing", "given"), [("accepted", "accepted"), ("declined", "declined"), ("declined", "accepted")]
)
def test_an_answer_stands(standing: InvitationAnswer, given: InvitationAnswer) -> None:
    with pytest.raises(Refused, match="already-answered"):
        answer(Invitation(invited=True, answer=standing), given)


def test_an_acceptance_may_become_a_no_but_not_with_a_seat() -> None:
    accepted = Invitation(invited=True, answer="accepted")
    assert answer(accepted, "declined").answer == "declined"
    with pytest.raises(Refused, match="enrolled"):
        answer(accepted, "declined", enrolled=True)
