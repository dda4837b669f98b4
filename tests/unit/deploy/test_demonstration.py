"""The made-up year of `make up`: valid, as of any day, and with something to do for everybody."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from deploy.demonstration import year
from shared.contracts.envelope import Envelope
from shared.contracts.registry import payload

MOMENTS = [
    datetime(2026, 11, 22, 8, 31, 48, 455793, tzinfo=UTC),
    datetime(2027, 7, 20, 13, tzinfo=UTC),  # nothing starts in July
    datetime(2027, 8, 5, 22, 30, tzinfo=UTC),  # it is another day in Denmark already
    datetime(2028, 2, 29, 1, tzinfo=UTC),
    datetime(2026, 12, 19, 9, tzinfo=UTC),  # courses that started nine days ago would leave no cohort open
    datetime(2027, 10, 25, 9, tzinfo=UTC),  # nor would those of three days ago
]
made = cache(year)


@pytest.fixture(scope="module", params=MOMENTS, ids=lambda at: str(at.date()))
def now(request: pytest.FixtureRequest) -> Iterator[datetime]:
    yield request.param
    made.cache_clear()


def named(told: list[Envelope], *names: str) -> list[Envelope]:
    return [envelope for envelope in told if envelope.name in names]


def test_a_year_is_the_same_whenever_it_is_made() -> None:
    assert year(MOMENTS[0]) == year(MOMENTS[0])


def test_every_event_is_valid_and_its_entitys_next_and_none_is_of_the_future(now: datetime) -> None:
    told = made(now)
    versions: Counter[tuple[str, str]] = Counter()
    for envelope in told:
        assert payload(envelope).subject == envelope.subject
        versions[envelope.service, envelope.subject] += 1
        assert envelope.sequence == versions[envelope.service, envelope.subject]
        assert envelope.time <= envelope.recordedtime <= now
    assert len({envelope.id for envelope in told}) == len(told)
    recorded = [envelope.recordedtime for envelope in told]
    assert recorded == sorted(recorded)


def test_it_is_a_few_hundred_citizens_whose_first_came_about_a_year_ago(now: datetime) -> None:
    registered = named(made(now), "citizen-registered")
    assert 300 < len({envelope.data["citizen_id"] for envelope in registered}) < 500
    assert timedelta(days=345) < now - registered[0].time < timedelta(days=445)


def test_some_courses_run_and_some_cohorts_stand_open_with_seats_left(now: datetime) -> None:
    told, today = made(now), now.date()
    cohorts = {e.data["cohort_id"]: e.data for e in named(told, "cohort-opened")}
    started = Counter(e.data["cohort_id"] for e in named(told, "participation-started"))
    enrolled = Counter(e.data["cohort_id"] for e in named(told, "citizen-enrolled"))
    running = [
        c for c, at in cohorts.items() if date.fromisoformat(at["starts"]) <= today <= date.fromisoformat(at["ends"])
    ]
    ahead = [c for c, at in cohorts.items() if date.fromisoformat(at["starts"]) > today]
    assert sum(started[cohort] > 0 for cohort in running) >= 2
    assert ahead
    assert all(enrolled[cohort] < cohorts[cohort]["capacity"] for cohort in ahead)


def test_referrals_wait_but_none_for_ever(now: datetime) -> None:
    told = made(now)
    answered = {e.data["referral_id"] for e in named(told, "referral-answered")}
    waiting = [e for e in named(told, "referral-made") if e.data["referral_id"] not in answered]
    assert 10 <= len(waiting) <= 60
    assert all(now - e.time <= timedelta(days=21) for e in waiting)


def test_companies_wait_for_an_answer_some_of_them_near_their_24_hours(now: datetime) -> None:
    told = made(now)
    answered = {e.data["contact_id"] for e in named(told, "company-answered")}
    waited = sorted(
        (now - e.time).total_seconds() / 3600
        for e in named(told, "company-asked")
        if e.data["contact_id"] not in answered
    )
    assert waited == pytest.approx([2 / 3, 5, 19, 22.5, 23.5, 27])


def test_a_pilot_awaits_its_decision_and_each_of_its_twelve_has_had_the_time_that_counts(now: datetime) -> None:
    told = made(now)
    (pilot,) = named(told, "pilot-opened")
    assert not named(told, "pilot-decided")
    own = [e for e in told if e.data.get("course_id") == pilot.data["course_id"]]
    ended = {e.data["citizen_id"]: date.fromisoformat(e.data["on"]) for e in named(own, "participation-ended")}
    assert len(ended) == pilot.data["first_size"] == 12
    assert all(now.date() - last > timedelta(days=pilot.data["window_days"]) for last in ended.values())
    jobs = {
        e.data["citizen_id"]: date.fromisoformat(e.data["on"])
        for e in named(told, "placement-started")
        if e.data["kind"] == "ordinary" and e.data["citizen_id"] in ended
    }
    in_time = [c for c, on in jobs.items() if ended[c] < on <= ended[c] + timedelta(days=91)]
    assert len(in_time) == len(jobs) >= 4


def test_whoever_takes_part_in_the_pilot_is_in_no_other_course_meanwhile(now: datetime) -> None:
    told = made(now)
    (pilot,) = named(told, "pilot-opened")
    ends = {(e.data["enrolment_id"]): date.fromisoformat(e.data["on"]) for e in named(told, "participation-ended")}
    parts = named(told, "participation-started")
    days = {
        e.data["enrolment_id"]: (date.fromisoformat(e.data["on"]), ends.get(e.data["enrolment_id"], now.date()))
        for e in parts
    }
    of_pilot = {
        e.data["citizen_id"]: days[e.data["enrolment_id"]]
        for e in parts
        if e.data["course_id"] == pilot.data["course_id"]
    }
    others = [e for e in parts if e.data["course_id"] != pilot.data["course_id"] and e.data["citizen_id"] in of_pilot]
    assert others, "some were in another course at another time"
    for envelope in others:
        first, last = days[envelope.data["enrolment_id"]]
        start, end = of_pilot[envelope.data["citizen_id"]]
        assert last < start or first > end


def test_the_four_targets_of_this_year_are_set(now: datetime) -> None:
    found = {told.data["indicator"]: told.data["period"] for told in named(made(now), "target-set")}
    wanted = ("agreements", "mikrosprint_job", "it_course_job", "upskilled_praktik")
    assert found == dict.fromkeys(wanted, str(now.year))
