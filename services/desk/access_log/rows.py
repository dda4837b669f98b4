"""The log's entries in words: on the page, on paper, and in a file for a spreadsheet. Pure."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from itertools import groupby

from services.desk.access_log import phrases
from services.desk.access_log.merged import Entry
from services.desk.labels import SERVICES
from shared.clock import COPENHAGEN

HEADINGS = ("Tidspunkt", "Hvem", "Hvad", "Til hvad", "Del af Løft", "Formål som registreret", "Sporings-id")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula; a purpose is text that any program may send."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at her data: what one request, or one page of the desk, read for one purpose, in several services."""

    at: datetime
    who: str
    purpose: str
    trace: str
    what: Sequence[tuple[str, str]]
    """What was read, and in which parts of Løft."""


def looks(entries: Sequence[Entry]) -> list[Look]:
    """The entries in words, those of one look together."""
    return [_look(list(own)) for _, own in groupby(entries, lambda e: (e.caller, e.correlation_id, e.purpose))]


def _look(entries: Sequence[Entry]) -> Look:
    newest, parts = entries[0], dict[str, list[str]]()
    for entry in entries:
        within = parts.setdefault(phrases.what(entry.what), [])
        if SERVICES[entry.service] not in within:
            within.append(SERVICES[entry.service])
    return Look(
        newest.at,
        phrases.caller(newest.caller),
        phrases.purpose(newest.purpose),
        newest.correlation_id,
        [(what, ", ".join(sorted(within))) for what, within in parts.items()],
    )


def as_csv(entries: Iterable[Entry]) -> str:
    """A file as Danish spreadsheets open it: semicolons, and a mark that says that it is UTF-8; a line an entry."""
    text = StringIO()
    out = csv.writer(text, delimiter=";", lineterminator="\r\n")
    out.writerow(HEADINGS)
    for entry in entries:
        cells = (
            phrases.caller(entry.caller),
            phrases.what(entry.what),
            phrases.purpose(entry.purpose),
            SERVICES[entry.service],
            entry.purpose,
            entry.correlation_id,
        )
        out.writerow([f"{entry.at.astimezone(COPENHAGEN):%d-%m-%Y %H:%M:%S}", *map(_harmless, cells)])
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + text.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
