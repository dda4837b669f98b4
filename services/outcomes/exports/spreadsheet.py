"""XLSX: numbers as numbers, days as days, texts as texts, and a second sheet that says what the numbers mean."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from services.outcomes.exports.table import Table, Value

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same table always gives the same bytes, so its sha256 can be compared
NUMBERS, ABOUT = "Tal", "Om tallene"
NARROWEST, WIDEST = 10, 60


def spreadsheet(table: Table, about: Sequence[tuple[str, str]]) -> bytes:
    """The file. ``about`` are the lines of the sheet *Om tallene*: a heading and a text each."""
    import xlsxwriter  # noqa: PLC0415 - only who asks for a file pays for it

    file = io.BytesIO()
    # no value is ever read as a formula, a link or a number that it is not
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": table.name, "created": MADE})
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet(NUMBERS)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, column.name, bold)
            sheet.set_column(place, place, max(NARROWEST, min(WIDEST, len(column.name) + 2)))
            for number, row in enumerate(table.rows, start=1):
                _write(sheet, number, place, row[place], day)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        _explain(book.add_worksheet(ABOUT), table, about, bold, book.add_format({"text_wrap": True, "valign": "top"}))
    return file.getvalue()


def _write(sheet: Any, row: int, place: int, value: Value, day: Any) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, place, value)
        case int() | float():
            sheet.write_number(row, place, value)
        case date():
            sheet.write_datetime(row, place, value, day)
        case str():
            sheet.write_string(row, place, value)


def _explain(sheet: Any, table: Table, about: Sequence[tuple[str, str]], bold: Any, wrapped: Any) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    lines = [*about, ("", ""), ("Kolonne", "Betydning")]
    for column in table.columns:
        codes = "; ".join(f"{code} = {name}" for code, name in column.codes.items())
        lines.append((column.name, f"{column.title}. {column.meaning}{f' Koder: {codes}.' if codes else ''}"))
    for row, (heading, text) in enumerate(lines):
        sheet.write_string(row, 0, heading, bold)
        sheet.write_string(row, 1, text, wrapped)
