"""The page of a cohort: who stands where, which day is shown, what is to be done now."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.desk.cohorts import words
from services.desk.cohorts.layout import Cohort, attendance_day, next_step, people

STARTS, ENDS = date(2026, 9, 7), date(2026, 10, 2)


def cohort(**given: Any) -> Cohort:
    counts = ("identified", "invited", "accepted", "enrolled", "offered", "waitlisted", "started", "running", "free")
    told: dict[str, Any] = dict.fromkeys(counts, 0) | {
        "cohort_id": UUID(int=1),
        "course_id": UUID(int=2),
        "course": "Regneark",
        "kind": "course",
        "state": "running",
        "version": 1,
        "starts": STARTS,
        "ends": ENDS,
        "capacity": 2,
        "site": None,
        "online": False,
        "cancelled_on": None,
        "frozen_on": None,
    }
    return Cohort(**told | given)


def line(number: int, **given: Any) -> dict[str, Any]:
    names = ("identified", "invited", "answer", "status", "position", "expires", "started", "ended", "reason")
    told: dict[str, Any] = dict.fromkeys(names)
    told |= {"citizen_id": UUID(int=number), "enrolment_id": None, "days_present": 0, "days_recorded": 0}
    return told | {"attendance": [], "certificates": []} | given


def enrolled(number: int, status: str, **given: Any) -> dict[str, Any]:
    return line(number, enrolment_id=UUID(int=100 + number), status=status, **given)


def took_part(number: int, **given: Any) -> dict[str, Any]:
    return enrolled(number, "enrolled", started=STARTS, **given)


def ids(lines: Any) -> list[int]:
    return [one.citizen_id.int for one in lines]


def test_everybody_stands_in_one_place_and_the_line_in_its_order() -> None:
    found = people(
        [
            enrolled(1, "waitlisted", position=2),
            enrolled(2, "waitlisted", position=1, invited=True),
            enrolled(3, "offered"),
            enrolled(4, "enrolled", invited=True, answer="accepted"),
            enrolled(5, "withdrawn"),
            enrolled(6, "withdrawn"),
            enrolled(6, "enrolled"),
            line(7, identified=True),
            line(8, invited=True),
            line(9, invited=True, answer="declined"),
        ]
    )
    assert ids(found.seats) == [4, 6, 3]
    assert ids(found.queue) == [2, 1]
    assert ids(found.invitations) == [9, 8, 7]
    assert ids(found.gone) == [5, 6]
    assert found.participants == ()


def test_participants_who_go_on_come_first_and_who_may_be_awarded_is_known() -> None:
    certificate = {"certificate_id": UUID(int=9), "code": "X", "title": "X", "on": ENDS}
    holds = [{"certificate": certificate, "revoked_on": None, "revoked_reason": None}]
    revoked = [{"certificate": certificate, "revoked_on": ENDS, "revoked_reason": "Fejl"}]
    found = people(
        [
            took_part(1, ended=ENDS, reason="completed", certificates=holds),
            took_part(2, ended=ENDS, reason="completed", certificates=revoked),
            took_part(3, ended=ENDS, reason="dropped_out"),
            took_part(4),
            took_part(5, ended=ENDS, reason="mis_registered"),
        ]
    )
    assert ids(found.participants)[0] == 4
    assert ids(found.running) == [4]
    assert ids(found.to_award) == [2]
    assert sorted(ids(found.others_to_award)) == [3, 4]


def test_a_day_shows_who_took_part_on_it() -> None:
    there = [{"on": date(2026, 9, 9), "present": True}]
    found = people(
        [
            took_part(1, attendance=there),
            took_part(2, ended=date(2026, 9, 9), reason="ill"),
            took_part(3, ended=date(2026, 9, 8), reason="ill"),
            took_part(4, ended=ENDS, reason="mis_registered"),
        ]
    )
    day = attendance_day(cohort(), found.participants, "2026-09-09", date(2026, 9, 20))
    assert day is not None
    assert sorted(ids(day.lines)) == [1, 2]
    assert (day.recorded, day.present, day.missing) == (1, 1, 1)


@pytest.mark.parametrize(
    ("asked", "today", "shown"),
    [
        ("", date(2026, 9, 10), date(2026, 9, 10)),
        ("2026-09-08", date(2026, 9, 10), date(2026, 9, 8)),
        ("2026-09-11", date(2026, 9, 10), date(2026, 9, 10)),
        ("2026-09-01", date(2026, 9, 10), date(2026, 9, 10)),
        ("i går", date(2026, 9, 10), date(2026, 9, 10)),
        ("", date(2026, 11, 1), ENDS),
    ],
)
def test_the_day_is_today_unless_another_day_of_the_cohort_is_asked_for(asked: str, today: date, shown: date) -> None:
    day = attendance_day(cohort(), people([took_part(1)]).participants, asked, today)
    assert day is not None
    assert (day.on, day.first, day.last) == (shown, STARTS, min(today, ENDS))


def test_there_is_no_day_before_the_roster_is_frozen() -> None:
    assert attendance_day(cohort(), (), "", date(2026, 9, 10)) is None


@pytest.mark.parametrize(
    ("given", "today", "step"),
    [
        ({"free": 1}, date(2026, 9, 1), "fill"),
        ({"free": 0}, date(2026, 9, 1), "full"),
        ({"enrolled": 2}, STARTS, "freeze"),
        ({}, STARTS, "nobody"),
        ({"frozen_on": STARTS, "running": 2}, date(2026, 9, 20), "attend"),
        ({"frozen_on": STARTS, "running": 1}, ENDS, "end"),
        ({"frozen_on": STARTS}, date(2026, 9, 20), "over"),
        ({"cancelled_on": STARTS, "free": 1}, date(2026, 9, 1), "cancelled"),
    ],
)
def test_what_is_to_be_done_now(given: dict[str, Any], today: date, step: str) -> None:
    assert next_step(cohort(**given), today) == step
    assert words.NEXT[step]
