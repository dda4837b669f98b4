"""The research extract as an attacker sees it: bytes in a directory, with everything that was told at hand."""

import asyncio
import csv
import hashlib
import io
import json
import os
import re
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from pyarrow import parquet as arrow

from services.outcomes.extract.making import Made, Order, make
from shared.contracts.envelope import Envelope
from shared.contracts.intake import CitizenErased, CitizenRegistered
from shared.ids import new_id
from shared.messaging.cloudevents import encode
from shared.messaging.topology import bus_subject
from tests.real.outcomes.jobcenter import Jobcenter
from tests.real.running_service import RunningService, publish
from tests.real.story import story
from tests.real_machines import RealNats
from tests.waiting import eventually

SECRET = bytes(range(32))
AZURE = "0101"
AS_OF = date(2021, 6, 30)
MADE_AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
EXACT_DAY = re.compile(rb"(?<![0-9])(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
CPR_LIKE = re.compile(rb"(?<![0-9a-f])[0-3][0-9][01][0-9]{3}-?[0-9]{4}(?![0-9a-f])")


@pytest.fixture
async def told(outcomes: RunningService, jobcenter: Jobcenter) -> list[Envelope]:
    """The events of the Azure pilot, counted."""
    events = story("azure-2021.jsonl")
    for envelope in events:
        await jobcenter.bus.jetstream().publish(bus_subject(envelope), encode(envelope))

    async def all_counted() -> bool:
        return bool(await outcomes.database.fetchval("SELECT count(DISTINCT event_id) FROM fact") == len(events))

    await eventually(all_counted)
    return events


def started(events: list[Envelope]) -> int:
    """How many of the story started."""
    return sum(event.name == "participation-started" for event in events)


async def extracted(outcomes: RunningService, project: str = "kea", k: int = 5) -> Made:
    """An extract of a project."""
    order = Order(new_id(), project, AZURE, AS_OF, MADE_AT, "analyst-1", "forskning", k)
    return await make(outcomes.database, order, SECRET, lambda _: None)


def rows(made: Made) -> list[dict[str, str]]:
    """The lines of the CSV file."""
    text = made.files["participations.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


async def test_nothing_in_it_is_an_id_a_day_or_a_text_that_was_told(
    outcomes: RunningService, told: list[Envelope]
) -> None:
    made = await extracted(outcomes)
    columns = arrow.read_table(io.BytesIO(made.files["participations.parquet"])).to_pydict()
    everything = made.files["participations.csv"] + str(columns).encode()
    assert rows(made)
    ids = set(ID.findall(json.dumps([event.data for event in told]) + " ".join(event.subject for event in told)))
    assert len(ids) > 150
    for name, body in (made.files | {"columns": everything}).items():
        assert [one for one in ids if one.encode() in body or one.replace("-", "").encode() in body] == [], name
    days = {day.encode() for event in told for day in re.findall(r"\d{4}-\d\d-\d\d", json.dumps(event.data))}
    for name, body in made.files.items():
        assert [day for day in days if day in body] == [], name
    assert EXACT_DAY.findall(everything) == []
    assert CPR_LIKE.findall(made.files["participations.csv"]) == []
    texts = {
        value
        for event in told
        for field, value in event.data.items()
        if isinstance(value, str) and field in ("title", "provider", "name", "cvr", "reason", "industry")
    } - {"", "completed", "dropped_out", "got_job", "job"}
    assert [text for text in texts if text.encode() in everything] == []


async def test_a_citizen_is_known_again_in_her_project_only(outcomes: RunningService, told: list[Envelope]) -> None:
    one, again, other = await extracted(outcomes), await extracted(outcomes), await extracted(outcomes, "vive")
    assert one.files["participations.csv"] == again.files["participations.csv"]
    first, second = ({row["citizen"] for row in rows(made)} for made in (one, other))
    assert len(first) == len(second) > 0
    assert first & second == set()
    assert {row["course"] for row in rows(one)} & {row["course"] for row in rows(other)} <= {""}


async def test_everybody_in_it_stands_among_k(outcomes: RunningService, told: list[Envelope]) -> None:
    for k in (3, 5, 10):
        made = await extracted(outcomes, k=k)
        quasi = ("start", "course", "course_kind", "methods", "it_specific", "age", "education_level", "target_group")
        classes = Counter(tuple(row[name] for name in quasi) for row in rows(made))
        said = json.loads(made.files["k-anonymity.json"])
        assert min(classes.values()) == said["smallest_class"] >= k
        assert (len(classes), sum(classes.values())) == (said["classes"], said["rows"])
        assert said["rows"] > started(told) / 2, "generalised before left out"


async def test_its_figures_are_those_of_the_story(outcomes: RunningService, told: list[Envelope]) -> None:
    """Every citizen of the pilot started one participation; who is left out is told."""
    made = await extracted(outcomes, k=3)
    said = json.loads(made.files["k-anonymity.json"])
    left_out = started(told) - said["citizens"]
    assert said["left_out"]["citizens_in_small_classes"] == (left_out if left_out in (0, *range(3, 99)) else "1-2")
    reasons = Counter(row["end_reason"] for row in rows(made))
    true = Counter(event.data["reason"] for event in told if event.name == "participation-ended")
    assert set(reasons) <= set(true)
    assert all(reasons[reason] <= true[reason] for reason in true)
    assert all(0 < int(row["weeks_to_job"]) < 60 for row in rows(made) if row["weeks_to_job"])


async def test_another_reader_reads_the_same(outcomes: RunningService, told: list[Envelope], tmp_path: Path) -> None:
    made = await extracted(outcomes)
    there = tmp_path / "x.parquet"
    there.write_bytes(made.files["participations.parquet"])
    with duckdb.connect() as reader:
        found = reader.execute(f"SELECT citizen, start, weeks_to_end FROM '{there}'").fetchall()
    weeks = [
        (row["citizen"], row["start"], int(row["weeks_to_end"]) if row["weeks_to_end"] else None) for row in rows(made)
    ]
    assert found == weeks


async def test_the_manifest_and_the_ledger_tell_of_it(outcomes: RunningService, told: list[Envelope]) -> None:
    made = await extracted(outcomes)
    manifest = json.loads(made.files["manifest.json"])
    for file in manifest["files"]:
        assert hashlib.sha256(made.files[file["name"]]).hexdigest() == file["sha256"]
    assert (manifest["project"], manifest["as_of"], manifest["made_by"]) == ("kea", "2021-06-30", "analyst-1")
    assert manifest["definitions"]["it_course_job"] == 1
    (entry,) = await outcomes.database.fetch("SELECT * FROM research_extract")
    assert (entry["project"], entry["made_by"], entry["made_at"]) == ("kea", "analyst-1", MADE_AT)
    assert (entry["rows"], entry["citizens"]) == (len(rows(made)), len({row["citizen"] for row in rows(made)}))
    assert entry["manifest_sha256"] == hashlib.sha256(made.files["manifest.json"]).hexdigest()
    assert await outcomes.database.fetchval("SELECT count(*) FROM access_log") == entry["citizens"]
    what = await outcomes.database.fetchval("SELECT DISTINCT what FROM access_log")
    assert what == 'research extract "kea"'
    salt = await outcomes.database.fetchval("SELECT salt FROM research_project WHERE project = 'kea'")
    for body in made.files.values():
        assert salt not in body
        assert salt.hex().encode() not in body
        assert SECRET.hex().encode() not in body


async def test_what_could_not_be_prepared_was_not_made(outcomes: RunningService, told: list[Envelope]) -> None:
    def full(_: Made) -> None:
        raise OSError("disk full")

    order = Order(new_id(), "kea", AZURE, AS_OF, MADE_AT, "analyst-1", "forskning", 5)
    with pytest.raises(OSError, match="disk full"):
        await make(outcomes.database, order, SECRET, full)
    assert await outcomes.database.fetchval("SELECT count(*) FROM research_extract") == 0
    assert await outcomes.database.fetchval("SELECT count(*) FROM access_log") == 0


async def test_the_erased_and_the_protected_are_in_none(
    outcomes: RunningService, told: list[Envelope], empty_bus: RealNats
) -> None:
    participants = [event.data["citizen_id"] for event in told if event.name == "participation-started"]
    erased, shy = participants[:2]
    registered = next(e for e in told if e.name == "citizen-registered" and e.data["citizen_id"] == shy)
    again = CitizenRegistered.model_validate(registered.data | {"protected": True})
    await publish(empty_bus, CitizenErased.model_validate({"municipality": AZURE, "citizen_id": erased}), 99)
    await publish(empty_bus, again, 98)

    async def known() -> bool:
        gone = await outcomes.database.fetchval("SELECT erased FROM known_citizen WHERE citizen_id = $1", erased)
        facts = "SELECT count(*) = 2 FROM fact WHERE entity = $1 AND type = 'citizen-registered'"
        return bool(gone and await outcomes.database.fetchval(facts, f"citizen/{shy}"))

    await eventually(known)
    before = {row["citizen"] for row in rows(await extracted(outcomes, k=3))}
    assert len(before) <= len(participants) - 2
    reads = await outcomes.database.fetch("SELECT citizen_id::text FROM access_log")
    assert {erased, shy} & {row[0] for row in reads} == set()
    said = json.loads((await extracted(outcomes, k=3)).files["k-anonymity.json"])
    assert said["left_out"]["citizens_with_protected_name_and_address"] == "1-2"


@pytest.mark.timeout(180)  # the command is a process of its own, and imports every service
async def test_the_command_writes_the_files_into_a_directory(
    outcomes: RunningService, told: list[Envelope], tmp_path: Path
) -> None:
    async def command(*arguments: str) -> tuple[int, str]:
        environment = os.environ | {
            "LOEFT_PROFILE": "production",
            "LOEFT_DATABASE_URL": outcomes.address,
            "LOEFT_RESEARCH_KEY": SECRET.hex(),
            "LOEFT_ALLOW_UNSAFE_DURABILITY": "true",
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "from deploy.cli import main; main()", "extract", *arguments,
            env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        said, _ = await process.communicate()
        return process.returncode or 0, said.decode()

    out = tmp_path / "given" / "kea-1"
    asked = ("--project", "kea", "--out", str(out), "--as-of", "2021-06-30", "--by", "analyst-1")
    code, said = await command(*asked, "--json")
    assert code == 0, said
    assert sorted(file.name for file in out.iterdir()) == [
        "datapackage.json", "k-anonymity.json", "manifest.json", "participations.csv", "participations.parquet",
    ]  # fmt: skip
    assert (out / "participations.csv").read_bytes() == (await extracted(outcomes)).files["participations.csv"]
    assert [file.name for file in out.parent.iterdir()] == ["kea-1"]
    code, said = await command("--project", "kea", "--out", f"{out}-2", "--as-of", "2021-06-29")
    assert (code, "the last day of a quarter" in " ".join(said.split())) == (1, True), said
