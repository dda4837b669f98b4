"""Target groups: every day since 2020 has one meaning for each code, and an old case keeps its old name."""

from datetime import date, timedelta

import pytest

from shared.codelists.target_groups import TARGET_GROUPS, groups_on, named_on, valid_on

STATUTE = [str(number) for number in range(1, 14)]


def test_every_day_has_each_code_once_in_the_order_of_the_statute() -> None:
    for weeks in range(420):
        day = date(2020, 1, 1) + timedelta(weeks=weeks)
        assert [group.code for group in groups_on(day)] == STATUTE, day


def test_rows_of_a_code_follow_each_other_without_gap() -> None:
    for code in STATUTE:
        rows = sorted((row for row in TARGET_GROUPS if row.code == code), key=lambda row: row.valid_from)
        assert [row.valid_until for row in rows] == [row.valid_from for row in rows[1:]] + [None]


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("1", date(2021, 9, 6), "Dagpengemodtagere"),
        ("2", date(2025, 6, 30), "Jobparate kontanthjælps- og overgangsydelsesmodtagere, 30 år eller med uddannelse"),
        ("2", date(2025, 7, 1), "Jobparate kontanthjælpsmodtagere, 30 år eller med uddannelse"),
        ("4", date(2025, 7, 1), "Uddannelsesparate kontanthjælpsmodtagere under 30 år uden uddannelse"),
        ("8", date(2025, 5, 1), "Personer i ressourceforløb"),
        ("8", date(2027, 5, 1), "Personer i ressourceforløb efter tidligere regler"),
    ],
)
def test_a_code_means_what_it_meant_on_the_day(code: str, day: date, name: str) -> None:
    assert named_on(code, day).danish == name


def test_unknown_codes_and_days_before_the_law() -> None:
    assert valid_on("13", date(2026, 1, 1))
    assert not valid_on("14", date(2026, 1, 1))
    assert not valid_on("1", date(2019, 12, 31))
    with pytest.raises(KeyError, match="'14' is not valid on 2026-01-01"):
        named_on("14", date(2026, 1, 1))
