"""self_reliance: themes a citizen was helped with and later managed alone, among those she came with at least twice."""

import pytest

from tests.unit.outcomes.effect.given import Citizen, Story, counted, numbers, rows


def reliant(person: Story, as_of: str = "2021-12-31") -> tuple[int, float | None]:
    so_far, numerator, denominator = numbers(person, "self_reliance", as_of)
    assert so_far == numerator
    return numerator, denominator


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        (["helped"], (0, 0)),
        (["alone"], (0, 0)),
        (["helped", "alone"], (1, 1)),
        (["helped", "partly"], (0, 1)),
        (["helped", "partly", "alone"], (1, 1)),
        (["partly", "alone"], (0, 1)),
        (["alone", "alone"], (0, 1)),
        (["alone", "helped"], (0, 1)),
        (["alone", "helped", "alone"], (1, 1)),
        (["helped", "alone", "helped"], (1, 1)),  # once reached it stays reached
    ],
)
def test_from_helped_to_alone(ways: list[str], expected: tuple[int, int]) -> None:
    person = Citizen()
    for day, autonomy in enumerate(ways, start=1):
        person.visited(f"2021-03-0{day}", pdf=autonomy)
    assert reliant(person) == expected


def test_each_theme_counts_by_itself() -> None:
    person = Citizen().visited("2021-03-01", pdf="helped", upload="helped", mitid="alone")
    person.visited("2021-03-08", pdf="alone", upload="partly", jobnet="alone")
    assert reliant(person) == (1, 2)
    by_theme = rows([person], "self_reliance", "2021-12-31", by=("theme",))
    assert [(row["dimensions"]["theme"], row["numerator"], row["denominator"]) for row in by_theme] == [
        ("pdf", 1, 1),
        ("upload", 0, 1),
    ]


def test_it_counts_from_the_days_of_the_visits() -> None:
    person = Citizen().visited("2021-03-01", pdf="helped").visited("2021-03-08", pdf="partly")
    person.visited("2021-03-15", pdf="alone")
    days = ["2021-03-07", "2021-03-08", "2021-03-14", "2021-03-15"]
    assert [reliant(person, day) for day in days] == [(0, 0), (0, 1), (0, 1), (1, 1)]


def test_the_order_is_that_of_what_happened_not_of_what_was_told() -> None:
    person = Citizen().visited("2021-03-08", pdf="alone").visited("2021-03-01", pdf="helped")
    assert reliant(person) == (1, 1)


def test_two_visits_on_one_day_are_two() -> None:
    person = Citizen().visited("2021-03-01T08:00:00Z", pdf="helped").visited("2021-03-01T12:00:00Z", pdf="alone")
    assert reliant(person, "2021-03-01") == (1, 1)


def test_a_visit_told_again_is_one_visit_as_it_was_told_last() -> None:
    person = Citizen().visited("2021-03-01", "b1", pdf="helped").visited("2021-03-01", "b1", pdf="alone")
    assert reliant(person) == (0, 0)
    assert reliant(person.visited("2021-03-08", "b2", pdf="alone")) == (0, 1)


def test_a_visit_that_was_taken_back_never_was() -> None:
    person = Citizen().visited("2021-03-01", "b1", pdf="helped").visited("2021-03-08", "b2", pdf="alone")
    assert reliant(person) == (1, 1)
    assert reliant(person.visited("2021-03-15", "b3", pdf="alone").visit_voided("2021-04-01", "b1")) == (0, 1)
    assert reliant(person.visit_voided("2021-04-01", "b3")) == (0, 0)


def test_of_two_records_of_one_citizen_either_may_tell_that_a_visit_never_was() -> None:
    old = Citizen("ann").visited("2021-03-01", "b1", pdf="helped").visited("2021-03-02", "b2", pdf="helped")
    united = Story("citizen/anna")
    new = Citizen("anna").visited("2021-03-08", "b3", pdf="alone").merged("ann", "2021-06-01")
    united.facts = [*new.visit_voided("2021-07-01", "b1").facts, *old.facts]
    assert reliant(united) == (1, 1)
    united.facts += new.visit_voided("2021-07-01", "b2").facts[-1:]
    assert reliant(united) == (0, 0)


def test_a_theme_told_twice_of_one_visit_is_as_it_ended() -> None:
    told = [{"theme": "pdf", "autonomy": "helped"}, {"theme": "pdf", "autonomy": "alone"}]
    person = Citizen().tell("intake", "workshop-visited", "2021-03-01", citizen_id="anna", visit_id="b1", themes=told)
    assert reliant(person) == (0, 0)
    assert reliant(person.visited("2021-03-08", pdf="alone")) == (0, 1)
    assert reliant(person.visited("2021-03-09", pdf="helped").visited("2021-03-10", pdf="alone")) == (1, 1)


def test_visits_under_two_records_of_one_citizen_are_hers() -> None:
    old = Citizen("ann").visited("2021-03-01", pdf="helped")
    new = Citizen("anna").visited("2021-03-08", pdf="alone")
    assert not [cell for cell in counted(old, new) if cell[0] == "self_reliance"]
    united = Story("citizen/anna")
    united.facts = [*new.merged("ann", "2021-06-01").facts, *old.facts]
    assert reliant(united) == (1, 1)


def test_she_is_cut_as_she_was_on_the_first_visit() -> None:
    person = Citizen().registered("2021-01-04", "2", "short").changed("2021-03-05", target_group="3")
    person.visited("2021-03-01", pdf="helped").visited("2021-03-08", pdf="alone")
    (only,) = rows([person], "self_reliance", "2021-12-31", by=("target_group", "theme"))
    assert only["dimensions"] == {"target_group": "2", "theme": "pdf"}
