"""Whole histories in and out: what was decided is not decided again, and a copy is the same to the last byte."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest

from deploy.events_file import read
from shared.contracts.envelope import Envelope
from shared.contracts.intake import CitizenErased
from shared.messaging.cloudevents import decode, encode
from tests.real_machines import machine_directory
from tests.scenarios.replay import replay
from tests.scenarios.stack import RunningStack, loeft, running_stack
from tests.scenarios.stories import AZURE, NAESTVED, Told
from tests.scenarios.test_stories import AS_OF, AZURE_STAGES, NAESTVED_STAGES, stages

pytestmark = pytest.mark.timeout(180)  # whole stacks are started and stopped

UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
IMPORTED, COMMANDED, FORGOTTEN = "0306", "0316", "0320"
FIGURES = (
    ("funnel", AS_OF, "course"),
    ("moved_on", AS_OF, "provider"),
    ("mikrosprint_job", "2026-11-21", "target_group,start_month"),
    ("reach", "2025-06-01", ""),
    ("service_goal", "2025-06-01", ""),
    ("agreements", "2025-06-01", ""),
)


def one_who_got_a_job(told: Told) -> list[Envelope]:
    """Of the story of Næstved only one citizen, who gets a job while she takes part; that it ended that is left out."""
    whole = told.stories[NAESTVED.name]
    job = next(event for event in whole if event.name == "placement-started")
    hers = [event for event in whole if event.data.get("citizen_id") == job.data["citizen_id"]]
    offered = [event for event in whole if event.name in ("course-offered", "cohort-opened", "roster-frozen")]
    alone = {"enrolment_ids": [job.data["enrolment_id"]]}
    return [
        event.model_copy(update={"data": event.data | alone}) if event.name == "roster-frozen" else event
        for event in (*offered, *hers)
        if event.name != "participation-ended"
    ]


def moved(story: list[Envelope], municipality: str) -> list[Envelope]:
    """The same story of other people in another municipality."""

    def elsewhere(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: municipality if name == "municipality" else elsewhere(one) for name, one in value.items()}
        if isinstance(value, list):
            return [elsewhere(one) for one in value]
        return UUIDS.sub(lambda id_: str(uuid5(UUID(id_[0]), municipality)), value) if isinstance(value, str) else value

    return [
        Envelope.model_validate(
            elsewhere(event.model_dump(mode="json")) | {"source": f"/loeft/{municipality}/{event.service}"}
        )
        for event in story
    ]


class TestDeciding:
    async def test_a_command_lets_a_job_end_the_participation_and_an_imported_history_does_not(
        self, told: Told
    ) -> None:
        stack, story = told.stack, one_who_got_a_job(told)
        await stack.let_in(COMMANDED)
        imported = await stack.import_(moved(story, IMPORTED))
        assert (imported.stored, imported.known, imported.warnings) == (len(story), 0, [])
        await replay(story, lambda service, _: stack.client(service, COMMANDED))
        await stack.settled()
        here = [decode(line) for line in await stack.exported(IMPORTED)]
        there = [decode(line) for line in await stack.exported(COMMANDED)]
        assert sorted(event.name for event in here) == sorted(event.name for event in story)
        (ended,) = [event for event in there if event.name == "participation-ended"]
        (job,) = [event for event in there if event.name == "placement-started"]
        assert (ended.data["reason"], ended.data["on"], ended.causationid) == ("got_job", "2021-09-18", str(job.id))
        assert sorted(event.name for event in there) == sorted(
            [*(event.name for event in story), "participation-ended"]
        )

    async def test_a_second_import_finds_everything_known(self, told: Told) -> None:
        before = await told.stack.exported()
        again = await told.stack.import_(told.stories[AZURE.name])
        assert (again.stored, again.known) == (0, 791)
        assert await told.stack.exported() == before


class TestCopy:
    async def test_a_copy_gives_the_same_figures_and_the_same_export_running_and_stopped(
        self, told: Told, made_up: RunningStack, tmp_path: Path
    ) -> None:
        lines = await told.stack.exported()
        file = tmp_path / "all.jsonl"
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        shown = ("effect", "show", "--as-of", AS_OF, "--by", "course")
        rows = await told.stack.loeft(*shown)
        municipalities = sorted({decode(line).municipality for line in lines})
        figures = await all_figures(told.stack, municipalities)
        with machine_directory() as directory:
            async with running_stack(directory / "copy") as copy:
                imported = await copy.import_(read([file]))
                assert (imported.stored, imported.known) == (len(lines), 0)
                assert all("happen in the future" in note for note in imported.warnings), "the made-up year goes on"
                assert await copy.exported() == lines
                assert await all_figures(copy, municipalities) == figures
            await loeft("events", "export", str(tmp_path / "again.jsonl"), "--data", str(copy.directory))
            assert (tmp_path / "again.jsonl").read_bytes() == file.read_bytes()
            stopped = await copy.loeft(*shown)
        assert stopped == rows
        for story, expected in ((NAESTVED, NAESTVED_STAGES), (AZURE, AZURE_STAGES)):
            for course in told.courses(story):
                assert stages([row for row in stopped if row["dimensions"] == {"course": course}]) == expected


class TestErased:
    async def test_who_was_erased_counts_as_she_stood_in_a_copy_too_that_runs_or_is_started_later(
        self, told: Told, tmp_path: Path
    ) -> None:
        """Her erasure is intake's, whose relay waits for nobody: the rest of the file must be on the bus before it."""
        story = moved(one_who_got_a_job(told), FORGOTTEN)
        (citizen,) = [event for event in story if event.name == "citizen-registered"]
        erased = CitizenErased(municipality=FORGOTTEN, citizen_id=UUID(citizen.data["citizen_id"]))
        last = {"id": uuid4(), "type": CitizenErased.type(), "sequence": 2, "data": erased.data()}
        moments = {"time": datetime(2022, 11, 1, tzinfo=UTC), "recordedtime": datetime(2022, 11, 1, tzinfo=UTC)}
        file = tmp_path / "erased.jsonl"
        lines = [encode(event) for event in (citizen.model_copy(update=last | moments), *story)]
        file.write_bytes(b"".join(line + b"\n" for line in lines))
        jobs = ("effect", "show", "--as-of", AS_OF, "--indicator", "mikrosprint_job", "--municipality", FORGOTTEN)
        with machine_directory() as directory:
            async with running_stack(directory / "one") as running:
                assert (await running.loeft("events", "import", str(file)))["stored"] == len(lines)
                await running.settled()
                (row,) = await running.loeft(*jobs)
                assert row["so_far"] == 1
            async with running_stack(directory / "other"):
                pass
            stopped = ("--data", str(directory / "other"))
            await loeft("events", "import", str(file), *stopped)
            async with running_stack(directory / "other") as later:
                await later.settled()
                assert await later.loeft(*jobs) == [row]
                assert await later.loeft(*jobs, "--from-log") == [row]
                assert await later.databases["outcomes"].pool.fetchval("SELECT count(*) FROM erased") == 1


async def all_figures(stack: RunningStack, municipalities: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Figures of several indicators of each municipality."""
    await stack.let_in(*municipalities)
    return {
        f"{municipality} {asked}": await stack.effect(municipality, asked[0], asked[1], by=asked[2])
        for municipality in municipalities
        for asked in FIGURES
    }
