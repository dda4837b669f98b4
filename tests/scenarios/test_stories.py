"""The stories' figures as of 1 June 2022: imported or told by commands, by HTTP or by ``loeft``, from cells or logs.

The numbers are written by hand from the source documents.
"""

from collections import Counter
from typing import Any

import pytest

from shared.contracts.envelope import Envelope
from shared.contracts.registry import payload
from shared.messaging.cloudevents import decode
from tests.scenarios.stories import AZURE, ELSEWHERE, NAESTVED, Story, Told

pytestmark = pytest.mark.timeout(180)  # the first test starts the stack

AS_OF = "2022-06-01"
Row = dict[str, Any]

NAESTVED_STAGES = {
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
AZURE_STAGES = {
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

naestved_both_ways = pytest.mark.parametrize("municipality", ["0370", "0376"], ids=["imported", "by commands"])
azure_both_ways = pytest.mark.parametrize("municipality", ["0101", "0147"], ids=["imported", "by commands"])


def stages(rows: list[Row]) -> dict[str, int]:
    """How many reached each stage of a funnel that anyone reached."""
    return {row["stage"]: row["numerator"] for row in rows if row["indicator"] == "funnel" and row["numerator"]}


def share(row: Row) -> tuple[int, int, int, int]:
    """Numerator, denominator, and the 95 % interval in whole per cent."""
    return row["numerator"], row["denominator"], round(100 * row["low"]), round(100 * row["high"])


def by_stage(rows: list[Row]) -> dict[str, Row]:
    """The funnel's rows by their stage."""
    return {row["stage"]: row for row in rows}


def without_ids(rows: list[Row]) -> list[Row]:
    """Rows without the ids in their dimensions: another telling has chosen other ones."""
    told = ({name: "?" if name in ("course", "cohort") else v for name, v in row["dimensions"].items()} for row in rows)
    return sorted((row | {"dimensions": dimensions} for row, dimensions in zip(rows, told, strict=True)), key=str)


class TestNaestved:
    @naestved_both_ways
    async def test_23_started_17_completed_and_met_3_dropped_out_3_got_a_job(
        self, told: Told, municipality: str
    ) -> None:
        rows = await told.stack.effect(municipality, "funnel", AS_OF)
        assert stages(rows) == NAESTVED_STAGES
        dropouts = by_stage(rows)["ended:dropped_out"]
        assert (dropouts["numerator"], dropouts["denominator"], dropouts["share"]) == (3, 23, 3 / 23)

    @naestved_both_ways
    @pytest.mark.parametrize(("as_of", "met"), [("2021-10-11", None), ("2021-10-12", 17)])
    async def test_they_met_on_12_october(self, told: Told, municipality: str, as_of: str, met: int | None) -> None:
        assert stages(await told.stack.effect(municipality, "funnel", as_of)).get("met") == met

    @naestved_both_ways
    async def test_the_jobs_count_for_the_mikrosprint(self, told: Told, municipality: str) -> None:
        (row,) = await told.stack.effect(municipality, "mikrosprint_job", AS_OF)
        assert (row["so_far"], row["numerator"], row["denominator"]) == (3, 3, 23)


class TestAzure:
    @azure_both_ways
    async def test_of_100_invited_40_completed_and_20_were_certified_and_met(
        self, told: Told, municipality: str
    ) -> None:
        rows = await told.stack.effect(municipality, "funnel", AS_OF)
        assert stages(rows) == AZURE_STAGES
        certified = by_stage(rows)["certified"]
        assert share(certified) == (20, 100, 13, 29)
        assert share(certified["of_previous"]) == (20, 40, 35, 65)

    @azure_both_ways
    async def test_the_20_met_9_companies(self, told: Told, municipality: str) -> None:
        desk = told.stack.client("outcomes", municipality)
        (event,) = (await desk.get("/events")).json()
        meetings = (await desk.get(f"/events/{event['event_id']}")).json()["meetings"]
        assert {meeting["state"] for meeting in meetings} == {"held"}
        assert len({meeting["citizen_id"] for meeting in meetings}) == 20
        assert len({meeting["company_id"] for meeting in meetings}) == 9


class TestBothWays:
    @pytest.mark.parametrize("story", [NAESTVED, AZURE], ids=lambda story: story.name)
    @pytest.mark.parametrize("by", ["", "course", "cohort,target_group", "start_month"])
    async def test_every_figure_is_the_same(self, told: Told, story: Story, by: str) -> None:
        for indicator in ("funnel", "moved_on", "mikrosprint_job", "it_course_job"):
            imported = await told.stack.effect(story.municipality, indicator, AS_OF, by=by)
            commanded = await told.stack.effect(ELSEWHERE[story.municipality], indicator, AS_OF, by=by)
            assert without_ids(imported) == without_ids(commanded)
            assert imported

    @pytest.mark.parametrize("story", [NAESTVED, AZURE], ids=lambda story: story.name)
    async def test_the_commands_make_the_same_events(self, told: Told, story: Story) -> None:
        chosen = {ours: theirs for theirs, ours in told.ids[story.name].items()}
        municipalities = {there: here for here, there in ELSEWHERE.items()}

        def as_in_the_story(value: Any) -> Any:
            if isinstance(value, list):
                return sorted(map(as_in_the_story, value), key=str)
            if isinstance(value, dict):
                return {name: as_in_the_story(one) for name, one in value.items()}
            return chosen.get(value, municipalities.get(value, value)) if isinstance(value, str) else value

        def told_in(envelopes: list[Envelope]) -> Counter[str]:
            return Counter(
                f"{envelope.time} {envelope.type} {as_in_the_story(payload(envelope).data())}" for envelope in envelopes
            )

        exported = await told.stack.exported(ELSEWHERE[story.municipality])
        assert told_in([decode(line) for line in exported]) == told_in(told.stories[story.name])


class TestTheCommand:
    async def test_effect_show_gives_the_same_rows_from_cells_and_from_logs(self, told: Told) -> None:
        shown = ("effect", "show", "--as-of", AS_OF, "--by", "course")
        rows: list[Row] = await told.stack.loeft(*shown)
        for story, expected in ((NAESTVED, NAESTVED_STAGES), (AZURE, AZURE_STAGES)):
            for course in told.courses(story):
                assert stages([row for row in rows if row["dimensions"] == {"course": course}]) == expected, course
        assert await told.stack.loeft(*shown, "--from-log") == rows
        assert (await told.stack.loeft("rebuild", "--from-histories"))["swapped"]
        assert await told.stack.loeft(*shown) == rows

    async def test_figures_as_known_on_a_day_are_those_of_the_events_recorded_by_then(self, told: Told) -> None:
        shown = ("effect", "show", "--as-of", AS_OF, "--by", "course", "--indicator", "funnel", "--known", "2021-08-31")
        rows: list[Row] = await told.stack.loeft(*shown)
        assert {row["as_known"] for row in rows} == {"2021-08-31"}
        assert await told.stack.loeft(*shown, "--from-log") == rows
        later = await told.stack.loeft(*shown[:-1], "2035-01-01")
        assert await told.stack.loeft(*shown[:-2]) == [
            {k: v for k, v in row.items() if k != "as_known"} for row in later
        ]
        assert [row["so_far"] for row in later] != [row["so_far"] for row in rows]
