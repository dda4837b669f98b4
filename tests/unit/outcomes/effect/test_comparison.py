"""Comparison: who is compared at which landmark, and what is said of them."""

from datetime import date
from math import sqrt
from typing import Any

import pytest

from services.outcomes.effect.stratified import Arm, Stratum, risk_difference
from tests.unit.outcomes.effect.given import Citizen, Story, counted, rows

# Unemployed since 4 January 2021: landmarks on 4 April, 4 July and 4 October 2021 and 4 January 2022.
# 4 April + 30 days = 4 May; + 91 = 4 July; + 182 = 3 October, so mature from 4 October.
MATURE = "2022-12-31"


def person(name: str = "anna", since: str = "2021-01-04", at: str = "", **told: Any) -> Citizen:
    facts = {"target_group": "2", "education_level": "skilled", "birth_year": 1985, "unemployed_since": since} | told
    return Citizen(name).tell("intake", "citizen-registered", at or since, citizen_id=name, **facts)


def at(stage: str, people: list[Story], as_of: str = MATURE, **cut: Any) -> dict[str, Any]:
    (only,) = [found for found in rows(people, "comparison", as_of, **cut) if found["stage"] == stage]
    return only


def arms(stage: str, *people: Story, as_of: str = MATURE) -> tuple[tuple[int, float | None], ...]:
    """(jobs, people) of those who start and of the others."""
    found = at(stage, list(people), as_of)
    others = found["compared"]["others"]
    return (found["numerator"], found["denominator"]), (others["numerator"], others["denominator"])


def test_a_row_for_each_landmark_and_one_for_all() -> None:
    assert [found["stage"] for found in rows([person()], "comparison", MATURE)] == ["3", "6", "9", "12", "all"]
    assert [arms(stage, person())[1] for stage in ("3", "6", "9", "12", "all")] == [(0, 1)] * 4 + [(0, 4)]
    (empty, *_) = rows([], "comparison", MATURE)
    assert (empty["denominator"], empty["share"], empty["compared"]["difference"]) == (0, None, None)


@pytest.mark.parametrize(
    ("on", "first", "second"),
    [
        ("2021-04-04", None, None),  # has started at the end of the landmark
        ("2021-04-05", "starts", None),
        ("2021-05-04", "starts", None),
        ("2021-05-05", "waits", None),  # day 31: one of the others, though she starts later
        ("2021-07-04", "waits", None),
        ("2021-07-05", "waits", "starts"),
    ],
)
def test_who_starts_within_30_days_of_a_landmark(on: str, first: str | None, second: str | None) -> None:
    groups = {None: ((0, 0), (0, 0)), "starts": ((0, 1), (0, 0)), "waits": ((0, 0), (0, 1))}
    assert arms("3", person().started(on)) == groups[first]
    assert arms("6", person().started(on)) == groups[second]
    assert arms("9", person().started(on)) == groups[None]


def test_only_a_first_course_counts_and_a_mistake_is_none() -> None:
    assert arms("3", person().started("2021-02-01").started("2021-04-12", enrolment="e2")) == ((0, 0), (0, 0))
    mistaken = person().started("2021-02-01").ended("2021-02-02", "mis_registered")
    assert arms("3", mistaken.started("2021-04-12", enrolment="e2")) == ((0, 1), (0, 0))


@pytest.mark.parametrize(
    ("on", "jobs", "early"),
    [("2021-04-05", 1, 1), ("2021-07-04", 1, 1), ("2021-07-05", 1, 0), ("2021-10-03", 1, 0), ("2021-10-04", 0, 0)],
)
def test_a_job_counts_for_182_days_and_is_shown_for_91(on: str, jobs: int, early: int) -> None:
    found = at("3", [person().started("2021-04-12").placed(on)])
    lock_in = found["compared"]["lock_in"]
    assert (found["numerator"], lock_in["started"]["numerator"], lock_in["days"]) == (jobs, early, 91)
    found = at("3", [person().placed(on)])
    compared = found["compared"]
    assert (compared["others"]["numerator"], compared["lock_in"]["others"]["numerator"]) == (jobs, early)


@pytest.mark.parametrize("kind", ["wage-subsidy", "praktik", "flexjob"])
def test_only_an_ordinary_job_is_a_job(kind: str) -> None:
    assert arms("3", person().placed("2021-03-01", kind), person("bo").placed("2021-05-03", kind)) == ((0, 0), (0, 2))


def test_who_works_or_has_left_is_not_compared() -> None:
    assert arms("3", person().placed("2021-04-04")) == ((0, 0), (0, 0))
    assert arms("3", person().placed("2021-02-01").placement_ended("2021-04-04")) == ((0, 0), (0, 0))
    assert arms("3", person().placed("2021-02-01").placement_ended("2021-04-03")) == ((0, 0), (0, 1))
    assert arms("3", person().left("2021-04-04")) == ((0, 0), (0, 0))
    assert arms("3", person().left("2021-04-05")) == ((0, 0), (0, 1))


def test_a_landmark_before_she_was_registered_is_none() -> None:
    late = person(since="2021-01-04", at="2021-04-05")
    assert (arms("3", late), arms("6", late)) == (((0, 0), (0, 0)), ((0, 0), (0, 1)))


