"""Agreements: in force from a day, ended once and never before that day."""

from datetime import date

from services.outcomes.commands import EndAgreement, SignAgreement
from services.outcomes.rules import agreements
from shared.contracts.outcomes import AgreementEnded, AgreementSigned
from tests.unit.outcomes.given import AGREEMENT, COMPANY, HERE, TODAY, TOMORROW, YESTERDAY, agreement, company
from tests.unit.outcomes.refusal import refused
from tests.unit.outcomes.test_companies import REGISTERED

SIGNED = AgreementSigned(
    municipality=HERE, agreement_id=AGREEMENT, company_id=COMPANY, on=TODAY, until=date(2026, 12, 31), kind="praktik"
)
ENDED = AgreementEnded(
    municipality=HERE, agreement_id=AGREEMENT, company_id=COMPANY, on=TODAY, until=date(2026, 12, 31), kind="praktik"
)


def sign(command: SignAgreement) -> AgreementSigned:
    return agreements.sign(company(REGISTERED), command, agreement_id=AGREEMENT)


def test_an_agreement_is_signed() -> None:
    assert sign(SignAgreement(kind="praktik", on=TODAY, until=date(2026, 12, 31))) == SIGNED


def test_an_agreement_may_run_out_on_its_first_day_but_not_before() -> None:
    assert sign(SignAgreement(kind="x", on=TODAY, until=TODAY)).until == TODAY
    with refused("agreement-ends-before-signing"):
        sign(SignAgreement(kind="x", on=TODAY, until=YESTERDAY))


def test_an_agreement_ends_and_tells_when_it_would_have_run_out() -> None:
    assert agreements.end(agreement(SIGNED), EndAgreement(on=TODAY)) == ENDED


def test_an_agreement_may_be_terminated_with_notice() -> None:
    assert agreements.end(agreement(SIGNED), EndAgreement(on=TOMORROW, reason="opsagt")).on == TOMORROW


def test_an_agreement_does_not_end_before_it_was_signed() -> None:
    with refused("agreement-ends-before-signing"):
        agreements.end(agreement(SIGNED), EndAgreement(on=YESTERDAY))


def test_an_agreement_ends_once() -> None:
    with refused("agreement-ended-already"):
        agreements.end(agreement(SIGNED, ENDED), EndAgreement(on=TOMORROW))
