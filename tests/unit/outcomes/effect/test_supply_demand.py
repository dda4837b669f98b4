"""supply_demand: seats that open orders ask an area and level for, against tested citizens who have it."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests.unit.outcomes.effect.given import Area, Citizen, Order, Story, row, rows


def at(level: int, area: int = 1) -> Area:
    return Area(0.0, low=level, high=level, area=area)


def market(stories: Iterable[Story], as_of: str = "2021-12-31") -> dict[tuple[str, str], tuple[int, int]]:
    """(area, level) -> (seats asked for, citizens who have it); without the levels that nobody asks for."""
    found = rows(stories, "supply_demand", as_of, by=("area", "level"))
    return {(r["dimensions"]["area"], r["dimensions"]["level"]): (r["numerator"], r["denominator"]) for r in found
            if r["numerator"]}  # fmt: skip


def seats(order: Order, as_of: str) -> int:
    return int(row(order, "supply_demand", as_of)["numerator"])


def had(person: Story, as_of: str = "2021-12-31") -> int:
    """Areas that she has."""
    return int(row(person, "supply_demand", as_of)["denominator"])


def levels(person: Story, as_of: str = "2021-12-31") -> list[str]:
    return [r["dimensions"]["level"] for r in rows([person], "supply_demand", as_of, by=("level",)) if r["denominator"]]


def test_seats_stand_against_citizens_with_that_level_or_a_higher_one() -> None:
    orders = [
        Order("o1").placed("2021-03-01", (1, 4), (2, 3), seats=2),
        Order("o2").placed("2021-03-01", (1, 4), seats=1),
        Order("o3").placed("2021-03-01", (1, 6), seats=5),
    ]
    people = [Citizen(f"c{level}").tested("2021-03-01", at(level), at(2, area=2)) for level in (2, 4, 4, 5)]
    assert market([*orders, *people]) == {("1", "4"): (3, 3), ("1", "6"): (5, 0), ("2", "3"): (2, 0)}


def test_whole_and_by_area_every_seat_and_citizen_counts_once_an_area() -> None:
    order = Order().placed("2021-03-01", (1, 4), (2, 3), seats=2)
    person = Citizen().tested("2021-03-01", at(5), at(2, area=2), at(3, area=3))
    whole = row([order, person], "supply_demand", "2021-12-31")
    assert (whole["so_far"], whole["numerator"], whole["denominator"]) == (4, 4, 3)
    by_area = rows([order, person], "supply_demand", "2021-12-31", by=("area",))
    assert [(r["dimensions"]["area"], r["numerator"], r["denominator"]) for r in by_area] == [
        ("1", 2, 1),
        ("2", 2, 1),
        ("3", 0, 1),
    ]


def test_a_ratio_of_seats_to_citizens_has_no_interval() -> None:
    person = Citizen().tested("2021-03-01", at(5))
    only = row([Order().placed("2021-03-01", (1, 4), seats=3), person], "supply_demand", "2021-12-31")
    assert (only["share"], only["low"], only["high"]) == (3.0, None, None)
    assert row(Order().placed("2021-03-01", (1, 4)), "supply_demand", "2021-12-31")["share"] is None


def test_seats_stand_by_kind() -> None:
    orders = [
        Order("o1").placed("2021-03-01", (1, 4), seats=2),
        Order("o2").placed("2021-03-01", (1, 4), seats=3, kind="wage-subsidy"),
        Order("o3").placed("2021-03-01", (1, 4), seats=4, kind="praktik"),
    ]
    only = row(orders, "supply_demand", "2021-12-31")
    assert only["split"] == {"ordinary": 2, "wage_subsidy": 3, "praktik": 4, "flexjob": 0}


def test_an_order_asks_from_the_day_it_is_placed_until_the_day_before_it_is_closed() -> None:
    order = Order().placed("2021-03-15", (1, 4)).closed("2021-04-15")
    days = ["2021-03-14", "2021-03-15", "2021-04-14", "2021-04-15"]
    assert [seats(order, day) for day in days] == [0, 1, 1, 0]
    assert seats(Order().placed("2021-03-15", (1, 4)).closed("2021-03-15"), "2021-03-15") == 0


def test_an_order_asks_as_it_was_described_on_the_day() -> None:
    order = Order().placed("2021-03-15", (1, 4), seats=2).changed("2021-04-01", (2, 5), seats=3).closed("2021-05-01")
    assert market([order], "2021-03-31") == {("1", "4"): (2, 0)}
    assert market([order], "2021-04-01") == {("2", "5"): (3, 0)}
    assert market([order], "2021-05-01") == {}


def test_a_change_that_happened_after_the_closing_opens_nothing() -> None:
    order = Order().placed("2021-03-15", (1, 4)).closed("2021-04-01").changed("2021-04-15", (1, 4))
    assert [seats(order, day) for day in ("2021-03-31", "2021-04-01", "2021-04-15")] == [1, 0, 0]


def test_an_area_named_twice_is_asked_for_at_the_higher_level() -> None:
    assert market([Order().placed("2021-03-15", (1, 5), (1, 3))]) == {("1", "5"): (1, 0)}


def test_an_order_that_asks_for_no_digital_competence_asks_for_none() -> None:
    assert market([Order().placed("2021-03-15", seats=9)]) == {}


def test_a_citizen_has_the_level_of_her_latest_test_of_the_area() -> None:
    person = Citizen().tested("2021-03-01", at(4), at(2, area=2)).tested("2021-04-01", at(3))
    assert levels(person, "2021-02-28") == []
    assert levels(person, "2021-03-31") == ["1", "2", "3", "4"]
    assert levels(person, "2021-04-01") == ["1", "2", "3"]
    assert had(person, "2021-04-01") == 2  # the other area as it was measured before


def test_a_rescored_result_counts_as_if_it_had_been_told_at_first() -> None:
    person = Citizen().tested("2021-03-01", at(4), test="t1").rescored("2021-06-01", "t1", at(2))
    assert levels(person, "2021-03-01") == ["1", "2"]


def test_an_area_without_items_is_not_measured() -> None:
    assert had(Citizen().tested("2021-03-01", at(4), at(4, area=2)._replace(items=0))) == 1


@pytest.mark.parametrize(
    ("as_of", "expected"), [("2021-03-14", 1), ("2021-03-15", 0), ("2021-03-31", 0), ("2021-04-01", 1)]
)
def test_whoever_has_left_is_no_supply_until_she_is_back(as_of: str, expected: int) -> None:
    person = Citizen().registered("2021-01-11").tested("2021-03-01", at(4)).left("2021-03-15").registered("2021-04-01")
    assert had(person, as_of) == expected


def test_a_test_taken_after_leaving_waits_until_she_is_back() -> None:
    person = Citizen().registered("2021-01-11").left("2021-03-15").tested("2021-03-20", at(4)).registered("2021-04-01")
    assert [had(person, day) for day in ("2021-03-31", "2021-04-01")] == [0, 1]


def test_each_municipality_has_its_own() -> None:
    there: dict[str, Any] = {"municipality": "0175"}
    stories = [Order("o1", **there).placed("2021-03-01", (1, 4), seats=2), Citizen("eva").tested("2021-03-01", at(4))]
    found = rows(stories, "supply_demand", "2021-12-31", by=("municipality",))
    assert [(r["dimensions"]["municipality"], r["numerator"], r["denominator"]) for r in found] == [
        ("0101", 0, 1),
        ("0175", 2, 0),
    ]
