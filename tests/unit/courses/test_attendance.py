"""Attendance: given a roster, when a day is told, then who is recorded."""

from datetime import date

import pytest

from services.courses.rules import attendance
from services.courses.rules.participation import Participation
from shared.contracts.vocabulary import EndReason
from shared.problems import Refused
from tests.unit.courses.given import COHORT, COURSE, ENDS, MUNICIPALITY, STARTS, citizen, cohort, enrolment

DAY = date(2026, 9, 10)
TODAY = date(2026, 9, 20)


def taking_part(number: int, ended: date | None = None, reason: EndReason | None = None) -> Participation:
    return Participation(MUNICIPALITY, enrolment(number), COHORT, COURSE, citizen(number), STARTS, ended, reason)


ROSTER = {enrolment(number): taking_part(number) for number in (1, 2, 3)}


def test_a_day_is_told_for_each_in_the_order_of_the_citizens() -> None:
    told = [(enrolment(3), False), (enrolment(1), True)]
    events = attendance.record(cohort(), ROSTER, told, {}, DAY, TODAY)
    assert [(event.citizen_id, event.enrolment_id, event.on, event.present) for event in events] == [
        (citizen(1), enrolment(1), DAY, True),
        (citizen(3), enrolment(3), DAY, False),
    ]


def test_the_same_day_again_tells_only_what_differs() -> None:
    recorded = {enrolment(1): True, enrolment(2): True}
    told = [(enrolment(1), True), (enrolment(2), False), (enrolment(3), False)]
    events = attendance.record(cohort(), ROSTER, told, recorded, DAY, TODAY)
    assert [(event.enrolment_id, event.present) for event in events] == [(enrolment(2), False), (enrolment(3), False)]


def test_the_day_of_the_end_is_the_last() -> None:
    roster = {enrolment(1): taking_part(1, DAY, "completed")}
    assert len(attendance.record(cohort(), roster, [(enrolment(1), True)], {}, DAY, TODAY)) == 1


@pytest.mark.parametrize("on", [STARTS, ENDS])
def test_the_first_and_the_last_day_count(on: date) -> None:
    assert len(attendance.record(cohort(), ROSTER, [(enrolment(1), True)], {}, on, ENDS)) == 1


@pytest.mark.parametrize(
    ("code", "on", "today"),
    [
        ("attendance-in-the-future", date(2026, 9, 21), TODAY),
        ("attendance-outside-cohort", date(2026, 9, 6), TODAY),
        ("attendance-outside-cohort", date(2026, 10, 3), date(2026, 10, 5)),
    ],
)
def test_a_day_that_cannot_be_told_is_refused(code: str, on: date, today: date) -> None:
    with pytest.raises(Refused) as refused:
        attendance.record(cohort(), ROSTER, [(enrolment(1), True)], {}, on, today)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "participation",
    [
        taking_part(1, date(2026, 9, 9), "dropped_out"),
        taking_part(1, TODAY, "mis_registered"),
        Participation(MUNICIPALITY, enrolment(1), COHORT, COURSE, citizen(1), date(2026, 9, 11)),
    ],
    ids=["ended before", "registered by mistake", "started after"],
)
def test_who_did_not_take_part_that_day_cannot_have_been_there(participation: Participation) -> None:
    with pytest.raises(Refused) as refused:
        attendance.record(cohort(), {enrolment(1): participation}, [(enrolment(1), False)], {}, DAY, TODAY)
    assert (refused.value.code, refused.value.members) == ("not-taking-part", {"enrolment_id": str(enrolment(1))})


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("not-on-roster", [(enrolment(1), True), (enrolment(9), True)]),
        ("named-twice", [(enrolment(1), True), (enrolment(1), False)]),
        ("nobody-named", []),
    ],
)
def test_one_that_cannot_be_told_refuses_all(code: str, told: list[tuple[object, bool]]) -> None:
    with pytest.raises(Refused) as refused:
        attendance.record(cohort(), ROSTER, told, {}, DAY, TODAY)  # type: ignore[arg-type]
    assert refused.value.code == code
