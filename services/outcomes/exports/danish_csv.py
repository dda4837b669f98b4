"""CSV as a Danish Excel opens it by double click: semicolons, decimal comma, UTF-8 with byte order mark, CRLF.

A text that a spreadsheet would run as a formula gets an apostrophe before it. Numbers are never touched: a negative
number stays a number.
"""

import csv
import io
from decimal import Decimal

from services.outcomes.exports.table import Table, Value

MEDIA_TYPE = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text may not begin with: a spreadsheet would calculate, or call, what follows."""


def danish_csv(table: Table) -> bytes:
    """The file, with the columns' names as its first line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(column.name) for column in table.columns])
    writer.writerows([written(value) for value in row] for row in table.rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def written(value: Value) -> str:
    """One value as the file has it; nothing for None."""
    match value:
        case None:
            return ""
        case bool():
            return "SAND" if value else "FALSK"
        case int():
            return str(value)
        case float():
            return format(Decimal(repr(value)), "f").removesuffix(".0").replace(".", ",")
        case str():
            return harmless(value)
    return value.isoformat()


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
