"""Registering a citizen: given what is known, when a person is registered, then an event or a refusal."""

from datetime import date
from uuid import UUID

import pytest

from services.intake.rules import cpr, registration
from services.intake.rules.citizen import Citizen
from services.intake.rules.registration import Circumstances
from shared.contracts.intake import CitizenRegistered
from shared.problems import Refused

TODAY = date(2026, 11, 21)
ID = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01")
NUMBER = cpr.read("010179-0001", TODAY)
CIRCUMSTANCES = Circumstances(
    target_group="2",
    education_level="unskilled",
    academic=False,
    unemployed_since=date(2026, 1, 12),
    device="phone",
    protected=False,
)


def test_of_the_number_only_the_year_of_birth_goes_into_the_event() -> None:
    event = registration.register(ID, "0101", NUMBER, CIRCUMSTANCES, TODAY)
    assert event == CitizenRegistered(
        municipality="0101",
        citizen_id=ID,
        target_group="2",
        education_level="unskilled",
        academic=False,
        birth_year=1979,
        unemployed_since=date(2026, 1, 12),
        device="phone",
        protected=False,
    )
    assert NUMBER.digits not in event.model_dump_json()


def test_a_known_person_is_refused_with_her_id() -> None:
    refusal = registration.known_already(Citizen(ID, "0101", date(2026, 1, 12)))
    assert refusal is not None
    assert refusal.code == "citizen-known"
    assert refusal.members == {"citizen_id": str(ID)}


def test_a_citizen_who_left_may_come_back() -> None:
    assert registration.known_already(Citizen(ID, "0101", date(2026, 1, 12), left_on=date(2026, 6, 1))) is None


def test_a_target_group_that_the_law_does_not_have_is_refused_with_those_it_has() -> None:
    circumstances = Circumstances("2.3", "unskilled", False, TODAY, None, False)
    with pytest.raises(Refused) as refusal:
        registration.register(ID, "0101", NUMBER, circumstances, TODAY)
    assert refusal.value.code == "target-group-unknown"
    assert "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13" in refusal.value.detail


@pytest.mark.parametrize(
    ("since", "code"),
    [
        (date(2026, 11, 22), "unemployed-in-future"),
        (date(1978, 12, 31), "unemployed-before-birth"),
    ],
)
def test_a_spell_that_cannot_be_is_refused(since: date, code: str) -> None:
    circumstances = Circumstances("2", "unskilled", False, since, None, False)
    with pytest.raises(Refused) as refusal:
        registration.register(ID, "0101", NUMBER, circumstances, TODAY)
    assert refusal.value.code == code


def test_a_spell_may_begin_today() -> None:
    circumstances = Circumstances("2", "unskilled", False, TODAY, None, False)
    assert registration.register(ID, "0101", NUMBER, circumstances, TODAY).unemployed_since == TODAY
