"""A calendar as RFC 5545 writes it: whole days, lines of 75 octets, CRLF."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75
"""Octets, without the line break."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that lasts from one day to another, both included. ``uid`` never changes, ``sequence`` only grows."""

    uid: str
    sequence: int
    changed: datetime
    starts: date
    ends: date
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    cancelled: bool = False


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """The whole file."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Løft//Hold//DA",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        *(line for entry in entries for line in _event(entry)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def text(value: str) -> str:
    """A TEXT value: what has a meaning is escaped, other control characters are left out."""
    plain = value.replace("\r\n", "\n").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(sign for sign in plain.replace("\n", "\\n") if sign >= " " and sign != "\x7f")


def folded(line: str) -> bytes:
    """The line with its breaks; a character is never broken in two."""
    parts: list[bytes] = [b""]
    for sign in line:
        octets = sign.encode()
        room = LONGEST_LINE - (len(parts) > 1)  # a line that goes on begins with a space
        if len(parts[-1]) + len(octets) > room:
            parts.append(b"")
        parts[-1] += octets
    return b"\r\n ".join(parts) + b"\r\n"


def _event(entry: Entry) -> Iterator[str]:
    stamp = f"{entry.changed.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTART;VALUE=DATE:{entry.starts:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.ends + timedelta(days=1):%Y%m%d}"  # the first day after it
    yield f"SUMMARY:{text(entry.summary)}"
    if entry.description:
        yield f"DESCRIPTION:{text(entry.description)}"
    if entry.location:
        yield f"LOCATION:{text(entry.location)}"
    if entry.url:
        yield f"URL:{entry.url}"
    yield f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy for weeks
    yield "END:VEVENT"
