"""What a manager may decide about a pilot, and what she is told of a stop."""

from datetime import date
from typing import Any

import pytest

from services.desk.efforts.decision import decidable, may_become_pilot
from services.desk.efforts.percentage import share_of
from shared.problems import Invalid

TODAY = date(2026, 11, 22)


def pilot(**more: Any) -> dict[str, Any]:
    """A pilot as courses tells it."""
    return {"pilot_id": "p", "version": 2, "state": "testing", "size": 24, "taken": 20, "planned_size": 1200} | more


def cohort(starts: str, **more: Any) -> dict[str, Any]:
    """A cohort of the course."""
    counts = {"enrolled": 7, "offered": 1, "waitlisted": 0, "started": 0}
    return {"starts": starts, "cancelled_on": None, "frozen_on": None} | counts | more


def course(*cohorts: dict[str, Any], closed_on: str | None = None) -> dict[str, Any]:
    """The course."""
    return {"cohorts": list(cohorts), "closed_on": closed_on}


def test_a_pilot_that_is_tried_out_may_be_widened_and_one_that_is_widened_not_again() -> None:
    tried = decidable(pilot(), course(), TODAY)
    assert list(tried.choices) == ["continue", "widen", "stop"]
    assert tried.choices["widen"] == "Udvid: op til 1.200 pladser i alt"
    assert tried.seats == "20 af 24 pladser er brugt."
    assert list(decidable(pilot(state="widened", size=1200), course(), TODAY).choices) == ["continue", "stop"]
    proven = decidable(pilot(state="proven", size=None), course(), TODAY)
    assert proven.seats == "20 pladser er brugt. Der er ingen grænse mere."


def test_a_stopped_pilot_is_over() -> None:
    stopped = decidable(pilot(state="stopped", size=None), course(), TODAY)
    assert (stopped.choices, stopped.state, stopped.seats) == ({}, "Stoppet", "20 pladser blev brugt.")


def test_a_stop_names_the_cohorts_that_have_not_begun() -> None:
    cohorts = [
        cohort("2026-11-22"),
        cohort("2026-12-01", waitlisted=3),
        cohort("2026-12-02", cancelled_on="2026-11-01"),
        cohort("2026-12-03", frozen_on="2026-11-20"),
    ]
    (ahead,) = decidable(pilot(), course(*cohorts), TODAY).ahead
    assert ahead.starts.replace("\N{NO-BREAK SPACE}", " ") == "1. december 2026"
    assert ahead.people == "8 borgere med plads og 3 på venteliste"


def test_a_course_becomes_a_pilot_before_anyone_starts_and_once() -> None:
    ahead = course(cohort("2026-12-01"))
    assert may_become_pilot(ahead, [], TODAY)
    assert may_become_pilot(course(), [], TODAY)
    assert not may_become_pilot(ahead, [pilot()], TODAY)
    assert not may_become_pilot(course(closed_on="2026-01-01"), [], TODAY)
    assert not may_become_pilot(course(cohort("2026-11-22")), [], TODAY)
    assert not may_become_pilot(course(cohort("2026-12-01", started=1)), [], TODAY)


@pytest.mark.parametrize(("text", "share"), [("45", 0.45), ("45 %", 0.45), ("12,5", 0.125), ("0.5", 0.005)])
def test_a_percentage_is_read_as_people_write_it(text: str, share: float) -> None:
    assert share_of("benchmark", text) == share


@pytest.mark.parametrize("text", ["", "halvdelen", "0", "100", "-5", "nan", "inf"])
def test_what_is_no_percentage_is_refused_at_its_field(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        share_of("benchmark", text)
    assert refused.value.members["errors"] == [{"field": "benchmark"}]
