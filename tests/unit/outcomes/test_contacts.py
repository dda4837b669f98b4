"""Contacts: a company asks, is answered once, never before it asked; the clock is 24 hours."""

from datetime import UTC, datetime, timedelta

from services.outcomes.commands import AnswerCompany, CompanyAsks
from services.outcomes.rules import contacts
from shared.contracts.outcomes import CompanyAnswered, CompanyAsked
from tests.unit.outcomes.given import COMPANY, CONTACT, HERE, NOON, company, contact
from tests.unit.outcomes.refusal import refused
from tests.unit.outcomes.test_companies import REGISTERED

MORNING = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ASKED = CompanyAsked(municipality=HERE, contact_id=CONTACT, company_id=COMPANY, at=MORNING, wants="praktik")
ANSWERED = CompanyAnswered(municipality=HERE, contact_id=CONTACT, company_id=COMPANY, at=NOON.time, wants="praktik")


def ask(command: CompanyAsks) -> CompanyAsked:
    return contacts.ask(company(REGISTERED), command, contact_id=CONTACT, moment=NOON)


def test_a_company_asked_this_morning() -> None:
    assert ask(CompanyAsks(at=MORNING, wants="praktik")) == ASKED


def test_a_company_asks_now_unless_another_moment_is_said() -> None:
    assert ask(CompanyAsks(wants="hire")).at == NOON.time


def test_a_company_cannot_have_asked_in_the_future() -> None:
    with refused("not-yet"):
        ask(CompanyAsks(at=NOON.time + SECOND, wants="hire"))


def test_the_answer_comes_now_unless_another_moment_is_said() -> None:
    assert contacts.answer(contact(ASKED), AnswerCompany(), moment=NOON) == ANSWERED


def test_an_answer_may_come_at_once_but_not_before_the_question() -> None:
    assert contacts.answer(contact(ASKED), AnswerCompany(at=MORNING), moment=NOON).at == MORNING
    with refused("answered-before-asked"):
        contacts.answer(contact(ASKED), AnswerCompany(at=MORNING - SECOND), moment=NOON)


def test_an_answer_lies_not_in_the_future() -> None:
    with refused("not-yet"):
        contacts.answer(contact(ASKED), AnswerCompany(at=NOON.time + SECOND), moment=NOON)


def test_a_company_is_answered_once() -> None:
    with refused("contact-answered-already"):
        contacts.answer(contact(ASKED, ANSWERED), AnswerCompany(), moment=NOON)


def test_an_answer_is_due_after_24_hours_also_when_the_clock_is_put_forward() -> None:
    before_summer_time = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    assert contacts.due(before_summer_time) == datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
