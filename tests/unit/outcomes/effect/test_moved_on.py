"""moved_on: the best of ordinary job, wage subsidy and praktik in the window, never without its split."""

import pytest

from tests.unit.outcomes.effect.given import Citizen, row

NEVER = {"ordinary": 0, "wage_subsidy": 0, "praktik": 0}


def participant(name: str = "anna") -> Citizen:
    return Citizen(name).registered("2021-01-11").started("2021-03-01").ended("2021-03-26")


@pytest.mark.parametrize(
    ("kinds", "best"),
    [
        (["praktik"], "praktik"),
        (["praktik", "wage-subsidy"], "wage_subsidy"),
        (["wage-subsidy", "praktik"], "wage_subsidy"),
        (["praktik", "wage-subsidy", "ordinary"], "ordinary"),
        (["ordinary", "praktik"], "ordinary"),
    ],
)
def test_one_per_participation_by_the_best_kind(kinds: list[str], best: str) -> None:
    person = participant()
    for number, kind in enumerate(kinds):
        person.placed(f"2021-05-0{number + 1}", kind, f"p{number}")
    only = row(person, "moved_on", "2022-01-01")
    assert (only["so_far"], only["numerator"], only["denominator"]) == (1, 1, 1)
    assert only["split"] == only["split_so_far"] == NEVER | {best: 1}


def test_as_of_a_day_the_best_kind_is_the_best_by_then() -> None:
    person = participant().placed("2021-05-03", "praktik", "p1").placed("2021-07-01", "ordinary", "p2")
    splits = [row(person, "moved_on", day)["split_so_far"] for day in ("2021-05-02", "2021-05-03", "2021-07-01")]
    assert splits == [NEVER, NEVER | {"praktik": 1}, NEVER | {"ordinary": 1}]


def test_a_better_kind_after_the_window_does_not_count() -> None:
    person = participant().placed("2021-09-24", "praktik", "p1").placed("2021-09-25", "ordinary", "p2")
    assert row(person, "moved_on", "2022-01-01")["split"] == NEVER | {"praktik": 1}


def test_a_flexjob_is_not_among_them() -> None:
    person = Citizen().registered("2021-01-11", group="9").started("2021-03-01").ended("2021-03-26")
    only = row(person.placed("2021-05-03", "flexjob"), "moved_on", "2022-01-01")
    assert (only["so_far"], only["numerator"], only["denominator"]) == (0, 0, 1)


def test_the_77_percent_comes_with_its_split_and_interval() -> None:
    people = [participant(f"c{number}") for number in range(100)]
    for number, person in enumerate(people[:77]):
        person.placed("2021-05-03", "ordinary" if number < 31 else "wage-subsidy" if number < 48 else "praktik")
    only = row(people, "moved_on", "2022-01-01")
    assert (only["numerator"], only["denominator"], only["share"]) == (77, 100, 0.77)
    assert only["split"] == {"ordinary": 31, "wage_subsidy": 17, "praktik": 29}
    assert (round(only["low"], 2), round(only["high"], 2)) == (0.68, 0.84)


def test_nobody_is_a_row_of_nought() -> None:
    only = row([], "moved_on", "2022-01-01")
    assert (only["so_far"], only["numerator"], only["denominator"], only["share"]) == (0, 0, 0, None)
    assert only["split"] == only["split_so_far"] == NEVER
