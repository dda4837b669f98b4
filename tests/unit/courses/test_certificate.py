"""Awarding and revoking certificates."""

from datetime import date
from uuid import UUID

import pytest

from services.courses.rules import certificate as rule
from services.courses.rules.certificate import Certificate
from shared.contracts.courses import CertificateAwarded
from shared.problems import Refused
from tests.unit.courses.given import MUNICIPALITY, citizen, enrolment, participation

ON, TODAY = date(2026, 10, 2), date(2026, 10, 5)
ENDED = participation(1, ON, "completed")


def awarded(**changes: object) -> CertificateAwarded:
    told = {"citizen_id": str(citizen(1)), "enrolment_id": str(enrolment(1)), "code": "AZ-900", "on": str(ON)}
    return CertificateAwarded.model_validate(CertificateAwarded.example().data() | told | changes)


def held(number: int = 1, **changes: object) -> Certificate:
    given = {"enrolment_id": enrolment(number), "code": "AZ-900", "awarded": date(2026, 9, 30)} | changes
    return Certificate(MUNICIPALITY, UUID(int=3000), citizen(1), **given)  # type: ignore[arg-type]


def test_a_certificate_is_awarded() -> None:
    assert rule.award(awarded(), ENDED, [], TODAY) == awarded()


def test_a_certificate_needs_no_participation() -> None:
    award = awarded(enrolment_id=None)
    assert rule.award(award, None, [], TODAY) == award


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"on": "2026-10-06"}, "award-in-the-future"),
        ({"on": "2026-09-06"}, "award-before-start"),
        ({"valid_until": "2026-10-01"}, "validity-before-award"),
    ],
)
def test_days_must_make_sense(changes: dict[str, object], code: str) -> None:
    with pytest.raises(Refused, match=code):
        rule.award(awarded(**changes), ENDED, [], TODAY)


def test_a_certificate_may_be_awarded_on_the_day_of_the_start() -> None:
    award = awarded(on=str(ENDED.started))
    assert rule.award(award, ENDED, [], TODAY) == award


def test_a_mistaken_registration_certifies_nothing() -> None:
    with pytest.raises(Refused, match="mis-registered"):
        rule.award(awarded(), participation(1, ON, "mis_registered"), [], TODAY)


def test_the_same_certificate_is_held_once() -> None:
    for other in (held(), held(2, awarded=ON)):
        with pytest.raises(Refused, match="already-awarded"):
            rule.award(awarded(), ENDED, [other], TODAY)


def test_another_code_a_revoked_one_or_another_course_and_day_is_another_certificate() -> None:
    others = [held(code="AZ-104"), held(revoked=TODAY), held(2)]
    assert rule.award(awarded(), ENDED, others, TODAY) == awarded()


def test_a_certificate_is_revoked_once_between_award_and_today() -> None:
    for on in (held().awarded, TODAY):
        assert rule.revoke(held(), "Wrong citizen", on, TODAY).on == on
    with pytest.raises(Refused, match="already-revoked"):
        rule.revoke(held(revoked=ON), "Wrong citizen", TODAY, TODAY)
    for on in (date(2026, 9, 29), date(2026, 10, 6)):
        with pytest.raises(Refused, match="revoked-outside-validity"):
            rule.revoke(held(), "Wrong citizen", on, TODAY)
