"""Dates, times and lists against what a Danish reader would write."""

from datetime import UTC, date, datetime

from shared import danish


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_day() -> None:
    assert plain(danish.day(date(2021, 9, 6))) == "6. september 2021"


def test_a_moment_is_told_in_danish_time() -> None:
    now = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
    assert plain(danish.moment(datetime(2026, 11, 21, 8, 5, tzinfo=UTC), now)) == "kl. 9.05"
    assert plain(danish.moment(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), now)) == "2. juli 2026 kl. 0.30"


def test_words_are_joined_as_in_a_sentence() -> None:
    assert danish.joined([]) == ""
    assert danish.joined(["a"]) == "a"
    assert danish.joined(["a", "b", "c"]) == "a, b og c"
