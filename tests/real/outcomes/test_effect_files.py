"""Figures as files: the same figures in every format, read back by other readers; and who is shown what."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import httpx
import pytest

from services.outcomes.effect.catalogue import CATALOGUE
from shared.messaging.cloudevents import encode
from shared.messaging.topology import bus_subject
from shared.web import Role
from tests.real.answers import refused
from tests.real.outcomes.jobcenter import Jobcenter
from tests.real.running_service import RunningService
from tests.real.story import story
from tests.waiting import eventually

NAESTVED = "0370"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FUNNEL = {"indicator": "funnel", "as_of": "2021-10-12", "by": "provider"}
INTERNAL = "intern, ikke til offentliggørelse"
COUNTS = ("so_far", "numerator", "denominator", "share", "low", "high")


@pytest.fixture
async def manager(outcomes: RunningService, jobcenter: Jobcenter) -> httpx.AsyncClient:
    """A manager of Næstved, whose story has been told and counted."""
    for envelope in story("naestved-2021.jsonl"):
        await jobcenter.bus.jetstream().publish(bus_subject(envelope), encode(envelope))
    caller = outcomes.caller(Role.MANAGER, municipality=NAESTVED)

    async def all_counted() -> bool:
        rows = (await caller.get("/effect", params=FUNNEL)).json()
        return any(row["stage"] == "met" and row["so_far"] == 17 for row in rows)

    await eventually(all_counted)
    return caller


async def figures(caller: httpx.AsyncClient) -> list[dict[str, Any]]:
    """The true rows, as JSON."""
    rows: list[dict[str, Any]] = (await caller.get("/effect", params=FUNNEL)).json()
    return rows


async def file(caller: httpx.AsyncClient, written_as: str, **more: str) -> httpx.Response:
    """The funnel as a file."""
    answer = await caller.get("/effect", params=FUNNEL | {"format": written_as} | more)
    assert answer.status_code == 200, answer.text
    return answer


def sixteen(number: Any) -> str:
    """A number with as many digits as a spreadsheet keeps."""
    return "" if number is None else f"{float(number):.16G}"


def danish(text: str) -> float | None:
    """A number of the CSV file."""
    return float(text.replace(",", ".")) if text else None


async def test_true_counts_are_for_those_who_work_with_the_citizens(
    outcomes: RunningService, manager: httpx.AsyncClient
) -> None:
    for role in (Role.MANAGER, Role.CASEWORKER, Role.EMENTOR):
        caller = outcomes.caller(role, municipality=NAESTVED)
        assert {row["stage"]: row["so_far"] for row in await figures(caller)}["ended:dropped_out"] == 3
        lines = (await file(caller, "csv")).content.decode("utf-8-sig")
        assert "funnel;2021-10-12;Ivækst;ended:dropped_out;182;3;3;23" in lines
    analyst = outcomes.caller(Role.ANALYST, municipality=NAESTVED)
    for more in ({}, {"format": "csv"}):
        refused(await analyst.get("/effect", params=FUNNEL | more), 409, "indicator-not-published")
    refused(await analyst.get("/effect/contract", params=FUNNEL), 409, "indicator-not-published")


async def test_a_file_of_true_counts_says_that_it_is_internal(manager: httpx.AsyncClient, tmp_path: Path) -> None:
    answer = await file(manager, "csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="funnel-provider-2021-10-12-intern.csv"'
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert {line["use"] for line in lines} == {INTERNAL}
    told = (await manager.get(answer.headers["Link"].partition(">")[0][1:])).json()["loeft"]
    assert (told["use"], told["smallest_group"]) == (INTERNAL, None)
    there = tmp_path / "funnel.parquet"
    there.write_bytes((await file(manager, "parquet")).content)
    with duckdb.connect() as reader:
        assert reader.execute(f"SELECT DISTINCT use FROM '{there}'").fetchall() == [(INTERNAL,)]
    with zipfile.ZipFile(io.BytesIO((await file(manager, "xlsx")).content)) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    assert INTERNAL in strings
    assert "også om få personer" in strings


async def test_a_file_of_a_release_says_what_it_is_protected_by(
    outcomes: RunningService, manager: httpx.AsyncClient
) -> None:
    """Of the 23 of Næstved 3 got a job: too few. Their standing and their reach are too few, too; companies are not."""
    analyst = outcomes.caller(Role.ANALYST, municipality=NAESTVED)
    refused(await analyst.get("/effect", params={"indicator": "mikrosprint_job"}), 409, "too-few-persons")
    answer = await analyst.get("/effect", params={"indicator": "agreements", "format": "csv", "as_of": "2021-12-31"})
    (line,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert (line["as_of"], line["use"]) == ("2021-12-31", "må offentliggøres")
    told = (await analyst.get(answer.headers["Link"].partition(">")[0][1:])).json()["loeft"]
    assert (told["use"], told["smallest_group"]) == ("må offentliggøres", 5)


async def test_csv_has_the_figures(manager: httpx.AsyncClient) -> None:
    answer = await file(manager, "csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    rows = await figures(manager)
    assert [line["stage"] for line in lines] == [row["stage"] for row in rows]
    for line, row in zip(lines, rows, strict=True):
        assert line["provider"] == row["dimensions"]["provider"] == "Ivækst"
        assert [danish(line[name]) for name in COUNTS] == [row[name] for name in COUNTS]


async def test_a_spreadsheet_has_the_same_numbers(manager: httpx.AsyncClient) -> None:
    with zipfile.ZipFile(io.BytesIO((await file(manager, "xlsx")).content)) as book:
        strings = [
            "".join(text.text or "" for text in item.iter(f"{SHEET}t"))
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{SHEET}si")
        ]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        lines = []
        for line in sheet.iter(f"{SHEET}row"):
            cells: dict[str, str | float] = {}
            for cell in line.iter(f"{SHEET}c"):
                value = cell.findtext(f"{SHEET}v") or ""
                place = str(cell.get("r")).rstrip("0123456789")
                cells[place] = strings[int(value)] if cell.get("t") == "s" else float(value)
            lines.append(cells)
    names = {name: place for place, name in lines[0].items()}
    rows = await figures(manager)
    assert len(lines) == len(rows) + 1
    for cells, row in zip(lines[1:], rows, strict=True):
        assert [sixteen(cells.get(names[name])) for name in COUNTS] == [sixteen(row[name]) for name in COUNTS]
    definition = rows[0]["definition"]
    assert definition in strings


async def test_parquet_has_the_same_numbers_for_duckdb(manager: httpx.AsyncClient, tmp_path: Path) -> None:
    there = tmp_path / "funnel.parquet"
    there.write_bytes((await file(manager, "parquet")).content)
    columns = ", ".join(COUNTS)
    with duckdb.connect() as reader:
        found = reader.execute(f"SELECT {columns}, as_of, stage FROM '{there}'").fetchall()
    assert found == [
        (*(row[name] for name in COUNTS), date(2021, 10, 12), row["stage"]) for row in await figures(manager)
    ]


async def test_the_contract_describes_the_very_file(manager: httpx.AsyncClient) -> None:
    for written_as in ("csv", "xlsx", "parquet"):
        answer = await file(manager, written_as)
        described = (await manager.get(answer.headers["Link"].partition(">")[0][1:])).json()
        (resource,) = described["resources"]
        digest = hashlib.sha256(answer.content).hexdigest()
        assert (resource["hash"], answer.headers["ETag"]) == (f"sha256:{digest}", f'"{digest}"')
        told = described["loeft"]
        assert (told["indicator"], told["definition_version"], told["as_of"]) == ("funnel", 1, "2021-10-12")
        assert told["rows"] == resource["rows"] == len(await figures(manager))
        stage = next(field for field in resource["schema"]["fields"] if field["name"] == "stage")
        assert {"value": "met", "label": "Mødt virksomheder"} in stage["categories"]


async def test_a_file_comes_with_its_contract_in_a_zip(manager: httpx.AsyncClient) -> None:
    answer = await file(manager, "csv", contract="true")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["funnel-provider-2021-10-12-intern.csv", "datapackage.json"]
        body = archive.read("funnel-provider-2021-10-12-intern.csv")
        assert body == (await file(manager, "csv")).content
        described = json.loads(archive.read("datapackage.json"))
    assert described["loeft"]["sha256"] == hashlib.sha256(body).hexdigest()


async def test_the_accept_header_may_ask_for_a_file(manager: httpx.AsyncClient) -> None:
    answer = await manager.get("/effect", params=FUNNEL, headers={"Accept": "text/csv, */*;q=0.1"})
    assert answer.content == (await file(manager, "csv")).content
    assert (await manager.get("/effect", params=FUNNEL, headers={"Accept": "text/html"})).json()
    refused(await manager.get("/effect", params=FUNNEL | {"format": "pdf"}), 422, "invalid")
    asked = await manager.get("/effect", params=FUNNEL | {"format": "json"}, headers={"Accept": "text/csv"})
    assert asked.json() == (await manager.get("/effect", params=FUNNEL)).json()


async def test_every_indicator_comes_as_a_file(manager: httpx.AsyncClient) -> None:
    told = (await manager.get("/effect/catalogue")).json()
    assert {indicator["key"] for indicator in told} == set(CATALOGUE)
    for indicator in told:
        question = {"indicator": indicator["key"], "as_of": "2022-06-01", "by": ",".join(indicator["dimensions"][:1])}
        for written_as in ("csv", "xlsx", "parquet"):
            answer = await manager.get("/effect", params=question | {"format": written_as})
            assert answer.status_code == 200, (indicator["key"], answer.text)
