"""RFC 5545 as a reader of its own, strict where the grammar is: other people's programs must read what we write."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

CONTENT_LINE = re.compile(
    r"(?P<name>[A-Z0-9-]+)(?P<params>(?:;[A-Z0-9-]+=[^\x00-\x1f\";:,]+)*):(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)"
)
TEXT = re.compile(r"(?:[^\\;,\x00-\x1f\x7f]|\\[\\;,nN])*")  # TSAFE-CHAR, and what may be escaped
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "X-WR-CALNAME", "UID", "PRODID"}
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "SEQUENCE", "LAST-MODIFIED", "TRANSP"}


@dataclass(frozen=True, slots=True)
class Component:
    """BEGIN to END: its properties by name, and what stands inside."""

    kind: str
    values: dict[str, str] = field(default_factory=dict)
    inside: list["Component"] = field(default_factory=list)


def read(file: bytes) -> Component:
    """The calendar in a file; AssertionError where it breaks the grammar."""
    assert file.endswith(b"\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    physical = file[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in physical), "a line has more than 75 octets"
    for line in physical:
        line.decode()  # each by itself: no character is broken in two
    lines = [line.decode() for line in file[:-2].replace(b"\r\n ", b"").split(b"\r\n")]
    calendar, rest = _component(lines)
    assert rest == []
    assert calendar.kind == "VCALENDAR"
    assert calendar.values["VERSION"] == "2.0"
    assert calendar.values["PRODID"]
    for event in calendar.inside:
        _must_be_an_event(event)
    return calendar


def day_of(text: str) -> date:
    """A DATE value."""
    assert re.fullmatch(r"\d{8}", text)
    return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a date has no zone


def _component(lines: list[str]) -> tuple[Component, list[str]]:
    kind = lines[0].removeprefix("BEGIN:")
    assert lines[0] != kind, f"{lines[0]} is no BEGIN"
    found, rest = Component(kind), lines[1:]
    while rest[0] != f"END:{kind}":
        if rest[0].startswith("BEGIN:"):
            inner, rest = _component(rest)
            found.inside.append(inner)
            continue
        line = CONTENT_LINE.fullmatch(rest[0])
        assert line, f"no content line: {rest[0]!r}"
        name, value = line["name"], line["value"]
        assert name not in found.values, f"{name} stands twice"
        if name in TEXTS:
            assert TEXT.fullmatch(value), f"{name} is not escaped: {value!r}"
            value = re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], value)
        found.values[name] = value
        rest = rest[1:]
    return found, rest[1:]


def _must_be_an_event(event: Component) -> None:
    assert event.kind == "VEVENT"
    assert event.values.keys() >= ONCE
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        assert re.fullmatch(r"\d{8}T\d{6}Z", event.values[name]), name
    assert event.values["SEQUENCE"].isdigit()
    assert event.values["STATUS"] in ("CONFIRMED", "CANCELLED", "TENTATIVE")
    assert event.values["TRANSP"] in ("OPAQUE", "TRANSPARENT")
    assert day_of(event.values["DTEND"]) - day_of(event.values["DTSTART"]) >= timedelta(days=1)
