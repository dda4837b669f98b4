"""The log's entries in words: on the page, on paper, and in a file for a spreadsheet. Pure."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import StringIO

from services.desk.access_log import phrases
from services.desk.access_log.merged import Entry
from shared.clock import COPENHAGEN

HEADINGS = ("Tidspunkt", "Hvem", "Hvad", "Til hvad", "Del af Løft", "Formål som registreret", "Sporings-id")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula; a purpose is text that any program may send."""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as a person reads it."""

    at: datetime
    who: str
    what: str
    purpose: str
    part: str
    purpose_as_sent: str
    trace: str

    @classmethod
    def of(cls, entry: Entry, paths: Mapping[str, str]) -> "Row":
        """In Danish; ``paths`` has the path of each page of the desk by its name."""
        return cls(
            entry.at,
            phrases.caller(entry.caller),
            phrases.what(entry.what),
            phrases.purpose(entry.purpose, paths),
            phrases.SERVICES[entry.service],
            entry.purpose,
            entry.correlation_id,
        )


def as_csv(rows: Iterable[Row]) -> str:
    """A file as Danish spreadsheets open it: semicolons, and a mark that says that it is UTF-8."""
    text = StringIO()
    out = csv.writer(text, delimiter=";", lineterminator="\r\n")
    out.writerow(HEADINGS)
    for row in rows:
        at = f"{row.at.astimezone(COPENHAGEN):%d-%m-%Y %H:%M:%S}"
        cells = (row.who, row.what, row.purpose, row.part, row.purpose_as_sent, row.trace)
        out.writerow([at, *map(_harmless, cells)])
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + text.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
