"""job_entry: incidence of a job by days since the start, with competing exits, ties and people not yet followed."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.unit.outcomes.effect.given import Citizen, rows

START = date(2021, 3, 1)
LATER = "2022-12-31"


def after(days: int) -> str:
    return (START + timedelta(days=days)).isoformat()


def participant(name: str = "anna", group: str = "2") -> Citizen:
    return Citizen(name).registered("2021-01-11", group).started(START.isoformat())


def entries(people: Citizen | Iterable[Citizen], as_of: str = LATER) -> dict[int, dict[str, Any]]:
    one = [people] if isinstance(people, Citizen) else list(people)
    return {row["after_days"]: row for row in rows(one, "job_entry", as_of)}


def way_out(person: Citizen, as_of: str = LATER) -> tuple[str, int | None]:
    """How the one person is out within a year, and the first standard day by which she is."""
    found = entries(person, as_of)
    gone = {way: days for days in (365, 182, 91, 30) for way, share in _shares(found[days]).items() if share == 1}
    ways = gone.keys() - {"waiting"}
    return ("waiting", None) if not ways else next((way, gone[way]) for way in ways)


def _shares(row: dict[str, Any]) -> dict[str, float]:
    shares: dict[str, float] = row.get("incidences", {})
    return shares


def test_the_standard_days_after_the_start() -> None:
    found = entries(participant().placed(after(91)))
    assert list(found) == [30, 91, 182, 365]
    assert [found[days]["numerator"] for days in found] == [0, 1, 1, 1]
    assert [found[days]["share"] for days in found] == [0, 1, 1, 1]
    assert {found[days]["so_far"] for days in found} == {1}
    assert found[365]["curve"] == [(91, 1, 0)]
    assert "curve" not in found[182]


@pytest.mark.parametrize(("on", "way"), [(-1, "waiting"), (0, "waiting"), (1, "job"), (30, "job")])
def test_a_job_counts_when_it_starts_after_the_start(on: int, way: str) -> None:
    assert way_out(participant().placed(after(on))) == (way, 30 if way == "job" else None)


@pytest.mark.parametrize(
    ("kind", "group", "way"),
    [
        ("wage-subsidy", "2", "wage_subsidy"),
        ("flexjob", "9", "flexjob"),
        ("flexjob", "2", "waiting"),
        ("praktik", "2", "waiting"),
    ],
)
def test_other_placements(kind: str, group: str, way: str) -> None:
    assert way_out(participant(group=group).placed(after(9), kind))[0] == way


def test_only_the_first_way_out_counts_and_on_one_day_the_job() -> None:
    person = participant().placed(after(9), "wage-subsidy", "p1")
    assert way_out(Citizen("b").registered("2021-01-11").started(after(0)).placed(after(10))) == ("job", 30)
    assert way_out(person.placed(after(10), "ordinary", "p2")) == ("wage_subsidy", 30)
    assert way_out(person.placed(after(9), "ordinary", "p3")) == ("job", 30)


def test_a_participation_ended_for_education_is_a_way_out_from_its_first_day_on() -> None:
    assert way_out(participant().ended(after(40), "education")) == ("education", 91)
    found = entries(participant().ended(after(0), "education"))
    assert found[30]["incidences"]["education"] == 1
    assert found[365]["curve"] == [(0, 0, 0)]


def test_an_exit_is_provisional_for_thirty_days_and_then_dated_back() -> None:
    person = participant().left(after(20), "moved")
    early, settled = entries(person, after(49)), entries(person, after(50))
    assert (early[30]["provisional"], early[30]["share"], early[30]["denominator"]) == (1, None, 1)
    assert (settled[30]["provisional"], settled[30]["incidences"]["left"]) == (0, 1)
    assert settled[365]["curve"] == [(20, 0, 0)]
    assert way_out(participant().left(after(20), "education")) == ("education", 30)


def test_who_is_out_provisionally_was_followed_until_the_day_before() -> None:
    people = [participant("a"), participant("b").left(after(20), "moved"), participant("c").placed(after(19))]
    people.append(participant("d").placed(after(20)))
    # day 19: 1 of 4 to a job; day 20: b is followed no longer, 1 of 2; 1 - 3/4 x 1/2 = 5/8
    assert entries(people, after(30))[30]["share"] == pytest.approx(0.625)
    # b has left on day 20, after which she is known to be in no job: 2 of 4
    assert entries(people, after(50))[30]["share"] == pytest.approx(0.5)


def test_who_comes_back_within_thirty_days_has_not_left() -> None:
    person = participant().left(after(20), "moved").back(after(49))
    assert way_out(person) == ("waiting", None)
    assert way_out(participant().left(after(20), "moved").back(after(50))) == ("left", 30)
    assert [entries(person, after(days))[30]["provisional"] for days in (19, 20, 48, 49)] == [0, 1, 1, 0]


@pytest.mark.parametrize(("on", "way"), [(20, "job"), (49, "job"), (50, "left")])
def test_a_job_that_begins_while_the_exit_is_provisional_is_the_way_out(on: int, way: str) -> None:
    assert way_out(participant().left(after(20)).placed(after(on)))[0] == way


def test_an_exit_on_the_first_day_or_before_is_none_from_the_course() -> None:
    assert way_out(participant().left(after(0))) == ("waiting", None)
    assert way_out(participant().left(after(1))) == ("left", 30)


def test_ties_competing_exits_and_people_not_followed_by_hand() -> None:
    """Ten participations. Seven start on 1 March; on day 10 two of them go to a job and one to a wage subsidy, on day
    20 one leaves. Three start 85 days later and are followed for 5 days as of day 90.

    At risk on day 10: 7, since three were followed to day 5 only. Job 2/7, wage subsidy 1/7, waiting 4/7. On day 20
    one of 4: left 4/7 x 1/4 = 1/7, waiting 3/7.
    """
    people = [participant(f"c{n}") for n in range(7)]
    for person, kind in zip(people, ("ordinary", "ordinary", "wage-subsidy"), strict=False):
        person.placed(after(10), kind)
    people[3].left(after(20), "moved")
    people += [Citizen(f"d{n}").registered("2021-01-11").started(after(85)) for n in range(3)]
    found = entries(people, after(90))
    assert (found[30]["numerator"], found[30]["denominator"]) == (2, 10)
    assert found[30]["share"] == pytest.approx(2 / 7)
    assert found[30]["incidences"] == pytest.approx(
        {"job": 2 / 7, "flexjob": 0, "wage_subsidy": 1 / 7, "education": 0, "left": 1 / 7, "waiting": 3 / 7}
    )
    assert sum(found[30]["incidences"].values()) == pytest.approx(1)
    assert found[30]["low"] < 2 / 7 < found[30]["high"]
    assert found[365]["curve"] == [(10, round(2 / 7, 6), round(4 / 7, 6)), (20, round(2 / 7, 6), round(3 / 7, 6))]
    assert (found[91]["share"], found[91]["low"], found[91].get("incidences")) == (None, None, None)


def test_followed_to_the_end_it_is_the_plain_share_with_wilsons_interval() -> None:
    people = [participant(f"c{n}") for n in range(23)]
    for person in people[:17]:
        person.placed(after(60))
    found = entries(people)[91]
    assert (found["numerator"], found["denominator"]) == (17, 23)
    assert found["share"] == pytest.approx(17 / 23)
    assert (round(found["low"], 2), round(found["high"], 2)) == (0.54, 0.87)


def test_as_of_an_earlier_day_nothing_is_taken_from_later_ones() -> None:
    people = [participant("a").placed(after(40)), participant("b")]
    assert entries(people, after(39))[30]["so_far"] == 0
    assert entries(people, after(40))[30]["so_far"] == 1
    assert entries(people, after(-1))[30]["denominator"] == 0


def test_a_mis_registered_participation_counts_nowhere() -> None:
    assert entries(participant().ended(after(9), "mis_registered"))[30]["denominator"] == 0


def test_any_two_dimensions() -> None:
    found = rows([participant()], "job_entry", LATER, by=("provider", "target_group"))
    assert [row["dimensions"] for row in found] == [{"provider": "Ivækst", "target_group": "2"}] * 4
