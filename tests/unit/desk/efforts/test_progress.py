"""How far targets are reached, by hand."""

from datetime import date
from typing import Any

import pytest

from services.desk.efforts.period import PARTS, period
from services.desk.efforts.progress import Target, days_asked, targets

TODAY = date(2026, 11, 22)


def target(indicator: str = "mikrosprint_job", code: str = "2026", value: float = 40) -> dict[str, Any]:
    """A target as outcomes tells it."""
    return {"indicator": indicator, "period": code, "value": value}


def standing(told: dict[str, Any], *counts: tuple[str, date, int]) -> Target:
    """The one target with these counts."""
    (found,) = targets([told], {(name, day): count for name, day, count in counts}, TODAY)
    return found


def spaced(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("code", "name", "first", "last"),
    [
        ("2026", "2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H1", "1. halvår 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-H2", "2. halvår 2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-Q1", "1. kvartal 2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", "4. kvartal 2026", date(2026, 10, 1), date(2026, 12, 31)),
        ("2024-02", "februar 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", "december 2026", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_a_name_and_days(code: str, name: str, first: date, last: date) -> None:
    found = period(code)
    assert (found.name, found.first, found.last) == (name, first, last)


def test_every_part_that_can_be_chosen_is_a_period() -> None:
    assert [period(f"2026-{part}".rstrip("-")).first.year for part in PARTS] == [2026] * len(PARTS)


def test_jobs_count_from_the_periods_first_day() -> None:
    found = standing(target(), ("mikrosprint_job", date(2025, 12, 31), 31), ("mikrosprint_job", TODAY, 41))
    assert (found.reached, found.goal, found.part) == (10, "40", 0.25)
    assert spaced(found.counted) == "Talt fra 1. januar 2026 til og med i dag."
    assert found.in_all == "I alt, alle år: 41."
    assert found.said.replace("\N{NO-BREAK SPACE}", " ") == "25 % af målet. Der mangler 30."
    assert found.when.replace("\N{NO-BREAK SPACE}", " ") == "89 % af perioden er gået."  # 326 of 365 days


def test_agreements_are_those_in_force() -> None:
    found = standing(target("agreements", value=9), ("agreements", TODAY, 9))
    assert (found.reached, found.said) == (9, "Målet er nået.")
    assert (found.counted, found.in_all) == ("Aftaler, der gælder i dag.", "")
    assert days_asked([target("agreements")], TODAY) == {("agreements", TODAY)}


def test_a_period_that_is_over_counts_until_its_last_day() -> None:
    told = target(code="2025-Q3", value=4)
    before, last = date(2025, 6, 30), date(2025, 9, 30)
    assert days_asked([told], TODAY) == {("mikrosprint_job", before), ("mikrosprint_job", last)}
    found = standing(told, ("mikrosprint_job", before, 3), ("mikrosprint_job", last, 8))
    assert (found.reached, found.part) == (5, 1.25)
    assert spaced(found.counted) == "Talt fra 1. juli 2025 til og med 30. september 2025."
    assert found.in_all == "I alt, alle år: 8."
    assert found.when.replace("\N{NO-BREAK SPACE}", " ") == "Sluttede 30. september 2025."


def test_a_period_to_come_asks_for_nothing() -> None:
    told = target(code="2027")
    assert days_asked([told], TODAY) == set()
    found = standing(told)
    assert (found.reached, found.said) == (None, "Perioden er ikke begyndt.")
    assert (found.counted, found.in_all) == ("", "")


def test_what_runs_comes_first() -> None:
    codes = ["2025", "2027", "2026-Q4", "2026"]
    told = [target("agreements", code) for code in codes]
    counted = {("agreements", TODAY): 1, ("agreements", date(2025, 12, 31)): 1}
    assert [found.period.code for found in targets(told, counted, TODAY)] == ["2026-Q4", "2026", "2027", "2025"]


def test_a_target_of_nothing_is_reached() -> None:
    found = standing(target("agreements", value=0), ("agreements", TODAY, 0))
    assert (found.part, found.said) == (1.0, "Målet er nået.")
