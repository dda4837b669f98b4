"""upskilled_praktik: distinct citizens upskilled on a day U, with a praktik that starts by U + W and has not ended
before U; counted from the later of U and the praktik's start.

Throughout: E = 26 March 2021; E + 182 days is 24 September.
"""

import pytest

from tests.unit.outcomes.effect.given import Citizen, course, numbers, row, rows


def participant(reason: str = "completed", name: str = "anna") -> Citizen:
    return Citizen(name).registered("2021-01-11").started("2021-03-01").ended("2021-03-26", reason)


def count(person: Citizen, as_of: str = "2022-01-01", **cut: int) -> int:
    so_far, numerator, denominator = numbers(person, "upskilled_praktik", as_of, **cut)
    assert (so_far, denominator) == (numerator, None)
    return numerator


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2021-03-26", None, 1),  # on the day itself
        ("2021-09-24", None, 1),  # last day of the window
        ("2021-09-25", None, 0),
        ("2021-02-01", None, 1),  # running on the day
        ("2021-02-01", "2021-03-26", 1),  # its last day is the day
        ("2021-02-01", "2021-03-25", 0),  # ended before
        ("2021-04-06", "2021-04-30", 1),
    ],
)
def test_the_edges_of_the_praktik(start: str, end: str | None, expected: int) -> None:
    person = participant().placed(start, "praktik")
    assert count(person.placement_ended(end) if end else person) == expected


def test_a_short_window_reaches_less_far() -> None:
    person = participant().placed("2021-04-26", "praktik")
    assert (count(person, window=31), count(person, window=30)) == (1, 0)


def test_a_later_praktik_counts_when_the_first_had_ended() -> None:
    person = participant().placed("2021-02-01", "praktik", "p1").placement_ended("2021-02-26", "p1")
    assert count(person.placed("2021-05-03", "praktik", "p2")) == 1


def test_the_earliest_of_several_praktik_decides() -> None:
    person = participant().placed("2021-10-01", "praktik", "p1").placed("2021-05-03", "praktik", "p2")
    assert (count(person, "2021-05-02"), count(person, "2021-05-03")) == (0, 1)


@pytest.mark.parametrize(("start", "first_day"), [("2021-05-03", "2021-05-03"), ("2021-02-01", "2021-03-26")])
def test_it_counts_from_the_later_of_both(start: str, first_day: str) -> None:
    person = participant().placed(start, "praktik")
    before = {"2021-05-03": "2021-05-02", "2021-03-26": "2021-03-25"}[first_day]
    assert (count(person, before), count(person, first_day)) == (0, 1)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (participant("dropped_out"), 0),
        (participant("dropped_out").certified("2021-04-15"), 1),
        (participant("dropped_out").certified("2021-04-15").revoked("2021-05-01"), 0),
        (participant("mis_registered"), 0),
        (participant().certified("2021-04-15"), 1),
        (Citizen().started("2021-03-01").certified("2021-03-20"), 1),
        (Citizen().started("2021-03-01"), 0),
    ],
)
def test_upskilled_means_completed_or_certified(person: Citizen, expected: int) -> None:
    assert count(person.placed("2021-04-20", "praktik")) == expected


def test_the_day_is_the_earlier_of_the_end_and_the_award() -> None:
    certified_first = (
        participant().certified("2021-03-10").placed("2021-03-12", "praktik").placement_ended("2021-03-20")
    )
    assert count(certified_first) == 1  # U = 10 March; on 26 March the praktik was over
    assert count(participant().placed("2021-03-12", "praktik").placement_ended("2021-03-20")) == 0


def test_the_first_certificate_that_was_not_revoked_decides() -> None:
    person = Citizen().started("2021-03-01").certified("2021-03-10", certificate="c1").revoked("2021-03-11", "c1")
    person.certified("2021-06-01", certificate="c2").certified("2021-05-01", certificate="c3")
    person.placed("2021-03-12", "praktik").placement_ended("2021-04-30")
    assert count(person) == 0  # U = 1 May
    assert count(person.placed("2021-05-02", "praktik", "p2"), "2021-05-02") == 1


def test_a_citizen_counts_once_in_all_and_once_in_each_course() -> None:
    person = participant().started("2021-04-06", "e2", "h2", "k2").ended("2021-04-30", "completed", "e2", "h2", "k2")
    person.placed("2021-05-03", "praktik", "p1").placed("2021-06-01", "praktik", "p2")
    known = [*course("k1"), *course("k2")]
    assert row(person, "upskilled_praktik", "2022-01-01", references=known)["numerator"] == 1
    by_course = rows([person], "upskilled_praktik", "2022-01-01", references=known, by=("course",))
    assert [(one["dimensions"]["course"], one["numerator"]) for one in by_course] == [("k1", 1), ("k2", 1)]


def test_the_target_is_what_the_count_is_compared_with() -> None:
    only = row(participant().placed("2021-05-03", "praktik"), "upskilled_praktik", "2021-12-31", targets={"0101": 4})
    assert (only["numerator"], only["denominator"], only["share"]) == (1, 4, 0.25)
    assert (only["low"], only["high"], only["target"]) == (None, None, 4)
    assert (only["so_far"], only["reached"], only["target_period"]) == (1, 1, "2021")


def test_who_was_counted_in_an_earlier_year_is_nothing_towards_the_target_of_this_one() -> None:
    people = [participant(name=name).placed("2021-05-03", "praktik") for name in ("anna", "bo")]
    only = row(people, "upskilled_praktik", "2022-01-01", targets={"0101": 4})
    assert (only["reached"], only["target_period"]) == (0, "2022")
    assert (only["so_far"], only["numerator"], only["denominator"], only["share"]) == (2, 2, 4, 0.5)
    without = row(people, "upskilled_praktik", "2022-01-01")
    assert (without["so_far"], without["numerator"], without["denominator"]) == (2, 2, None)
