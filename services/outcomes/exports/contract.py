"""The data contract beside a file: its columns with type, meaning and codes, how many rows, and the file's sha256.

It is a Data Package descriptor (datapackage.org, version 2), which tools for R, Python and Julia read as it is, with
what Løft has to add under ``loeft``.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from services.outcomes.exports.file import File
from services.outcomes.exports.table import Column, Kind, Table

TYPES: dict[Kind, str] = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "day": "date",
    "boolean": "boolean",
}
CSV_DIALECT = {"delimiter": ";", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}


def resource(table: Table, file: File) -> dict[str, Any]:
    """What a package says of one file."""
    described: dict[str, Any] = {
        "name": file.name.lower(),
        "path": file.name,
        "format": file.format,
        "mediatype": file.media_type.partition(";")[0],
        "bytes": len(file.body),
        "hash": f"sha256:{sha256(file)}",
        "rows": len(table.rows),
        "schema": {
            "fields": [_field(column, file.format) for column in table.columns],
            "missingValues": [""],
        },
    }
    if file.format == "csv":
        described |= {"encoding": "utf-8", "dialect": CSV_DIALECT}
    return described


def contract(title: str, resources: list[dict[str, Any]], loeft: Mapping[str, Any]) -> dict[str, Any]:
    """The whole descriptor; ``loeft`` is what only we know: as of which day, by which definition, how protected."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "title": title,
        "resources": resources,
        "loeft": dict(loeft),
    }


def sha256(file: File) -> str:
    """What the file is known again by, in hexadecimal digits."""
    return hashlib.sha256(file.body).hexdigest()


def _field(column: Column, written_as: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "type": TYPES[column.kind],
        "title": column.title,
        "description": column.meaning,
    }
    if column.codes:
        described["categories"] = [{"value": code, "label": name} for code, name in column.codes.items()]
    if written_as == "csv" and column.kind == "number":
        described["decimalChar"] = ","
    if written_as == "csv" and column.kind == "boolean":
        described |= {"trueValues": ["SAND"], "falseValues": ["FALSK"]}
    return described
