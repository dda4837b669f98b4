"""retained: still with the same employer when the window after the job's first day is over."""

import pytest

from tests.unit.outcomes.effect.given import Citizen, course, numbers, row, rows

# 2021-04-01 + 182 days = 2021-09-30; + 30 days = 2021-05-01


def employed(last: str | None = None, *, company: str | None = "f1") -> Citizen:
    person = Citizen().registered("2021-01-11").placed("2021-04-01", company_id=company)
    return person if last is None else person.placement_ended(last)


@pytest.mark.parametrize(
    ("last", "kept"), [(None, 1), ("2021-10-01", 1), ("2021-09-30", 1), ("2021-09-29", 0), ("2021-04-01", 0)]
)
def test_kept_when_the_last_day_is_not_before_the_end_of_the_window(last: str | None, kept: int) -> None:
    assert numbers(employed(last), "retained", "2021-10-01") == (kept, kept, 1)


def test_a_job_is_mature_from_the_day_after_the_window() -> None:
    assert numbers(employed(), "retained", "2021-09-30") == (0, 0, 0)
    assert numbers(employed(), "retained", "2021-10-01") == (1, 1, 1)


def test_the_window_can_be_another() -> None:
    person = employed("2021-05-01")
    assert numbers(person, "retained", "2021-05-02", window=30) == (1, 1, 1)
    assert numbers(person, "retained", "2021-10-01", window=91) == (0, 0, 1)


@pytest.mark.parametrize(
    ("again", "jobs"), [("2021-06-30", (1, 1, 1)), ("2021-07-01", (1, 1, 1)), ("2021-07-02", (1, 1, 2))]
)
def test_a_contract_that_follows_at_once_is_the_same_job(again: str, jobs: tuple[int, int, int]) -> None:
    person = employed("2021-06-30").placed(again, placement="p2", company_id="f1")
    assert numbers(person, "retained", "2022-04-01") == jobs


@pytest.mark.parametrize("other", ["f2", None])
def test_another_employer_is_another_job(other: str | None) -> None:
    person = employed("2021-06-30").placed("2021-07-01", placement="p2", company_id=other)
    assert numbers(person, "retained", "2022-04-01") == (1, 1, 2)


def test_jobs_whose_employer_nobody_told_are_jobs_of_their_own() -> None:
    person = employed("2021-06-30", company=None).placed("2021-07-01", placement="p2", company_id=None)
    assert numbers(person, "retained", "2022-04-01") == (1, 1, 2)


def test_the_employer_is_the_corrected_one() -> None:
    person = employed("2021-06-30").placed("2021-07-01", placement="p2", company_id="f2")
    assert numbers(person.corrected("2021-07-05", "p2", company_id="f1"), "retained", "2022-04-01") == (1, 1, 1)


@pytest.mark.parametrize("kind", ["wage-subsidy", "praktik"])
def test_only_an_ordinary_job_is_a_job(kind: str) -> None:
    person = Citizen().registered("2021-01-11").placed("2021-04-01", kind, company_id="f1")
    assert numbers(person, "retained", "2022-04-01") == (0, 0, 0)
    assert numbers(employed().voided("2021-05-01"), "retained", "2022-04-01") == (0, 0, 0)
    assert numbers(employed().corrected("2021-05-01", kind=kind), "retained", "2022-04-01") == (0, 0, 0)


def test_a_flexjob_is_told_apart_and_only_of_its_scheme() -> None:
    in_scheme = Citizen("a").registered("2021-01-11", group="9").placed("2021-04-01", "flexjob", company_id="f1")
    outside = Citizen("b").registered("2021-01-11", group="2").placed("2021-04-01", "flexjob", company_id="f1")
    only = row([in_scheme, outside], "retained", "2021-10-01")
    assert (only["so_far"], only["numerator"], only["denominator"]) == (0, 0, 0)
    assert only["flexjob"] == {"so_far": 1, "numerator": 1, "denominator": 1}


def test_seventeen_of_twenty_three_with_their_interval() -> None:
    people = [Citizen(f"c{n}").registered("2021-01-11").placed("2021-04-01", company_id="f1") for n in range(23)]
    for person in people[17:]:
        person.placement_ended("2021-09-29")
    only = row(people, "retained", "2021-10-01")
    assert (only["numerator"], only["denominator"]) == (17, 23)
    assert (round(only["low"], 2), round(only["high"], 2)) == (0.54, 0.87)


# The participation ended on 2021-03-26; + 182 days = 2021-09-24.
@pytest.mark.parametrize(
    ("on", "belongs"),
    [("2021-03-01", None), ("2021-03-02", "k1"), ("2021-09-24", "k1"), ("2021-09-25", None)],
)
def test_a_job_belongs_to_the_course_before_it(on: str, belongs: str | None) -> None:
    person = Citizen().registered("2021-01-11").started("2021-03-01").ended("2021-03-26").placed(on, company_id="f1")
    (only,) = rows([person], "retained", "2022-06-01", by=("course",))
    assert (only["dimensions"], only["denominator"]) == ({"course": belongs}, 1)


def test_a_job_belongs_to_the_last_of_several_courses() -> None:
    person = Citizen().registered("2021-01-11").started("2021-03-01").ended("2021-03-26")
    person.started("2021-04-05", "e2", "h2", "k2").ended("2021-04-30", "completed", "e2", "h2", "k2")
    person.placed("2021-05-03", company_id="f1")
    known = [*course("k1"), *course("k2")]
    (only,) = rows([person], "retained", "2022-06-01", by=("course", "cohort"), references=known)
    assert only["dimensions"] == {"course": "k2", "cohort": "h2"}


# The later course ended on 2021-03-12; + 182 days = 2021-09-10. The earlier one still runs.
@pytest.mark.parametrize(("on", "belongs"), [("2021-09-10", "k2"), ("2021-09-11", None)])
def test_a_job_too_long_after_her_last_course_belongs_to_no_earlier_one(on: str, belongs: str | None) -> None:
    person = Citizen().registered("2021-01-11").started("2021-02-01")
    person.started("2021-03-01", "e2", "h2", "k2").ended("2021-03-12", "completed", "e2", "h2", "k2")
    person.placed(on, company_id="f1")
    known = [*course("k1"), *course("k2")]
    (only,) = rows([person], "retained", "2022-06-01", by=("course",), references=known)
    assert only["dimensions"] == {"course": belongs}


@pytest.mark.parametrize("short", ["e1", "e3"])
def test_of_two_courses_begun_on_one_day_it_belongs_to_the_one_that_is_not_too_long_over(short: str) -> None:
    person = Citizen().registered("2021-01-11").started("2021-03-01", short, "h1", "k1")
    person.started("2021-03-01", "e2", "h2", "k2").ended("2021-03-01", "completed", short, "h1", "k1")
    person.placed("2021-10-01", company_id="f1")
    known = [*course("k1"), *course("k2")]
    (only,) = rows([person], "retained", "2022-06-01", by=("course",), references=known)
    assert only["dimensions"] == {"course": "k2"}


def test_without_a_course_her_group_is_that_of_the_jobs_first_day() -> None:
    person = employed().changed("2021-04-01", target_group="3").changed("2021-04-02", target_group="1")
    (only,) = rows([person], "retained", "2021-10-01", by=("target_group", "start_month"))
    assert only["dimensions"] == {"target_group": "3", "start_month": None}


def test_nobody_is_a_row_of_nought() -> None:
    only = row([], "retained", "2022-01-01")
    assert (only["so_far"], only["numerator"], only["denominator"], only["share"]) == (0, 0, 0, None)
