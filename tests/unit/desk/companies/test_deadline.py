"""The clock of 24 hours in words, at its edges."""

from datetime import UTC, datetime, timedelta

import pytest

from services.desk.companies.deadline import Deadline, left, length

DUE = datetime(2026, 3, 10, 12, tzinfo=UTC)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(seconds=59), "under 1 minut"),
        (timedelta(minutes=1), "1 minut"),
        (timedelta(minutes=59, seconds=59), "59 minutter"),
        (timedelta(hours=1), "1 time"),
        (timedelta(hours=1, minutes=1), "1 time og 1 minut"),
        (timedelta(hours=24), "24 timer"),
        (timedelta(hours=47, minutes=59), "47 timer og 59 minutter"),
        (timedelta(days=2), "2 dage"),
        (timedelta(days=2, minutes=59), "2 dage"),
        (timedelta(days=3, hours=1, minutes=5), "3 dage og 1 time"),
    ],
)
def test_a_length_of_time_is_said_in_its_two_largest_units(time: timedelta, said: str) -> None:
    assert plain(length(time)) == said


@pytest.mark.parametrize(
    ("until", "said", "state", "mark"),
    [
        (timedelta(hours=23, minutes=30), "23 timer og 30 minutter tilbage", "open", ""),
        (timedelta(hours=4, seconds=1), "4 timer tilbage", "open", ""),
        (timedelta(hours=4), "4 timer tilbage", "soon", "Haster"),
        (timedelta(0), "under 1 minut tilbage", "soon", "Haster"),
        (timedelta(seconds=-1), "Fristen er overskredet med under 1 minut", "overdue", "For sent"),
        (timedelta(hours=-6), "Fristen er overskredet med 6 timer", "overdue", "For sent"),
    ],
)
def test_what_is_left_has_its_words_and_its_state(until: timedelta, said: str, state: str, mark: str) -> None:
    deadline = Deadline.of(DUE, DUE - until)
    assert (plain(deadline.left), deadline.state, deadline.mark) == (said, state, mark)
    assert deadline.left == left(DUE, DUE - until)
