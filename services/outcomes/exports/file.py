"""A file: a table written in one of the formats that are offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from services.outcomes.exports import danish_csv, parquet, spreadsheet
from services.outcomes.exports.table import Table

Format = Literal["csv", "xlsx", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
MEDIA_TYPES: dict[Format, str] = {
    "csv": danish_csv.MEDIA_TYPE,
    "xlsx": spreadsheet.MEDIA_TYPE,
    "parquet": parquet.MEDIA_TYPE,
}


@dataclass(frozen=True, slots=True)
class File:
    """Bytes with the name and format that they go by."""

    name: str
    format: Format
    body: bytes

    @property
    def media_type(self) -> str:
        """The Content-Type."""
        return MEDIA_TYPES[self.format]


def file_of(table: Table, written_as: Format, about: Sequence[tuple[str, str]] = ()) -> File:
    """The table in a format. The same table always gives the same bytes."""
    match written_as:
        case "csv":
            body = danish_csv.danish_csv(table)
        case "xlsx":
            body = spreadsheet.spreadsheet(table, about)
        case "parquet":
            body = parquet.parquet(table)
    return File(f"{table.name}.{written_as}", written_as, body)
