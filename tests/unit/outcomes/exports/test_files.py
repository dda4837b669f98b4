"""The files: Danish numbers, no formula that runs, the same bytes for the same table, and types that survive."""

import csv
import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import duckdb
import pytest
from pyarrow import parquet as arrow

from services.outcomes.exports.contract import contract, resource
from services.outcomes.exports.danish_csv import danish_csv, written
from services.outcomes.exports.file import FORMATS, Format, file_of
from services.outcomes.exports.table import Column, Table

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EVIL = '=HYPERLINK("http://x";"y")'
TABLE = Table(
    "prøve",
    (
        Column("navn", "text", "Navn", "Hvem."),
        Column("antal", "integer", "Antal", "Hvor mange."),
        Column("andel", "number", "Andel", "Af alle."),
        Column("dag", "day", "Dag", "Hvornår."),
        Column("skjult", "boolean", "Skjult", "Om den er skjult."),
    ),
    (
        ("Ærø; Østerå", 1234567, -0.5, date(2026, 3, 31), False),
        (EVIL, -3, 0.00001, None, True),
        ("0101", None, 17 / 23, date(2021, 9, 6), None),
    ),
)


def test_csv_is_what_a_danish_excel_opens() -> None:
    body = danish_csv(TABLE)
    assert body.startswith(b"\xef\xbb\xbfnavn;antal;andel;dag;skjult\r\n")
    lines = body.decode("utf-8-sig").split("\r\n")
    assert lines[1] == '"Ærø; Østerå";1234567;-0,5;2026-03-31;FALSK'
    assert lines[3] == "0101;;0,7391304347826086;2021-09-06;"
    assert lines[4:] == [""]


def test_csv_is_read_back_by_another_reader() -> None:
    rows = list(csv.reader(io.StringIO(danish_csv(TABLE).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[1][0] == "Ærø; Østerå"
    assert rows[2] == [f"'{EVIL}", "-3", "0,00001", "", "SAND"]
    assert {len(row) for row in rows} == {5}


@pytest.mark.parametrize("text", ["=1+1", "+45 12", "-1", "@SUM(A1)", "\tx", "\r=x"])
def test_a_text_never_becomes_a_formula(text: str) -> None:
    assert written(text) == f"'{text}"


@pytest.mark.parametrize("text", ["a=1", "0101", "", " ", "Ø"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert written(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(-3, "-3"), (-0.25, "-0,25"), (1e-7, "0,0000001"), (1e21, "1000000000000000000000"), (0.0, "0"), (23.0, "23")],
)
def test_numbers_have_a_decimal_comma_and_no_exponent(value: float, text: str) -> None:
    assert written(value) == text


def sheets_of(body: bytes) -> tuple[list[str], list[list[str | None]], str]:
    """Names of the sheets, cells of the first as (type:)text, and the raw text of the whole book."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        strings = [
            "".join(text.text or "" for text in item.iter(f"{SHEET}t"))
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{SHEET}si")
        ]
        names = [
            sheet.get("name", "")
            for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{SHEET}sheet")
        ]
        rows = []
        for row in ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(f"{SHEET}row"):
            cells: list[str | None] = []
            for cell in row.iter(f"{SHEET}c"):
                assert cell.find(f"{SHEET}f") is None, "no cell is a formula"
                value = cell.findtext(f"{SHEET}v")
                cells.append(strings[int(value or 0)] if cell.get("t") == "s" else value)
            rows.append(cells)
        everything = " ".join(strings)
    return names, rows, everything


def test_a_spreadsheet_has_numbers_as_numbers_and_says_what_they_mean() -> None:
    names, rows, texts = sheets_of(file_of(TABLE, "xlsx", [("Definition", "Andel af alle.")]).body)
    assert names == ["Tal", "Om tallene"]
    assert rows[0] == ["navn", "antal", "andel", "dag", "skjult"]
    assert rows[1] == ["Ærø; Østerå", "1234567", "-0.5", "46112", "0"]  # 31 March 2026 is day 46112 of Excel
    assert rows[2][:2] == [EVIL, "-3"]
    assert rows[3][0] == "0101"
    assert "Andel af alle." in texts
    assert "Antal. Hvor mange." in texts


def test_parquet_has_types_and_two_readers_agree() -> None:
    body = file_of(TABLE, "parquet").body
    read = arrow.read_table(io.BytesIO(body))
    assert [str(field.type) for field in read.schema] == ["string", "int64", "double", "date32[day]", "bool"]
    assert [tuple(row.values()) for row in read.to_pylist()] == list(TABLE.rows)


def test_duckdb_reads_the_same_parquet(tmp_path: object) -> None:
    from pathlib import Path

    file = Path(str(tmp_path)) / "x.parquet"
    file.write_bytes(file_of(TABLE, "parquet").body)
    with duckdb.connect() as reader:
        assert reader.execute("SELECT * FROM read_parquet(?)", [str(file)]).fetchall() == list(TABLE.rows)


@pytest.mark.parametrize("written_as", FORMATS)
def test_the_same_table_gives_the_same_bytes(written_as: Format) -> None:
    assert file_of(TABLE, written_as, [("a", "b")]).body == file_of(TABLE, written_as, [("a", "b")]).body


def test_a_contract_describes_its_file() -> None:
    import hashlib

    file = file_of(TABLE, "csv")
    (described,) = contract("Prøve", [resource(TABLE, file)], {})["resources"]
    assert described["hash"] == f"sha256:{hashlib.sha256(file.body).hexdigest()}"
    assert (described["rows"], described["bytes"], described["path"]) == (3, len(file.body), "prøve.csv")
    types = {field["name"]: field["type"] for field in described["schema"]["fields"]}
    assert types == {"navn": "string", "antal": "integer", "andel": "number", "dag": "date", "skjult": "boolean"}
    assert described["schema"]["fields"][2]["decimalChar"] == ","
