"""Calendars: what we write is read by a reader of its own, whatever stands in a title."""

from datetime import UTC, date, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.desk.cohorts.calendar import entry_of
from services.desk.cohorts.ics import Entry, calendar, folded
from tests.unit.desk.rfc5545 import day_of, read

CHANGED = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
STARTS, ENDS = date(2026, 12, 1), date(2026, 12, 18)
TOLD = {
    "cohort_id": str(UUID(int=7)),
    "version": 3,
    "changed": "2026-11-22T08:30:00Z",
    "course": "Økonomi, IT; og mere",
    "kind": "mikrosprint",
    "provider": "Ivækst",
    "starts": "2026-12-01",
    "ends": "2026-12-18",
    "site": "Skelbækgade",
    "online": False,
    "cancelled_on": None,
}


def test_a_cohort_is_whole_days_from_the_first_to_the_last() -> None:
    file = calendar("Hold – Københavns Kommune", [entry_of(TOLD, "https://loeft.example")])
    read_again = read(file)
    (event,) = read_again.inside
    assert read_again.values["X-WR-CALNAME"] == "Hold – Københavns Kommune"
    assert (event.values["SUMMARY"], event.values["LOCATION"]) == ("Økonomi, IT; og mere", "Skelbækgade")
    assert (day_of(event.values["DTSTART"]), day_of(event.values["DTEND"])) == (STARTS, date(2026, 12, 19))
    assert (event.values["SEQUENCE"], event.values["DTSTAMP"]) == ("3", "20261122T083000Z")
    assert event.values["UID"] == "00000000-0000-0000-0000-000000000007@loeft"
    assert event.values["URL"] == "https://loeft.example/hold/00000000-0000-0000-0000-000000000007"
    assert event.values["STATUS"] == "CONFIRMED"
    assert b"SUMMARY:\xc3\x98konomi\\, IT\\; og mere\r\n" in file


def test_a_cancelled_cohort_stays_with_its_uid_so_that_calendars_take_it_out() -> None:
    gone = TOLD | {"cancelled_on": "2026-11-22", "version": 4, "online": True, "site": None}
    (event,) = read(calendar("Hold", [entry_of(gone, "")])).inside
    assert (event.values["STATUS"], event.values["SUMMARY"]) == ("CANCELLED", "Aflyst: Økonomi, IT; og mere")
    assert event.values["LOCATION"] == "Online"
    assert event.values["UID"] == "00000000-0000-0000-0000-000000000007@loeft"


def test_an_empty_calendar_is_one_too() -> None:
    assert read(calendar("Hold", [])).inside == []


def test_a_long_line_is_folded_at_75_octets_and_no_character_is_broken() -> None:
    assert folded("A" * 75) == b"A" * 75 + b"\r\n"
    assert folded("A" * 76) == b"A" * 75 + b"\r\n A\r\n"
    assert folded("A" * 74 + "Å") == b"A" * 74 + b"\r\n \xc3\x85\r\n"
    assert folded("A" * 75 + "B" * 75) == b"A" * 75 + b"\r\n " + b"B" * 74 + b"\r\n B\r\n"


@given(st.text(max_size=300), st.text(alphabet='\\;,:\n\r\t"æøå🙂 a', max_size=200))
def test_whatever_is_written_is_read_again(title: str, place: str) -> None:
    entry = Entry("1@loeft", 1, CHANGED, STARTS, STARTS, title, description=place, location=place)
    (event,) = read(calendar(title, [entry])).inside
    assert event.values["SUMMARY"] == _kept(title)
    assert event.values.get("LOCATION", "") == _kept(place)


def _kept(text: str) -> str:
    """Control characters have no place in a calendar; a line break is one whatever system it comes from."""
    return "".join(sign for sign in text.replace("\r\n", "\n") if sign == "\n" or (sign >= " " and sign != "\x7f"))
