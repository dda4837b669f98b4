"""status_after: where citizens stand 1, 3, 6 and 12 months after a participation; exits are provisional at first."""

from typing import Any

import pytest

from tests.unit.outcomes.effect.given import Citizen, rows

# Ended on 2021-03-26: the days asked for are 2021-04-26, 2021-06-26, 2021-09-26 and 2022-03-26.
LATER = "2022-12-31"


def participant(reason: str = "completed", group: str = "2") -> Citizen:
    return Citizen().registered("2021-01-11", group).started("2021-03-01").ended("2021-03-26", reason)


def standings(person: Citizen, as_of: str = LATER) -> dict[int, str]:
    """Where the one person stands after each number of months that has passed; ``?`` provisionally."""
    found = {}
    for row in rows([person], "status_after", as_of):
        if row["numerator"]:
            assert row["denominator"] == 1
            found[row["after_months"]] = row["stage"]
        if row.get("provisional"):
            assert row["denominator"] == 0
            found[row["after_months"]] = f"{row['stage']}?"
    return found


def test_who_stays_is_unemployed_from_the_day_after_each_of_the_four_days() -> None:
    person = participant()
    assert standings(person, "2021-04-26") == {}
    assert standings(person, "2021-04-27") == {1: "unemployed"}
    assert standings(person, "2021-09-26") == {1: "unemployed", 3: "unemployed"}
    assert standings(person) == dict.fromkeys((1, 3, 6, 12), "unemployed")


def test_a_running_participation_has_no_standing() -> None:
    assert standings(Citizen().registered("2021-01-11").started("2021-03-01")) == {}


def test_a_month_that_lacks_the_day_gives_its_last() -> None:
    person = Citizen().registered("2020-11-02").started("2021-01-04").ended("2021-01-31")  # + 1 month: 2021-02-28
    assert standings(person, "2021-02-28") == {}
    assert standings(person, "2021-03-01") == {1: "unemployed"}


@pytest.mark.parametrize(
    ("kind", "group", "standing"),
    [
        ("ordinary", "2", "job"),
        ("wage-subsidy", "2", "wage_subsidy"),
        ("praktik", "2", "praktik"),
        ("flexjob", "9", "flexjob"),
        ("flexjob", "2", "unemployed"),
    ],
)
def test_a_placement_counts_while_it_runs(kind: str, group: str, standing: str) -> None:
    person = participant(group=group).placed("2021-04-26", kind).placement_ended("2021-06-26")
    assert standings(person) == {1: standing, 3: standing, 6: "unemployed", 12: "unemployed"}


def test_a_job_begun_before_the_course_is_a_job_too() -> None:
    assert standings(participant().placed("2021-02-01"), "2021-04-27") == {1: "job"}


def test_the_best_of_what_runs_on_the_day() -> None:
    person = participant().placed("2021-04-26", "praktik", "p1").placed("2021-06-26", "wage-subsidy", "p2")
    person.placed("2021-09-26", "ordinary", "p3").left("2021-09-26").placement_ended("2022-03-25", "p3")
    assert standings(person) == {1: "praktik", 3: "wage_subsidy", 6: "job", 12: "wage_subsidy"}


@pytest.mark.parametrize(("reason", "standing"), [("education", "education"), ("moved", "left"), ("job", "left")])
def test_an_exit_is_provisional_for_thirty_days_and_then_dated_back(reason: str, standing: str) -> None:
    person = participant().left("2021-04-20", reason)  # + 30 days = 2021-05-20
    assert standings(person, "2021-04-27") == {1: f"{standing}?"}
    assert standings(person, "2021-05-19") == {1: f"{standing}?"}
    assert standings(person, "2021-05-20") == {1: standing}
    assert standings(person) == dict.fromkeys((1, 3, 6, 12), standing)


def test_who_comes_back_within_thirty_days_was_unemployed_all_the_time() -> None:
    person = participant().left("2021-04-20", "moved").back("2021-05-19")
    assert standings(person, "2021-05-18") == {1: "left?"}
    assert standings(person, "2021-05-19") == {1: "unemployed"}


def test_who_comes_back_after_thirty_days_had_left() -> None:
    person = participant().left("2021-04-20", "moved").back("2021-05-20")
    assert standings(person, "2021-05-19") == {1: "left?"}
    assert standings(person) == {1: "left", 3: "unemployed", 6: "unemployed", 12: "unemployed"}


def test_a_job_on_the_day_leaves_nothing_provisional() -> None:
    assert standings(participant().left("2021-04-20").placed("2021-04-26"), "2021-04-27") == {1: "job"}


def test_who_ended_for_education_studies_until_something_new_begins() -> None:
    assert standings(participant("education")) == dict.fromkeys((1, 3, 6, 12), "education")
    again = participant("education").started("2021-06-26", "e2", "h2").ended("2022-12-31", "completed", "e2", "h2")
    assert standings(again) == {1: "education", 3: "unemployed", 6: "unemployed", 12: "unemployed"}
    away = participant("education").left("2021-05-03", "moved").back("2021-09-01")
    assert standings(away) == {1: "education", 3: "left", 6: "unemployed", 12: "unemployed"}


def test_a_mis_registered_participation_counts_nowhere() -> None:
    assert standings(participant("mis_registered")) == {}


def test_shares_are_of_those_whose_standing_is_known() -> None:
    known = [Citizen(f"c{n}").registered("2021-01-11").started("2021-03-01").ended("2021-03-26") for n in range(40)]
    for person in known[:20]:
        person.placed("2021-04-05")
    known[39].left("2021-04-20", "moved")
    found = {r["stage"]: r for r in rows(known, "status_after", "2021-04-27") if r["after_months"] == 1}
    counts: dict[str, Any] = {stage: (r["numerator"], r["denominator"]) for stage, r in found.items()}
    assert counts == {
        "job": (20, 39),
        "wage_subsidy": (0, 39),
        "praktik": (0, 39),
        "education": (0, 39),
        "unemployed": (19, 39),
        "left": (0, 39),
    }
    assert (found["left"]["provisional"], found["education"]["provisional"]) == (1, 0)
    assert "provisional" not in found["job"]
    later = {r["stage"]: r for r in rows(known, "status_after", "2021-05-20") if r["after_months"] == 1}
    assert [(later[s]["numerator"], later[s]["denominator"]) for s in ("job", "left")] == [(20, 40), (1, 40)]
    assert (round(later["job"]["low"], 2), round(later["job"]["high"], 2)) == (0.35, 0.65)


def test_without_anybody_there_are_four_times_six_rows_of_nought() -> None:
    found = rows([], "status_after", "2022-01-01")
    assert len(found) == 24
    assert {r["after_months"] for r in found} == {1, 3, 6, 12}
    assert all((r["numerator"], r["denominator"], r["share"]) == (0, 0, None) for r in found)


def test_any_two_dimensions() -> None:
    person = participant()
    found = rows([person], "status_after", LATER, by=("course_kind", "start_month"))
    assert {tuple(r["dimensions"].values()) for r in found} == {("mikrosprint", "2021-03")}
