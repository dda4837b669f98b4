"""The next step for a citizen: what comes first, and why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.desk.citizens.next_step import Enrolment, Gap, Placement, Seats, Situation, Step, next_step

TODAY = date(2026, 11, 22)
NEW = Situation(TODAY)
TESTED = replace(NEW, tested=True)
AZURE = Seats("c1", "k1", "Azure, start 1. december 2026", date(2026, 12, 1), free=2)
FULL = Seats("c2", "k1", "Azure, start 24. november 2026", date(2026, 11, 24), free=0)
AFTER = Gap("Lagermedarbejder", "after-course", ("k1", "k9"))
DONE = Enrolment("Azure", "enrolled", started=TODAY - timedelta(60), ended=TODAY - timedelta(9), reason="completed")
RUNNING = Enrolment("Azure", "enrolled", started=TODAY - timedelta(9))


def code(now: Situation) -> str:
    return next_step(now).code


@pytest.mark.parametrize("kind", ["reading", "writing", "danish"])
def test_what_stands_in_the_way_of_reading_comes_before_everything_that_needs_it(kind: str) -> None:
    step = next_step(replace(TESTED, barriers=[kind, "device"], gaps=[AFTER], seats=[AZURE]))
    assert (step.code, step.where, step.title) == ("workshop", "tilbud", "Henvis til det digitale værksted")


def test_a_workshop_that_she_is_referred_to_is_followed_up() -> None:
    referred = replace(NEW, barriers=["danish"], awaited=[("workshop", date(2026, 12, 1))])
    assert next_step(referred).code == "wait-workshop"
    assert "1. december 2026" in next_step(referred).why.replace("\N{NO-BREAK SPACE}", " ")


def test_a_device_that_is_missing_is_no_reason_to_wait_with_the_test() -> None:
    assert code(replace(NEW, barriers=["device", "other"])) == "test"


def test_the_reason_names_every_barrier_of_these() -> None:
    assert next_step(replace(NEW, barriers=["danish", "reading"])).why.startswith("Læsning og dansk står i vejen")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (NEW, "test"),
        (replace(NEW, test_open=True), "test-open"),
        (replace(NEW, first="language"), "workshop"),
        (TESTED, "gap"),
        (replace(TESTED, gaps=[Gap("Kok", "ready")]), "match"),
        (replace(TESTED, gaps=[AFTER], seats=[AZURE]), "invite"),
        (replace(TESTED, gaps=[AFTER]), "no-cohort"),
        (replace(TESTED, gaps=[AFTER], seats=[replace(AZURE, course_id="another")]), "no-cohort"),
        (replace(TESTED, gaps=[Gap("Kok", "uncertain")]), "test-more"),
        (replace(TESTED, gaps=[Gap("Kok", "not-yet")]), "another"),
        (replace(TESTED, gaps=[Gap("Kok", "not-yet"), Gap("Bud", "ready")]), "match"),
        (replace(TESTED, gaps=[AFTER], seats=[AZURE], invited=["Azure"]), "answer"),
        (replace(TESTED, seats=[AZURE], said_yes=["c1"]), "enrol"),
        (replace(TESTED, seats=[AZURE], said_yes=["gone"]), "gap"),
        (replace(TESTED, awaited=[("job-app", TODAY)]), "referred"),
        (replace(NEW, awaited=[("job-app", TODAY)]), "test"),
        (replace(NEW, awaited=[("job-app", TODAY - timedelta(1))]), "referred"),
        (replace(TESTED, awaited=[("job-app", TODAY)], gaps=[Gap("Kok", "ready")]), "match"),
        (replace(NEW, enrolments=[RUNNING]), "on-course"),
        (replace(NEW, enrolments=[Enrolment("Azure", "enrolled", starts=TODAY)]), "enrolled"),
        (replace(NEW, enrolments=[Enrolment("Azure", "waitlisted", position=3)]), "waitlisted"),
        (replace(NEW, enrolments=[Enrolment("Azure", "withdrawn")]), "test"),
        (replace(NEW, enrolments=[Enrolment("Azure", None, starts=TODAY - timedelta(9))]), "test"),
        (replace(NEW, enrolments=[Enrolment("Azure", "offered", expires=TODAY)]), "seat"),
        (replace(NEW, enrolments=[DONE]), "match"),
        (replace(TESTED, enrolments=[replace(DONE, reason="dropped_out")]), "gap"),
        (replace(NEW, placements=[Placement("ordinary", "started", TODAY)]), "working"),
        (replace(NEW, placements=[Placement("flexjob", "started", TODAY)]), "working"),
        (replace(NEW, placements=[Placement("praktik", "started", TODAY)]), "follow-up"),
        (replace(NEW, placements=[Placement("praktik", "agreed", TODAY)]), "approve"),
        (replace(NEW, placements=[Placement("praktik", "approved", TODAY)]), "start"),
        (replace(NEW, placements=[Placement("ordinary", "ended", TODAY)]), "test"),
        (replace(NEW, placements=[Placement("ordinary", "voided", None)]), "test"),
        (replace(NEW, left_on=TODAY, barriers=["reading"]), "left"),
    ],
)
def test_what_is_suggested(now: Situation, expected: str) -> None:
    assert code(now) == expected


def test_who_works_is_left_in_peace_whatever_else_is_open() -> None:
    job = Placement("ordinary", "started", TODAY)
    now = replace(NEW, placements=[job], barriers=["reading"], awaited=[("test", TODAY)], enrolments=[RUNNING])
    assert code(now) == "working"


def test_an_offered_seat_is_urgent_and_comes_before_a_barrier() -> None:
    offered = Enrolment("Azure", "offered", expires=date(2026, 11, 25))
    assert code(replace(NEW, barriers=["danish"], enrolments=[offered])) == "seat"


def test_a_free_seat_is_suggested_before_an_earlier_cohort_that_is_full() -> None:
    now = replace(TESTED, gaps=[AFTER], seats=[FULL, AZURE])
    assert next_step(now).cohort == AZURE
    full = next_step(replace(now, seats=[FULL]))
    assert full.cohort == FULL
    assert "venteliste" in full.why


def test_a_referral_that_is_overdue_says_so() -> None:
    late = replace(NEW, awaited=[("job-app", TODAY), ("self-service", TODAY - timedelta(1))])
    assert next_step(late).why.startswith("Borgeren er henvist til selvbetjening")
    assert "Fristen var" in next_step(late).why
    assert "Fristen er" in next_step(replace(TESTED, awaited=[("job-app", TODAY)])).why


def test_a_step_that_gives_no_seat_says_where_on_the_page_it_is_done() -> None:
    places = {"", "tilbud", "test", "job", "kurser", "forloeb"}
    assert isinstance(next_step(NEW), Step)
    assert next_step(NEW).where in places - {""}
