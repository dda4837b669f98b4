"""service_goal: contacts answered no later than 24 hours after they were made, among those that are due."""

import pytest

from tests.unit.outcomes.effect.given import Company, numbers

ASKED = "2021-03-15T09:00:00Z"


@pytest.mark.parametrize(
    ("answer", "in_time"),
    [
        ("2021-03-15T09:05:00Z", 1),
        ("2021-03-16T09:00:00Z", 1),  # at that moment
        ("2021-03-16T10:00:00+01:00", 1),  # the same moment
        ("2021-03-16T09:00:00.000001Z", 0),
        ("2021-03-20T09:00:00Z", 0),
    ],
)
def test_in_time_means_at_or_before_24_hours(answer: str, in_time: int) -> None:
    contact = Company().asked(ASKED).answered(answer)
    assert numbers(contact, "service_goal", "2021-03-31") == (in_time, in_time, 1)


def test_only_due_contacts_count() -> None:
    contact = Company().asked(ASKED).answered("2021-03-15T09:05:00Z")
    assert numbers(contact, "service_goal", "2021-03-15") == (0, 0, 0)
    assert numbers(contact, "service_goal", "2021-03-16") == (1, 1, 1)


def test_it_is_due_on_the_danish_day_of_that_moment() -> None:
    late = Company().asked("2021-03-15T23:30:00Z")  # half past midnight on the 16th in Denmark, due on the 17th
    assert numbers(late, "service_goal", "2021-03-16") == (0, 0, 0)
    assert numbers(late, "service_goal", "2021-03-17") == (0, 0, 1)


def test_24_hours_are_24_hours_when_the_clocks_change() -> None:
    spring = Company().asked("2021-03-27T12:00:00+01:00")  # a Saturday noon; on Sunday that is 13:00
    assert numbers(spring.answered("2021-03-28T13:00:00+02:00"), "service_goal", "2021-03-31") == (1, 1, 1)


def test_the_first_answer_decides() -> None:
    contact = Company().asked(ASKED).answered("2021-03-20T09:00:00Z").answered("2021-03-15T10:00:00Z")
    assert numbers(contact, "service_goal", "2021-03-31") == (1, 1, 1)


def test_an_answer_belongs_to_its_contact() -> None:
    company = Company().asked(ASKED, "x1").asked(ASKED, "x2").answered("2021-03-15T10:00:00Z", "x2")
    assert numbers(company, "service_goal", "2021-03-31") == (1, 1, 2)


def test_an_unanswered_contact_is_not_in_time() -> None:
    assert numbers(Company().asked(ASKED), "service_goal", "2021-03-31") == (0, 0, 1)