def test_a_new_spell_has_landmarks_of_its_own() -> None:
    again = person().left("2021-03-01").back("2021-06-01")  # landmark 1 September
    assert arms("3", again) == ((0, 0), (0, 1))
    landmarks = {day for cell in counted(again) if cell[0] == "landmark" for _, day, _, _ in cell[5]}
    assert min(landmarks) == date(2021, 9, 1).toordinal()


def test_the_day_she_became_unemployed_is_as_it_was_told_last() -> None:
    corrected = person().changed("2021-02-01", unemployed_since="2020-12-04")
    assert arms("3", corrected, as_of="2021-09-02") == ((0, 0), (0, 0))  # 4 March + 182 = 2 September
    assert arms("3", corrected, as_of="2021-09-03") == ((0, 0), (0, 1))


def test_it_counts_from_the_day_after_182_days_and_jobs_so_far_at_once() -> None:
    starts = person().started("2021-04-12").placed("2021-05-03")
    assert arms("3", starts, as_of="2021-10-03") == ((0, 0), (0, 0))
    assert arms("3", starts, as_of="2021-10-04") == ((1, 1), (0, 0))
    assert [at("3", [starts], day)["so_far"] for day in ("2021-05-02", "2021-05-03")] == [0, 1]
    assert at("3", [person().placed("2021-05-03")])["so_far"] == 0, "not one of those who start"


def test_people_are_compared_with_those_who_are_alike() -> None:
    # Skilled: 1 of 2 starters and 1 of 2 others; unskilled: 1 of 1 and 0 of 2; long: nobody to compare with.
    people: list[Story] = [
        person("a").started("2021-04-12").placed("2021-06-01"),
        person("b").started("2021-04-12"),
        person("c").placed("2021-06-01"),
        person("d"),
        person("e", education_level="unskilled").started("2021-04-12").placed("2021-08-02"),
        person("f", education_level="unskilled"),
        person("g", education_level="unskilled"),
        person("h", education_level="long").started("2021-04-12").placed("2021-06-01"),
    ]
    found = at("3", people)
    compared = found["compared"]
    assert (found["numerator"], found["denominator"], found["share"]) == (3, 4, 0.75)
    assert (compared["others"]["numerator"], compared["others"]["denominator"]) == (1, 4)
    # D = (weights 2 x 2 / 4 = 1 and 1 x 2 / 3 = 2/3): (1 x 0 + 2/3 x 1) / (5/3) = 0.4
    assert compared["difference"] == pytest.approx(0.4, abs=1e-12)
    # Sato: P = 0 and (0 - 4 + 1) / 9 = -1/3; Q = (1 + 1) / 8 and 2 / 6; variance = (0.4 x -1/3 + 7/12) / (5/3)²
    half = 1.959963984540054 * sqrt((-0.4 / 3 + 7 / 12) / (25 / 9))
    assert compared["difference_low"] == pytest.approx(0.4 - half, abs=1e-12)
    assert (compared["difference_high"], compared["left_out"]) == (1, 1), "cut at 1"
    # Within 91 days: skilled 1 of 2 and 1 of 2, unskilled 0 of 1 and 0 of 2.
    assert compared["lock_in"]["difference"] == pytest.approx(0, abs=1e-12)
    assert compared["lock_in"]["started"]["numerator"] == 2


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [(1992, 1999, True), (1991, 1992, False), (1972, 1991, True), (1971, 1972, False), (1950, 1971, True)],
)
def test_ages_are_compared_in_bands(one: int, other: int, alike: bool) -> None:
    # In 2021 1992 is 29, 1991 is 30, 1972 is 49 and 1971 is 50.
    compared = at("3", [person("a", birth_year=one).started("2021-04-12"), person("b", birth_year=other)])["compared"]
    assert compared["left_out"] == (0 if alike else 2)


def test_landmarks_are_not_mixed_in_the_whole() -> None:
    people: list[Story] = [person("a").started("2021-04-12"), person("b").left("2021-04-05")]
    people += [person("c").started("2021-07-12").placed("2021-08-02"), person("d")]
    whole = at("all", people)["compared"]
    # 3 months: 0 of 1 and 0 of 3; 6 months: 1 of 1 and 0 of 1; 9 and 12 months: only d
    strata = [Stratum(Arm(0, 1), Arm(1, 3)), Stratum(Arm(1, 1), Arm(0, 1))]
    assert arms("3", *people) == ((0, 1), (1, 3)), "her job on 2 August is within 182 days of 4 April"
    assert whole["difference"] == pytest.approx(risk_difference(strata).difference)
    assert whole["left_out"] == 2


def test_a_cut_is_as_she_was_on_the_landmark() -> None:
    changed = person().changed("2021-04-05", target_group="3")
    found = rows([changed], "comparison", MATURE, by=("target_group", "education_level"))
    people = {
        (row["dimensions"]["target_group"], row["stage"]): row["compared"]["others"]["denominator"] for row in found
    }
    assert (people["2", "3"], people["2", "6"], people["3", "3"], people["3", "6"]) == (1, 0, 0, 1)


def test_it_says_that_it_is_no_effect() -> None:
    found = at("all", [person()])
    assert found["definition"].startswith("Sammenligning, ikke effekt")
