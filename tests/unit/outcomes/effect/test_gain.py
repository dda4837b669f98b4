"""gain: areas in which the interval of the level moved up, and the ability rose reliably, among those tested again."""

import pytest

from tests.unit.outcomes.effect.given import Area, Citizen, numbers, rows

FIRST = Area(0.0, low=3, high=4)
BETTER = Area(0.9, low=4, high=5)  # 1.96 · √(0.3² + 0.3²) = 0.8316


def gain(person: Citizen, as_of: str = "2021-12-31") -> tuple[int, float | None]:
    so_far, numerator, denominator = numbers(person, "gain", as_of)
    assert so_far == numerator
    return numerator, denominator


@pytest.mark.parametrize(
    ("second", "expected"),
    [("2021-03-14", (0, 0)), ("2021-03-15", (1, 1)), ("2021-06-01", (1, 1))],
    ids=["13 days", "14 days", "later"],
)
def test_a_retest_is_at_least_14_days_later(second: str, expected: tuple[int, int]) -> None:
    assert gain(Citizen().tested("2021-03-01", FIRST).tested(second, BETTER)) == expected


def test_14_days_are_danish_days() -> None:
    evening = Citizen().tested("2021-03-01T22:30:00Z", FIRST)  # half past eleven in Denmark, still 1 March
    assert gain(evening.tested("2021-03-14T23:30:00Z", BETTER)) == (1, 1)  # past midnight: 15 March


@pytest.mark.parametrize(
    ("after", "gained"),
    [
        (Area(0.84, low=4, high=5), 1),
        (Area(0.83, low=4, high=5), 0),  # within what chance explains
        (Area(0.84, low=4, high=5, error=0.4), 0),  # 1.96 · √(0.09 + 0.16) = 0.98
        (Area(0.99, low=4, high=5, error=0.4), 1),
        (Area(0.90, low=4, high=4), 1),  # from 3-4 to 4: only the lower end rose
        (Area(0.90, low=3, high=5), 1),
        (Area(0.90, low=3, high=4), 0),  # a better ability inside the same levels
        (Area(0.90, low=2, high=5), 0),  # wider is not higher
        (Area(-2.0, low=4, high=5), 0),
    ],
)
def test_gained_needs_both_the_interval_and_the_limit(after: Area, gained: int) -> None:
    assert gain(Citizen().tested("2021-03-01", FIRST).tested("2021-05-03", after)) == (gained, 1)


def test_each_area_counts_by_itself_if_it_was_measured_twice() -> None:
    first = [FIRST, FIRST._replace(area=2), FIRST._replace(area=3), FIRST._replace(area=4, items=0)]
    second = [BETTER, FIRST._replace(area=2), BETTER._replace(area=3, items=0), BETTER._replace(area=4)]
    person = Citizen().tested("2021-03-01", *first).tested("2021-05-03", *second)
    assert gain(person) == (1, 2)
    assert [(row["dimensions"]["area"], row["numerator"], row["denominator"]) for row in
            rows([person], "gain", "2021-12-31", by=("area",))] == [("1", 1, 1), ("2", 0, 1)]  # fmt: skip


def test_it_is_the_first_test_against_the_latest_as_of_the_day() -> None:
    person = Citizen().tested("2021-03-01", FIRST).tested("2021-04-01", BETTER).tested("2021-05-03", FIRST)
    person.tested("2021-06-01", Area(1.5, low=5, high=6))
    days = ["2021-03-31", "2021-04-01", "2021-05-02", "2021-05-03", "2021-05-31", "2021-06-01"]
    assert [gain(person, day) for day in days] == [(0, 0), (1, 1), (1, 1), (0, 1), (0, 1), (1, 1)]


def test_a_dip_between_two_equal_tests_is_no_gain() -> None:
    person = Citizen().tested("2021-03-01", BETTER).tested("2021-04-01", FIRST).tested("2021-05-03", BETTER)
    assert gain(person) == (0, 1)


def test_a_test_soon_after_the_first_is_no_retest_but_the_next_one_is() -> None:
    person = Citizen().tested("2021-03-01", FIRST).tested("2021-03-08", BETTER)
    assert gain(person) == (0, 0)
    assert gain(person.tested("2021-03-16", BETTER)) == (1, 1)


def test_a_rescored_result_counts_as_if_it_had_been_told_at_first() -> None:
    person = Citizen().tested("2021-03-01", FIRST, test="t1").tested("2021-05-03", FIRST, test="t2")
    assert gain(person, "2021-05-03") == (0, 1)
    person.rescored("2021-09-01", "t2", BETTER)
    assert gain(person, "2021-05-03") == (1, 1)
    person.rescored("2021-09-02", "t1", BETTER)
    assert gain(person, "2021-05-03") == (0, 1)


def test_a_rescored_result_without_its_test_is_no_test() -> None:
    assert gain(Citizen().tested("2021-03-01", FIRST).rescored("2021-05-03", "t9", BETTER)) == (0, 0)


def test_frameworks_are_not_compared() -> None:
    person = Citizen().tested("2021-03-01", FIRST).tested("2021-05-03", BETTER, version="3.0")
    assert gain(person) == (0, 0)


def test_she_is_cut_as_she_was_on_the_day_of_her_first_test() -> None:
    person = Citizen().registered("2021-01-04", "2", "short").changed("2021-04-01", target_group="3")
    person.tested("2021-03-01", FIRST).tested("2021-05-03", BETTER)
    (only,) = rows([person], "gain", "2021-12-31", by=("target_group", "education_level"))
    assert only["dimensions"] == {"target_group": "2", "education_level": "short"}


def test_it_has_an_interval() -> None:
    people = [Citizen(f"c{n}").tested("2021-03-01", FIRST).tested("2021-05-03", FIRST) for n in range(6)]
    people += [Citizen(f"d{n}").tested("2021-03-01", FIRST).tested("2021-05-03", BETTER) for n in range(17)]
    (only,) = rows(people, "gain", "2021-12-31")
    assert (only["numerator"], only["denominator"]) == (17, 23)
    assert (round(only["low"], 2), round(only["high"], 2)) == (0.54, 0.87)
