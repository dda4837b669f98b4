"""agreements: distinct companies with an agreement in force on the day."""

import pytest

from services.outcomes.effect.days import day
from tests.unit.outcomes.effect.given import Company, counted, row, rows


def in_force(*companies: Company, as_of: str) -> int:
    count: int = row(companies, "agreements", as_of)["numerator"]
    return count


@pytest.mark.parametrize(
    ("as_of", "expected"), [("2021-03-14", 0), ("2021-03-15", 1), ("2021-09-14", 1), ("2021-09-15", 0)]
)
def test_from_the_day_it_is_signed_until_the_day_it_is_ended(as_of: str, expected: int) -> None:
    assert in_force(Company().signed("2021-03-15").ended("2021-09-15"), as_of=as_of) == expected


@pytest.mark.parametrize(("as_of", "expected"), [("2021-12-31", 1), ("2022-01-01", 0)])
def test_until_is_its_last_day(as_of: str, expected: int) -> None:
    assert in_force(Company().signed("2021-03-15", until="2021-12-31"), as_of=as_of) == expected


@pytest.mark.parametrize(("as_of", "expected"), [("2021-09-14", 1), ("2021-09-15", 0), ("2021-12-31", 0)])
def test_ended_before_its_last_day(as_of: str, expected: int) -> None:
    assert in_force(Company().signed("2021-03-15", until="2021-12-31").ended("2021-09-15"), as_of=as_of) == expected


def test_ended_after_its_last_day_changes_nothing() -> None:
    late = Company().signed("2021-03-15", until="2021-12-31").ended("2022-02-01")
    assert in_force(late, as_of="2022-01-15") == 0


def test_ended_on_the_day_it_was_signed_it_was_never_in_force() -> None:
    assert in_force(Company().signed("2021-03-15").ended("2021-03-15"), as_of="2021-03-15") == 0


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2021-03-15", 1), ("2021-06-01", 1), ("2021-08-31", 1), ("2021-09-01", 1), ("2021-12-01", 0), ("2022-02-01", 1)],
)
def test_a_company_counts_once_whatever_its_agreements(as_of: str, expected: int) -> None:
    company = Company().signed("2021-03-15", "2021-08-31", "s1").signed("2021-05-01", "2021-07-31", "s2")
    company.signed("2021-09-01", "2021-11-30", "s3").signed("2022-01-10", None, "s4")
    assert in_force(company, as_of=as_of) == expected


def test_signed_again_the_later_holds() -> None:
    assert in_force(Company().signed("2021-03-15", until="2021-04-30").signed("2021-03-15"), as_of="2021-06-01") == 1


def test_an_open_agreement_is_one_step() -> None:
    assert counted(Company().signed("2021-03-15")) == {("agreements", "0101", day("2021-03-15")): 1}


def test_companies_are_counted_against_the_target() -> None:
    companies = [Company("a").signed("2021-03-15"), Company("b").signed("2021-03-16")]
    only = row(companies, "agreements", "2021-06-01", targets={"0101": 8})
    assert (only["so_far"], only["numerator"], only["denominator"], only["share"]) == (2, 2, 8, 0.25)
    assert (only["low"], only["high"], only["window"]) == (None, None, None)
    later = row(companies, "agreements", "2022-06-01", targets={"0101": 8})
    assert (later["numerator"], later["reached"], later["target_period"]) == (2, 2, "2022"), "those in force that day"


def test_without_a_target_there_is_no_share() -> None:
    only = row(Company().signed("2021-03-15"), "agreements", "2021-06-01")
    assert (only["numerator"], only["denominator"], only["share"]) == (1, None, None)
    assert "target" not in only


def test_each_municipality_has_its_own_companies_and_target() -> None:
    companies = [Company("a").signed("2021-03-15"), Company("b", "0370").signed("2021-03-15")]
    targets = {"0101": 4.0, "0175": 2.0}
    by_municipality = rows(companies, "agreements", "2021-06-01", by=("municipality",), targets=targets)
    counts = {row["dimensions"]["municipality"]: (row["numerator"], row["denominator"]) for row in by_municipality}
    assert counts == {"0101": (1, 4), "0175": (0, 2), "0370": (1, None)}
    assert row(companies, "agreements", "2021-06-01", targets=targets)["denominator"] == 6
