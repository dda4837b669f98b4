"""Pilots: registered before anyone starts, tried on a few first, widened, stopped."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from services.courses.commands import DecidePilot, OpenPilot
from services.courses.rules import cohort as cohorts
from services.courses.rules import enrolment, invitation
from services.courses.rules import pilot as rule
from services.courses.rules.course import Course
from services.courses.rules.invitation import Invitation
from services.courses.rules.pilot import CohortSeats, Pilot
from services.courses.rules.seat import Seats, expire
from shared.contracts.courses import CohortOpened, PilotDecided
from shared.problems import Refused
from tests.unit.courses.given import (
    BEFORE,
    STARTS,
    citizen,
    course,
    decided,
    enrolled,
    offered,
    other,
    pilot,
    piloted,
    plan,
    seats,
    waitlisted,
    withdrawn,
)
from tests.unit.courses.given import enrolment as enrolment_id

MIKROSPRINT = Course(course(kind="mikrosprint", it_specific=False))
REGISTERED = date(2026, 9, 1)
WIDEN, CONTINUE, STOP = decided("widen"), decided("continue"), decided("stop")
PROVEN = decided("continue", verdict="continue")


def enrol(given: Seats, number: int) -> list[object]:
    return list(enrolment.enrol(given, citizen(number), enrolment_id(number), BEFORE))


def cohort_of(capacity: int) -> CohortOpened:
    return CohortOpened.model_validate(CohortOpened.example().data() | {"capacity": capacity})


def test_a_pilot_is_registered_before_anyone_starts() -> None:
    registered = plan()
    waiting_for_their_start = [other(capacity=5, taken=3, starts=REGISTERED + timedelta(days=1)), other()]
    assert rule.open_pilot(MIKROSPRINT, registered, None, waiting_for_their_start) == registered


@pytest.mark.parametrize(
    "begun",
    [
        other(taken=1, frozen=True),
        other(taken=1, frozen=True, cancelled=True),
        other(taken=1, starts=REGISTERED),  # it starts today: its roster may be told later
    ],
)
def test_a_pilot_is_too_late_once_somebody_has_started(begun: CohortSeats) -> None:
    with pytest.raises(Refused, match="pilot-too-late"):
        rule.open_pilot(MIKROSPRINT, plan(), None, [other(), begun])


@pytest.mark.parametrize("idle", [other(starts=REGISTERED), other(frozen=True), other(cancelled=True)])
def test_a_cohort_on_which_nobody_started_stands_in_no_pilots_way(idle: CohortSeats) -> None:
    assert rule.open_pilot(MIKROSPRINT, plan(), None, [idle]) == plan()


@pytest.mark.parametrize("standing", [pilot(), pilot(WIDEN), pilot(WIDEN, PROVEN), pilot(STOP)])
def test_a_course_is_tried_out_once(standing: Pilot) -> None:
    with pytest.raises(Refused, match="pilot-exists") as refused:
        rule.open_pilot(MIKROSPRINT, plan(), standing, [])
    assert refused.value.members == {"pilot_id": str(standing.plan.pilot_id)}


def test_a_closed_course_is_not_tried_out() -> None:
    with pytest.raises(Refused, match="course-closed"):
        rule.open_pilot(Course(course(), closed=True), plan(), None, [])


def test_sizes_must_fit_each_other_and_what_is_taken() -> None:
    assert rule.open_pilot(MIKROSPRINT, plan(4, 4), None, []) == plan(4, 4)
    with pytest.raises(Refused, match="first-size-above-planned"):
        rule.open_pilot(MIKROSPRINT, plan(5, 4), None, [])
    assert rule.open_pilot(MIKROSPRINT, plan(4), None, [other(taken=3), other(taken=1)]) == plan(4)
    with pytest.raises(Refused, match="more-seats-taken") as refused:
        rule.open_pilot(MIKROSPRINT, plan(3), None, [other(taken=3), other(taken=1)])
    assert "at least 4" in refused.value.detail


@pytest.mark.parametrize(
    ("kind", "it_specific", "fits"),
    [
        ("mikrosprint", True, {"mikrosprint_job", "it_course_job", "moved_on"}),
        ("mikrosprint", False, {"mikrosprint_job", "moved_on"}),
        ("course", True, {"it_course_job", "moved_on"}),
        ("course", False, {"moved_on"}),
    ],
)
def test_the_measure_counts_somebody_of_the_course(kind: str, it_specific: bool, fits: set[str]) -> None:
    offer = Course(course(kind=kind, it_specific=it_specific))
    for measure in ("mikrosprint_job", "it_course_job", "moved_on"):
        if measure in fits:
            assert rule.open_pilot(offer, plan(measure=measure), None, []).measure == measure
        else:
            with pytest.raises(Refused, match="measure-does-not-fit"):
                rule.open_pilot(offer, plan(measure=measure), None, [])


@pytest.mark.parametrize(
    ("decisions", "state", "size"),
    [
        ([], "testing", 3),
        ([CONTINUE], "testing", 3),
        ([PROVEN], "testing", 3),  # however good it looks, it is tried on a few before it is widened
        ([WIDEN], "widened", 8),
        ([WIDEN, CONTINUE], "widened", 8),
        ([CONTINUE, WIDEN, PROVEN], "proven", None),
        ([WIDEN, PROVEN, CONTINUE], "proven", None),
        ([STOP], "stopped", None),
        ([WIDEN, PROVEN, STOP], "stopped", None),
    ],
)
def test_what_was_decided_is_where_it_stands(decisions: list[PilotDecided], state: str, size: int | None) -> None:
    assert (pilot(*decisions).state, pilot(*decisions).size) == (state, size)


def test_a_stop_closes_the_course_for_the_same_reason() -> None:
    told, closed = rule.decide(pilot(WIDEN), MIKROSPRINT, STOP)
    assert told == STOP
    assert closed.data() == {
        "municipality": MIKROSPRINT.description.municipality,
        "course_id": str(MIKROSPRINT.description.course_id),
        "reason": STOP.reason,
    }
    assert rule.decide(pilot(), Course(course(), closed=True), STOP) == [STOP]


def test_other_decisions_leave_the_course_open() -> None:
    assert rule.decide(pilot(), MIKROSPRINT, WIDEN) == [WIDEN]
    assert rule.decide(pilot(CONTINUE), MIKROSPRINT, CONTINUE) == [CONTINUE]
    assert rule.decide(pilot(WIDEN), MIKROSPRINT, PROVEN) == [PROVEN]


@pytest.mark.parametrize("widened", [pilot(WIDEN), pilot(WIDEN, PROVEN)])
def test_a_pilot_is_widened_once(widened: Pilot) -> None:
    with pytest.raises(Refused, match="already-widened"):
        rule.decide(widened, MIKROSPRINT, WIDEN)


@pytest.mark.parametrize("told", [WIDEN, CONTINUE, STOP])
def test_a_stop_is_the_last_word(told: PilotDecided) -> None:
    with pytest.raises(Refused, match="pilot-stopped"):
        rule.decide(pilot(STOP), MIKROSPRINT, told)


def test_cohorts_together_hold_no_more_seats_than_the_pilot_may_have() -> None:
    # first size 10: 4 started of 6 seats, 0 of a cancelled cohort, 3 seats of a cohort to come; so 3 are left
    standing = pilot(first=10, planned=20)
    there = [other(6, 4, frozen=True), other(9, 0, cancelled=True), other(3, 1)]
    assert cohorts.open_cohort(MIKROSPRINT, cohort_of(3), standing, there) == cohort_of(3)
    with pytest.raises(Refused, match="pilot-seats-held") as refused:
        cohorts.open_cohort(MIKROSPRINT, cohort_of(4), standing, there)
    assert "hold 7" in refused.value.title
    assert "at most 3" in refused.value.detail
    assert "POST /pilots" in refused.value.detail
    assert refused.value.members["seats_left"] == 3
    widened = pilot(WIDEN, first=10, planned=20)
    assert cohorts.open_cohort(MIKROSPRINT, cohort_of(13), widened, there) == cohort_of(13)
    with pytest.raises(Refused, match="pilot-seats-held"):
        cohorts.open_cohort(MIKROSPRINT, cohort_of(14), widened, there)
    proven = pilot(WIDEN, PROVEN, first=10, planned=20)
    assert cohorts.open_cohort(MIKROSPRINT, cohort_of(500), proven, there) == cohort_of(500)


def test_a_stopped_pilot_has_no_new_cohorts_even_where_its_course_was_left_open() -> None:
    with pytest.raises(Refused, match="pilot-stopped"):
        cohorts.open_cohort(MIKROSPRINT, cohort_of(1), pilot(STOP), [])


def test_the_last_seat_of_the_pilot_is_given_and_none_after_it() -> None:
    # first size 3, one taken elsewhere: this cohort of ten gets two
    given = piloted(pilot(), enrolled(1), capacity=10, elsewhere=1)
    assert (given.taken, given.free) == (1, 1)
    assert enrol(given, 2) == [enrolled(2)]
    full = given.after(enrolled(2))
    with pytest.raises(Refused, match="pilot-full") as refused:
        enrol(full, 3)
    assert "POST /pilots" in refused.value.detail
    assert enrol(full.after(withdrawn(1)), 3) == [enrolled(3)]


def test_widening_gives_the_planned_seats_and_proof_gives_all() -> None:
    # planned size 8, five taken elsewhere: this cohort of ten gets three
    there = [enrolled(1), enrolled(2), enrolled(3)]
    with pytest.raises(Refused, match="pilot-full"):
        enrol(piloted(pilot(WIDEN), *there, capacity=10, elsewhere=5), 4)
    assert enrol(piloted(pilot(WIDEN), *there, capacity=10, elsewhere=4), 4) == [enrolled(4)]
    assert enrol(piloted(pilot(WIDEN, PROVEN), *there, capacity=10, elsewhere=5), 4) == [enrolled(4)]


def test_a_cohort_of_a_pilot_has_a_line_as_any_other() -> None:
    full = piloted(pilot(), enrolled(1), enrolled(2), capacity=2, elsewhere=1)
    assert enrol(full, 3) == [waitlisted(3, 1)]
    until = BEFORE + timedelta(days=3)
    freed = enrolment.withdraw(full.after(waitlisted(3, 1)), enrolment_id(1), None, at=BEFORE, today=BEFORE.date())
    assert freed == [withdrawn(1), offered(3, until)]


def test_nobody_in_line_is_offered_a_seat_that_the_pilot_may_not_fill() -> None:
    # two of three taken elsewhere meanwhile: the cohort has room for two, the pilot for one, and one holds a seat
    given = piloted(pilot(), enrolled(1), enrolled(2), waitlisted(3, 1), capacity=2, elsewhere=1).after(withdrawn(1))
    assert [event.name for event in expire(given, BEFORE)] == ["seat-offered"]
    tight = piloted(pilot(), enrolled(2), waitlisted(3, 1), capacity=2, elsewhere=2)
    assert expire(tight, BEFORE) == []
    with pytest.raises(Refused, match="pilot-full"):
        enrol(tight, 4)


def test_a_course_without_a_pilot_knows_no_limit() -> None:
    assert enrol(seats(enrolled(1), capacity=2), 2) == [enrolled(2)]


def test_after_a_stop_nobody_comes_and_who_is_there_may_leave() -> None:
    until = BEFORE + timedelta(days=3)
    given = piloted(
        pilot(STOP), enrolled(1), enrolled(2), waitlisted(3, 1), waitlisted(4, 2), withdrawn(2), offered(3, until),
        capacity=2,
    )  # fmt: skip
    cohort, invited = given.cohort, Invitation(identified=True, invited=True)
    for act in (
        lambda: enrol(given, 5),
        lambda: enrolment.accept(given, enrolment_id(3), BEFORE),
        lambda: invitation.identify(cohort, {}, [citizen(6)], BEFORE),
        lambda: invitation.invite(cohort, {}, [citizen(6)], BEFORE),
        lambda: invitation.answer(cohort, invited, citizen(6), "accepted", None, enrolled=False, at=BEFORE),
    ):
        with pytest.raises(Refused, match="pilot-stopped"):
            act()
    assert invitation.answer(cohort, invited, citizen(6), "declined", None, enrolled=False, at=BEFORE)
    assert enrolment.withdraw(given, enrolment_id(1), None, at=BEFORE, today=BEFORE.date()) == [withdrawn(1)]
    assert [event.name for event in expire(given, until)] == ["seat-offer-expired"]


def test_a_cohort_is_ahead_until_its_start_day() -> None:
    eve = STARTS - timedelta(days=1)
    assert other().ahead(eve)
    assert not other().ahead(STARTS)
    assert not other(cancelled=True).ahead(eve)
    assert not other(frozen=True).ahead(eve)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("benchmark", 0),
        ("benchmark", 1),
        ("first_size", 0),
        ("window_days", 90),
        ("measure", "reach"),
        ("municipality", "0101"),
    ],
)
def test_a_plan_that_could_never_be_judged_cannot_be_read(field: str, value: object) -> None:
    body = {
        "course_id": str(enrolment_id(1)), "benchmark": 0.45, "planned_size": 8, "first_size": 3, "measure": "moved_on",
    }  # fmt: skip
    assert OpenPilot.model_validate(body).window_days == 182
    with pytest.raises(ValidationError, match=field):
        OpenPilot.model_validate(body | {field: value})


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_decision_needs_a_reason(reason: str) -> None:
    body = {"decision": "stop", "verdict": "stop", "reason": "Far below the benchmark"}
    assert DecidePilot.model_validate(body).reason == "Far below the benchmark"
    with pytest.raises(ValidationError, match="reason"):
        DecidePilot.model_validate(body | {"reason": reason})
