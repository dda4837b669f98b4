"""reach: of the citizens registered on the day, those who got a digital offer in (D - 365, D]."""

import pytest

from services.outcomes.effect.days import day
from tests.unit.outcomes.effect.given import Citizen, counted, numbers, rows


def reach(person: Citizen, as_of: str) -> tuple[int, float | None]:
    so_far, numerator, denominator = numbers(person, "reach", as_of)
    assert so_far == numerator
    return numerator, denominator


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2021-01-10", (0, 0)), ("2021-01-11", (0, 1)), ("2021-06-30", (0, 1)), ("2021-07-01", (0, 0))],
)
def test_registered_until_she_left(as_of: str, expected: tuple[int, int]) -> None:
    assert reach(Citizen().registered("2021-01-11").left("2021-07-01"), as_of) == expected


@pytest.mark.parametrize(
    ("as_of", "reached"),
    [("2021-03-14", 0), ("2021-03-15", 1), ("2022-03-14", 1), ("2022-03-15", 0)],  # 15 March + 365 days
)
def test_an_offer_reaches_for_365_days(as_of: str, reached: int) -> None:
    assert reach(Citizen().registered("2021-01-11").visited("2021-03-15"), as_of) == (reached, 1)


@pytest.mark.parametrize("event", ["workshop-visited", "test-finished", "material-opened", "self-service-granted"])
def test_every_kind_of_offer_reaches(event: str) -> None:
    told = {"visit_id": "b1", "themes": [], "test_id": "t1", "areas": [], "framework": "", "framework_version": ""}
    person = Citizen().registered("2021-01-11").tell("any", event, "2021-03-15", citizen_id="anna", **told)
    assert reach(person, "2021-04-01") == (1, 1)


def test_a_started_participation_reaches_unless_it_was_a_mistake() -> None:
    person = Citizen().registered("2021-01-11").started("2021-03-15")
    assert reach(person, "2021-04-01") == (1, 1)
    assert reach(person.ended("2021-03-20", "mis_registered"), "2021-04-01") == (0, 1)


def test_a_visit_reaches_as_it_was_told_last() -> None:
    person = Citizen().registered("2021-01-11").visited("2021-02-01", "b1").visited("2021-03-15", "b1")
    days = ["2021-02-01", "2021-03-14", "2021-03-15", "2022-03-14", "2022-03-15"]
    assert [reach(person, day)[0] for day in days] == [0, 0, 1, 1, 0]


def test_a_visit_that_was_taken_back_reaches_nobody() -> None:
    person = Citizen().registered("2021-01-11").visited("2021-02-01", "b1").visited("2021-03-15", "b2")
    person.visit_voided("2021-06-01", "b1")
    assert [reach(person, day)[0] for day in ("2021-02-01", "2021-03-14", "2021-03-15")] == [0, 0, 1]
    person.visited("2021-04-01", "b1")  # told again after all: it never was
    assert reach(person, "2022-03-15") == (0, 1)


def test_offers_that_follow_each_other_reach_all_the_time() -> None:
    person = Citizen().registered("2020-01-06").visited("2020-02-03").visited("2020-09-01").visited("2022-01-10")
    days = ["2020-02-02", "2020-02-03", "2021-02-02", "2021-08-31", "2021-09-01", "2022-01-09", "2022-01-10"]
    assert [reach(person, day)[0] for day in days] == [0, 1, 1, 1, 0, 0, 1]


def test_whoever_left_is_reached_no_more() -> None:
    person = Citizen().registered("2021-01-11").visited("2021-03-15").left("2021-04-01")
    assert [reach(person, day) for day in ("2021-03-31", "2021-04-01")] == [(1, 1), (0, 0)]


def test_an_offer_before_she_was_registered_reaches_her_once_she_is() -> None:
    person = Citizen().visited("2021-01-04").registered("2021-01-11")
    assert [reach(person, day) for day in ("2021-01-10", "2021-01-11")] == [(0, 0), (1, 1)]


def test_by_the_target_group_of_the_day() -> None:
    person = Citizen().registered("2021-01-11", group="2").changed("2021-06-01", target_group="3").visited("2021-03-15")
    by_group = {
        day: {
            row["dimensions"]["target_group"]: (row["numerator"], row["denominator"])
            for row in rows([person], "reach", day, by=("target_group",))
            if row["denominator"]
        }
        for day in ("2021-05-31", "2021-06-01", "2022-03-15")
    }
    assert by_group == {"2021-05-31": {"2": (1, 1)}, "2021-06-01": {"3": (1, 1)}, "2022-03-15": {"3": (0, 1)}}


def test_a_change_learnt_late_holds_from_its_day() -> None:
    person = Citizen().registered("2021-01-11", group="2").changed("2021-02-01", at="2021-08-01", target_group="3")
    (row,) = [row for row in rows([person], "reach", "2021-03-01", by=("target_group",)) if row["denominator"]]
    assert row["dimensions"] == {"target_group": "3"}


def test_a_new_spell_registers_her_again() -> None:
    person = Citizen().registered("2021-01-11").left("2021-04-01").visited("2021-05-03")
    person.changed("2021-06-01", unemployed_since="2021-05-20")
    days = ["2021-03-31", "2021-04-01", "2021-05-31", "2021-06-01"]
    assert [reach(person, day) for day in days] == [(0, 1), (0, 0), (0, 0), (1, 1)]


def test_a_spell_that_begins_the_day_she_left_goes_on() -> None:
    person = Citizen().registered("2021-01-11").left("2021-04-01").changed("2021-04-01", unemployed_since="2021-04-01")
    assert [reach(person, day) for day in ("2021-03-31", "2021-04-01")] == [(0, 1), (0, 1)]


def test_a_second_registration_tells_the_group_from_its_day() -> None:
    person = Citizen().registered("2021-01-11", group="2").left("2021-02-01").registered("2021-04-01", group="3")
    groups = {
        day: [
            row["dimensions"]["target_group"]
            for row in rows([person], "reach", day, by=("target_group",))
            if row["denominator"]
        ]
        for day in ("2021-01-31", "2021-02-01", "2021-03-31", "2021-04-01")
    }
    assert groups == {"2021-01-31": ["2"], "2021-02-01": [], "2021-03-31": [], "2021-04-01": ["3"]}


def test_a_correction_of_the_old_spell_does_not() -> None:
    person = Citizen().registered("2021-01-11").left("2021-04-01").changed("2021-06-01", unemployed_since="2020-12-01")
    assert reach(person, "2021-07-01") == (0, 0)


def test_an_open_registration_has_no_end() -> None:
    cells = counted(Citizen().registered("2021-01-11"))
    registered = {cell: count for cell, count in cells.items() if cell[0] == "reach"}
    assert registered == {("reach", "0101", "2", day("2021-01-11"), None, ()): 1}


def test_one_never_registered_is_not_counted() -> None:
    assert reach(Citizen().visited("2021-03-15").left("2021-04-01"), "2021-03-20") == (0, 0)


def test_registered_just_before_midnight_utc_is_the_next_danish_day() -> None:
    person = Citizen().registered("2021-03-01T23:30:00Z")
    assert [reach(person, day) for day in ("2021-03-01", "2021-03-02")] == [(0, 0), (0, 1)]
