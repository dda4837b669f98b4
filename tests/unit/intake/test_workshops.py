"""Visits to workshops and numbers at the door: what is told, and what is refused."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.intake.rules import check_in, visit, voiding
from services.intake.rules.check_in import MOST_A_DAY, MOST_WAITING, CheckIn, Opening
from services.intake.rules.visit import Stay
from shared.contracts.intake.workshop_visited import ThemeVisited
from shared.problems import Refused

TODAY, YESTERDAY = date(2026, 11, 23), date(2026, 11, 22)
A, B, CITIZEN = (UUID(int=number) for number in (1, 2, 3))
MITID = ThemeVisited(theme="mitid", autonomy="helped")


def stay(*themes: ThemeVisited, minutes: int = 25) -> Stay:
    """A visit to the site in the north."""
    return Stay("Nord", "drop-in", False, themes or (MITID,), minutes, "phone")


def opening(last_number: int = 6, waiting: int = 2) -> Opening:
    """The site in the north, today."""
    return Opening(A, "0101", "Nord", TODAY, last_number, waiting)


def test_a_citizens_visit() -> None:
    (told,) = visit.register([A], "0101", CITIZEN, stay())
    assert (told.visit_id, told.citizen_id, told.subject) == (A, CITIZEN, f"citizen/{CITIZEN}")
    assert (told.site, told.minutes, told.themes) == ("Nord", 25, (MITID,))


def test_visits_of_people_who_are_not_known_are_told_one_by_one() -> None:
    told = visit.register([A, B], "0101", None, stay())
    assert [one.subject for one in told] == [f"visit/{A}", f"visit/{B}"]


@pytest.mark.parametrize(("citizen_id", "subject"), [(CITIZEN, f"citizen/{CITIZEN}"), (None, f"visit/{A}")])
def test_a_visit_is_taken_back_in_the_history_that_it_is_in_and_once(citizen_id: UUID | None, subject: str) -> None:
    registered = voiding.Visit(A, "0101", citizen_id, "Nord")
    told = voiding.void(registered, "wrong-citizen")
    assert (told.visit_id, told.citizen_id, told.reason, told.municipality) == (A, citizen_id, "wrong-citizen", "0101")
    assert told.subject == registered.subject == subject
    with pytest.raises(Refused) as refused:
        voiding.void(voiding.Visit(A, "0101", citizen_id, "Nord", voided="other"), "wrong-citizen")
    assert refused.value.code == "visit-voided"


@pytest.mark.parametrize("minutes", [1, 480])
def test_the_shortest_and_the_longest_visit(minutes: int) -> None:
    assert visit.register([A], "0101", None, stay(minutes=minutes))


@pytest.mark.parametrize(
    ("ids", "citizen_id", "told", "code"),
    [
        ([A], None, stay(minutes=0), "visit-minutes-implausible"),
        ([A], None, stay(minutes=481), "visit-minutes-implausible"),
        ([A], None, stay(MITID, ThemeVisited(theme="mitid", autonomy="alone")), "visit-theme-twice"),
        ([A], None, Stay("Nord", "drop-in", False, (), 25, "phone"), "visit-without-theme"),
        ([A, B], CITIZEN, stay(), "visit-count-anonymous-only"),
    ],
)
def test_what_cannot_be(ids: list[UUID], citizen_id: UUID | None, told: Stay, code: str) -> None:
    with pytest.raises(Refused) as refused:
        visit.register(ids, "0101", citizen_id, told)
    assert refused.value.code == code


def test_numbers_follow_each_other() -> None:
    assert opening().next_number(TODAY, by_phone=True) == 7


@pytest.mark.parametrize("full", [{"waiting": MOST_WAITING}, {"last_number": MOST_A_DAY}])
def test_a_phone_gets_no_number_beyond_the_bounds_but_staff_do(full: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        opening(**full).next_number(TODAY, by_phone=True)
    assert refused.value.code == "check-in-full"
    assert opening(**full).next_number(TODAY, by_phone=False) == opening(**full).last_number + 1


def test_an_opening_is_of_one_day() -> None:
    for by_phone in (True, False):
        with pytest.raises(Refused) as refused:
            opening().next_number(YESTERDAY, by_phone=by_phone)
        assert refused.value.code == "opening-over"


@pytest.mark.parametrize("state", ["helped", "gone"])
def test_nobody_is_dealt_with_twice(state: check_in.State) -> None:
    CheckIn(B, A, "waiting").must_wait()
    with pytest.raises(Refused) as refused:
        CheckIn(B, A, state).must_wait()
    assert refused.value.code == "check-in-over"
