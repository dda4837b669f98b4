"""The made-up jobcenter: the same for a seed, valid, in order, about sixty events a citizen, and true to its truth."""

import json
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import islice
from math import exp, sqrt
from typing import Any

import pytest

from deploy.synthetic import events, lines
from deploy.synthetic.efforts import EFFORTS, JOBS_BY_MONTH, Effort, job_hazard
from deploy.synthetic.units import UNITS, unit_of
from shared.contracts.registry import EVENTS, payload

CITIZENS = 120


@pytest.fixture(scope="module")
def envelopes() -> list[Any]:
    return list(events(7, CITIZENS))


def test_same_seed_gives_the_same_bytes() -> None:
    assert list(lines(7, 40)) == list(lines(7, 40))
    assert list(islice(lines(7, 40), 500)) != list(islice(lines(8, 40), 500))


def test_every_event_is_valid_against_the_contracts(envelopes: list[Any]) -> None:
    for envelope in envelopes:
        assert payload(envelope).subject == envelope.subject


def test_events_come_in_the_order_recorded_and_never_before_they_happened(envelopes: list[Any]) -> None:
    recorded = [envelope.recordedtime for envelope in envelopes]
    assert recorded == sorted(recorded)
    assert all(envelope.time <= envelope.recordedtime for envelope in envelopes)
    late = sum(envelope.time < envelope.recordedtime - timedelta(hours=12) for envelope in envelopes)
    assert late > CITIZENS / 2


def test_sequences_are_without_gap_for_every_entity_and_service(envelopes: list[Any]) -> None:
    versions: Counter[tuple[str, str]] = Counter()
    for envelope in envelopes:
        entity = (envelope.subject, envelope.service)
        versions[entity] += 1
        assert envelope.sequence == versions[entity]


def test_ids_are_all_different(envelopes: list[Any]) -> None:
    assert len({envelope.id for envelope in envelopes}) == len(envelopes)


def test_there_are_about_sixty_events_a_citizen() -> None:
    assert 55 <= sum(1 for _ in lines(3, 1500)) / 1500 <= 65


def test_units_follow_from_the_id_and_few_have_none(envelopes: list[Any]) -> None:
    registered = [one.data for one in envelopes if one.name == "citizen-registered"]
    assert all(one.get("unit") == unit_of(one["citizen_id"]) for one in registered if one["citizen_id"])
    units = Counter(one.get("unit") for one in registered)
    assert set(units) == {*UNITS, None}
    assert units[None] < len(registered) / 6


def test_most_kinds_of_events_occur_with_their_rare_ones() -> None:
    names = {line.split(b'"type":"', 1)[1].split(b".", 4)[3].decode() for line in lines(1, 1200)}
    assert {"placement-corrected", "placement-voided", "certificate-revoked", "citizens-merged"} <= names
    assert len(names) > 0.6 * len(EVENTS)


def test_rosters_name_exactly_those_who_start(envelopes: list[Any]) -> None:
    frozen, started = defaultdict(set), defaultdict(set)
    for envelope in envelopes:
        if envelope.name == "roster-frozen":
            frozen[envelope.data["cohort_id"]] |= set(envelope.data["enrolment_ids"])
        if envelope.name == "participation-started":
            started[envelope.data["cohort_id"]].add(envelope.data["enrolment_id"])
    assert {cohort: ids for cohort, ids in frozen.items() if ids} == started


FOLLOWED = 30  # days after a course: too short for the next one to start, which would change the hazard


@pytest.fixture(scope="module")
def first_courses() -> list[tuple[str, tuple[str, str], date, bool]]:
    """First completed course of each citizen: title, (target group, education), last day, a job in the days after."""
    citizens, titles, completed, jobs = {}, {}, {}, {}
    wanted = (b".citizen-registered.", b".course-offered.", b".participation-ended.", b".placement-started.")
    for line in lines(11, 5000):
        if not any(name in line[:200] for name in wanted):
            continue
        event = json.loads(line)
        name, data = event["type"].split(".")[3], event["data"]
        if name == "citizen-registered":
            citizens[data["citizen_id"]] = (data["target_group"], data["education_level"])
        elif name == "course-offered":
            titles[data["course_id"]] = data["title"]
        elif name == "participation-ended" and data["reason"] == "completed":
            on, course = date.fromisoformat(data["on"]), titles[data["course_id"]]
            completed[data["citizen_id"]] = min((on, course), completed.get(data["citizen_id"], (date.max, "")))
        elif name == "placement-started" and data["kind"] == "ordinary":
            jobs[data["citizen_id"]] = date.fromisoformat(data["on"])
    return [
        (course, citizens[c], on, on < jobs.get(c, date.min) <= on + timedelta(days=FOLLOWED))
        for c, (on, course) in completed.items()
    ]


def deviation(first_courses: list[tuple[str, tuple[str, str], date, bool]], title: str, ratio: float) -> float:
    """Standard errors between the jobs found after a course and those that a hazard ratio lets expect."""
    found, expected, variance = 0, 0.0, 0.0
    for course, citizen, end, job in first_courses:
        if course == title:
            season = sum(JOBS_BY_MONTH[(end + timedelta(days=n)).month - 1] for n in range(1, FOLLOWED + 1))
            share = 1 - exp(-job_hazard(*citizen) * ratio * season)
            found, expected, variance = found + job, expected + share, variance + share * (1 - share)
    return (found - expected) / sqrt(variance)


@pytest.mark.parametrize("effort", EFFORTS, ids=lambda effort: effort.title)
def test_jobs_after_a_course_follow_its_true_effect(first_courses: Any, effort: Effort) -> None:
    assert abs(deviation(first_courses, effort.title, effort.after)) < 3


def test_a_strong_effect_is_told_from_none(first_courses: Any) -> None:
    assert deviation(first_courses, "Tavlemøde og arbejdsseddel på tablet", 1.0) > 4
