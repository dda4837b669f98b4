"""The two stories of the source documents give their figures."""

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import contributions, entities
from services.outcomes.effect.fact import Fact, fact_from_json
from services.outcomes.effect.figures import figures
from services.outcomes.effect.references import References

SCENARIOS = Path(__file__).parents[4] / "deploy" / "scenarios"


class Replay:
    """A story's figures, by way of every entity's contributions."""

    def __init__(self, name: str) -> None:
        facts = [fact_from_json(line) for line in (SCENARIOS / f"{name}.jsonl").read_bytes().splitlines()]
        histories: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            for entity in entities(fact):
                histories[entity].append(fact)
        self.references = References.of(facts)
        self.cells: Counter[Cell] = Counter()
        for history in histories.values():
            self.cells.update(contributions(history))

    def rows(self, indicator: str, as_of: str, **cut: Any) -> list[dict[str, Any]]:
        day = date.fromisoformat(as_of)
        answer = figures(self.cells.items(), self.references, indicator=indicator, as_of=day, **cut)
        return [figure.row() for figure in answer]

    def stages(self, as_of: str) -> dict[str, int]:
        return {row["stage"]: row["numerator"] for row in self.rows("funnel", as_of) if row["numerator"]}


@pytest.fixture(scope="module")
def naestved() -> Replay:
    return Replay("naestved-2021")


@pytest.fixture(scope="module")
def azure() -> Replay:
    return Replay("azure-2021")


def interval(row: dict[str, Any]) -> tuple[int, int]:
    return round(100 * row["low"]), round(100 * row["high"])


def test_naestved_shows_23_to_17_and_three_dropouts(naestved: Replay) -> None:
    assert naestved.stages("2022-06-01") == {
        "invited": 23,
        "accepted": 23,
        "enrolled": 23,
        "started": 23,
        "completed": 17,
        "met": 17,
        "job": 3,
        "ended:dropped_out": 3,
        "ended:got_job": 3,
    }
    by_stage = {row["stage"]: row for row in naestved.rows("funnel", "2022-06-01")}
    assert (by_stage["met"]["denominator"], interval(by_stage["met"])) == (23, (54, 87))
    assert by_stage["ended:dropped_out"]["share"] == 3 / 23


@pytest.mark.parametrize(("as_of", "met"), [("2021-10-11", 0), ("2021-10-12", 17)])
def test_naestved_met_companies_on_12_october(naestved: Replay, as_of: str, met: int) -> None:
    assert naestved.stages(as_of).get("met", 0) == met


def test_naestved_the_three_jobs_during_the_course_are_in_the_numerator(naestved: Replay) -> None:
    (row,) = naestved.rows("mikrosprint_job", "2022-06-01")
    assert (row["so_far"], row["numerator"], row["denominator"]) == (3, 3, 23)
    (row,) = naestved.rows("it_course_job", "2022-06-01")
    assert (row["so_far"], row["numerator"], row["denominator"]) == (0, 0, 17)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2021-09-17", (0, 0, 0)),
        ("2021-09-18", (1, 0, 0)),  # the jobs began on 18, 19 and 20 September
        ("2021-09-20", (3, 0, 0)),
        ("2022-04-01", (3, 3, 6)),  # those who ended on 1 October are not yet mature: + 182 days is 1 April
        ("2022-04-02", (3, 3, 23)),
    ],
)
def test_naestved_matures(naestved: Replay, as_of: str, expected: tuple[int, int, int]) -> None:
    (row,) = naestved.rows("mikrosprint_job", as_of)
    assert (row["so_far"], row["numerator"], row["denominator"]) == expected


def test_naestved_is_one_course_of_one_provider(naestved: Replay) -> None:
    (row,) = naestved.rows("mikrosprint_job", "2022-06-01", by=("provider", "start_month"))
    assert row["dimensions"] == {"provider": "Ivækst", "start_month": "2021-09"}


def test_azure_shows_20_of_40_and_20_of_100(azure: Replay) -> None:
    assert azure.stages("2022-06-01") == {
        "identified": 100,
        "invited": 100,
        "accepted": 55,
        "enrolled": 55,
        "started": 55,
        "completed": 40,
        "certified": 20,
        "met": 20,
        "job": 6,
        "ended:dropped_out": 9,
        "ended:got_job": 6,
    }
    certified = {row["stage"]: row for row in azure.rows("funnel", "2022-06-01")}["certified"]
    assert (certified["numerator"], certified["denominator"], interval(certified)) == (20, 100, (13, 29))
    of_previous = certified["of_previous"]
    assert (of_previous["numerator"], of_previous["denominator"], interval(of_previous)) == (20, 40, (35, 65))


def test_azure_jobs_of_those_who_never_started_are_not_the_courses(azure: Replay) -> None:
    (row,) = azure.rows("mikrosprint_job", "2022-06-01")
    assert (row["so_far"], row["numerator"], row["denominator"]) == (6, 6, 55)
    (row,) = azure.rows("it_course_job", "2022-06-01")
    assert (row["numerator"], row["denominator"]) == (0, 40)


def test_azure_all_hundred_are_registered_and_55_reached(azure: Replay) -> None:
    (row,) = azure.rows("reach", "2021-06-01")
    assert (row["numerator"], row["denominator"]) == (55, 100)
