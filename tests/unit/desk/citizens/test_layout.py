"""How a citizen is laid out: weeks, areas, cohorts to choose from, and what the next step is found from."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.desk.citizens import layout
from services.desk.citizens.asked import Asked
from services.desk.citizens.bulk_report import enrolled, invited, refused, summary
from services.desk.citizens.next_step import next_step
from services.desk.citizens.person import Person
from services.desk.citizens.timeline import Names
from services.desk.citizens.told import Told, days
from shared.danish import day
from shared.problems import Problem, Refused

TODAY = date(2026, 11, 22)
AZURE, HOLD, LATE = "k1", "c1", "c2"
COHORT = {
    "cohort_id": HOLD,
    "course_id": AZURE,
    "course": "Azure",
    "starts": TODAY,
    "free": 2,
    "cancelled_on": None,
    "frozen_on": None,
}
ENROLMENT = {
    "enrolment_id": "e1",
    "cohort_id": HOLD,
    "course_id": AZURE,
    "course": "Azure",
    "starts": TODAY + timedelta(3),
    "status": "enrolled",
    "position": None,
    "expires": None,
    "started": None,
    "ended": None,
    "reason": None,
}
INVITED = {
    "cohort_id": HOLD,
    "course_id": AZURE,
    "course": "Azure",
    "starts": TODAY,
    "cancelled": False,
    "frozen": False,
    "identified": False,
    "invited": True,
    "answer": None,
}


def person(**told: Any) -> Person:
    """A citizen of whom nothing else is known."""
    lists = (
        "sessions",
        "gaps",
        "profiles",
        "participations",
        "invitations",
        "certificates",
        "cohorts",
        "courses",
        "units",
    )
    empty: dict[str, Any] = {name: [] for name in (*lists, "companies")}
    empty |= {"result": {"areas": []}, "placements": {"placements": []}}
    citizen = {"left_on": None, "barriers": []} | told.pop("citizen", {})
    referrals = told.pop("referrals", [])
    return Person(citizen, referrals, **{name: Told(value) for name, value in (empty | told).items()})


def test_weeks_are_whole_and_never_negative() -> None:
    assert [layout.weeks(TODAY - timedelta(days), TODAY) for days in (-3, 0, 6, 7, 70)] == [0, 0, 0, 1, 10]


def test_a_cohort_that_started_is_cancelled_or_frozen_takes_nobody() -> None:
    cohorts = [
        COHORT,
        COHORT | {"starts": TODAY - timedelta(1)},
        COHORT | {"cancelled_on": TODAY},
        COHORT | {"frozen_on": TODAY},
        COHORT | {"cohort_id": LATE, "starts": TODAY + timedelta(9), "free": 0},
    ]
    open_seats = layout.seats(cohorts, TODAY)
    assert [one.cohort_id for one in open_seats] == [HOLD, LATE]
    assert [words.rpartition(" – ")[2] for _, words in layout.cohort_choices(open_seats)] == [
        "2 ledige pladser",
        "venteliste",
    ]
    assert layout.room(1) == "1 ledig plads"


def test_an_area_says_what_was_measured_what_is_inferred_and_what_nobody_knows() -> None:
    row = {"level": 3, "level_low": 2, "level_high": 4, "finished_at": days("2026-03-01T23:30:00Z")}
    result = {"areas": [row | {"area": 2, "items": 5}, row | {"area": 3, "items": 0, "level_low": 3, "level_high": 3}]}
    first, second, third, *_ = layout.areas(result)
    assert (first.level, first.measured, first.on) == ("Ikke testet", None, None)
    assert (second.level, second.interval, second.measured) == ("Niveau 3 (øvet)", "sandsynligvis niveau 2 til 4", True)
    assert second.on == date(2026, 3, 2)
    assert (third.interval, third.measured) == ("sandsynligvis niveau 3", False)


def test_an_invitation_counts_until_it_is_answered_enrolled_upon_or_too_late() -> None:
    def step(**told: Any) -> str:
        return next_step(layout.situation(person(**told), TODAY)).code

    assert step(invitations=[INVITED]) == "answer"
    assert step(invitations=[INVITED | {"starts": TODAY - timedelta(1)}]) == "test"
    assert step(invitations=[INVITED | {"cancelled": True}]) == "test"
    assert step(invitations=[INVITED | {"invited": False, "identified": True}]) == "test"
    assert step(invitations=[INVITED | {"answer": "accepted"}], cohorts=[COHORT]) == "enrol"
    assert step(invitations=[INVITED | {"answer": "accepted"}], participations=[ENROLMENT]) == "enrolled"


def test_a_seat_on_a_cohort_that_began_without_her_leads_nowhere() -> None:
    late = ENROLMENT | {"starts": TODAY - timedelta(1), "status": "waitlisted", "position": 4}
    assert next_step(layout.situation(person(participations=[late]), TODAY)).code == "test"


def test_an_invitation_that_led_to_an_enrolment_is_not_listed_twice() -> None:
    known = person(invitations=[INVITED, INVITED | {"cohort_id": LATE}], participations=[ENROLMENT])
    assert [row["cohort_id"] for row in layout.invitations(known)] == [LATE]


def test_what_she_chose_instead_of_the_test_is_known_from_the_newest_test_only() -> None:
    routed = {"status": "routed", "instead": "language"}
    now = layout.situation(person(sessions=[routed]), TODAY)
    assert now.first == "language"
    assert (
        layout.situation(person(sessions=[routed | {"status": "finished", "instead": None}, routed]), TODAY).first
        is None
    )


def test_a_referral_that_was_replaced_is_awaited_no_more() -> None:
    row = {"offer": "course", "due": TODAY, "answer": None, "replaced_by": None}
    rows = [row, row | {"replaced_by": "r2"}, row | {"answer": "refused"}]
    assert len(layout.awaited(rows)) == 1


def test_only_open_referrals_to_courses_may_be_replaced() -> None:
    row = {"referral_id": "r1", "offer": "course", "course_id": None, "due": TODAY, "answer": None, "replaced_by": None}
    rows = [row, row | {"referral_id": "r2", "answer": "refused"}, row | {"referral_id": "r3", "offer": "test"}]
    assert layout.replaceable(rows, Names()) == [("r1", f"Kursus, frist {day(TODAY)}")]


def test_the_report_counts_and_says_why() -> None:
    one = UUID(int=1)
    lines = [
        enrolled(one, None),
        enrolled(one, 2),
        refused(one, Refused("already-enrolled", "…")),
        refused(one, Problem("never-heard-of", "…")),
        invited(one, anew=True),
        invited(one, anew=False),
    ]
    assert [line.done for line in lines] == [True, True, False, False, True, True]
    assert lines[1].said == "Holdet er fuldt: nummer 2 på ventelisten."
    assert lines[2].said.startswith("Borgeren har allerede plads")
    assert lines[3].said == "Det kunne ikke lade sig gøre lige nu. Prøv igen om et øjeblik."
    assert summary(lines) == [
        "1 fik plads",
        "1 kom på venteliste",
        "2 ikke udført",
        "1 inviteret",
        "1 inviteret i forvejen",
    ]


def test_the_list_is_asked_for_by_its_address_and_goes_on_in_it() -> None:
    asked = Asked.of({"maalgruppe": "2", "vis": "", "sortering": "due", "cpr": "010179-0000"})
    assert asked.questions == {"target_group": "2", "sort": "due", "limit": 50}
    assert asked.filtered
    assert asked.address(efter="2026-01-01_x") == "/borgere?maalgruppe=2&sortering=due&efter=2026-01-01_x"
    assert Asked.of({"sortering": "newest"}).filtered is False
    assert Asked.of({}).address() == "/borgere"


def test_days_and_moments_are_read_as_such_and_texts_stay_texts() -> None:
    told = days({"on": "2026-01-02", "at": ["2026-01-02T10:00:00Z", "2026", None, 7], "reason": "siden 2026-01-02"})
    assert told["on"] == date(2026, 1, 2)
    assert told["at"][0].tzinfo is not None
    assert told["at"][1:] == ["2026", None, 7]
    assert told["reason"] == "siden 2026-01-02"


def test_what_only_looks_like_a_day_stays_as_it_was_typed() -> None:
    told = {"due": "2026-02-28", "reason": "2026-02-30", "at": "2026-02-28T25:00:00Z", "more": ["2026-13-01"]}
    assert days(told) == told | {"due": date(2026, 2, 28)}
