"""The projector's figures against the brute-force reference, row by row, on random histories."""

import json
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shared.contracts.registry import payload
from shared.messaging.cloudevents import decode
from tests.reference.comparison import CUTS, DIMENSIONS, Question, ask, disagreements, product, report, smallest
from tests.reference.histories import delivered, history, telling_days
from tests.reference.landmarks import landmarks as comparable
from tests.reference.truth import once, persons


def agree(events: list[dict[str, Any]], question: Question) -> None:
    """Fail with the smallest history that shows a disagreement."""
    if disagreements(events, question):
        pytest.fail(report(events, question), pytrace=False)


@pytest.mark.parametrize("seed", range(60))
def test_figures_agree_on_random_histories(seed: int) -> None:
    random = Random(seed)
    events = delivered(random, history(random, citizens=random.randint(1, 10)))
    for _ in range(3):
        agree(events, ask(random, events))


@pytest.mark.parametrize("by", CUTS[: len(DIMENSIONS) + 1], ids="-".join)
def test_figures_agree_on_every_telling_day_of_one_history(by: tuple[str, ...]) -> None:
    random = Random(2026)
    events = history(random, citizens=8)
    for window in (30, 182):
        for day in telling_days(events, window)[::23]:
            agree(events, Question(day, window, by))


@pytest.mark.parametrize("seed", range(30))
def test_figures_agree_on_the_days_on_which_exits_and_standings_settle(seed: int) -> None:
    random = Random(seed)
    events = delivered(random, history(random, citizens=6))
    told = {name: _days(events, name) for name in ("citizen-left", "participation-ended")}
    days = {on + timedelta(days=shift) for on in told["citizen-left"] for shift in (-1, 0, 28, 29, 30, 31)}
    days |= {on + timedelta(days=shift) for on in told["participation-ended"] for shift in (29, 31, 32, 93, 184, 366)}
    for day in random.sample(sorted(days), min(8, len(days))):
        agree(events, Question(day, 30, random.choice([(), ("cohort",)])))


@pytest.mark.parametrize("seed", range(30))
def test_figures_agree_on_the_days_on_which_landmarks_come_and_are_mature(seed: int) -> None:
    random = Random(seed)
    events = delivered(random, history(random, citizens=9))
    landmarks = [case["L"] for person in persons(once(events)) for case in comparable(person)]
    days = [on + timedelta(days=shift) for on in landmarks for shift in (-1, 0, 30, 182, 183, 364)]
    for day in random.sample(sorted(set(days)), min(6, len(days))):
        by = random.choice([(), ("target_group",), ("municipality", "education_level")])
        agree(events, Question(day, 182, by))


def _days(events: list[dict[str, Any]], name: str) -> list[date]:
    return [date.fromisoformat(event["data"]["on"]) for event in events if f".{name}." in event["type"]]


# Shrinking is our own: it leaves out whole events, which reads better than smaller random numbers.
@settings(max_examples=40, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.integers(1, 3))
def test_figures_agree_on_drawn_histories(random: Random, citizens: int) -> None:
    events = delivered(random, history(random, citizens=citizens))
    agree(events, ask(random, events))


@pytest.mark.parametrize("seed", range(12))
def test_delivery_twice_and_in_any_order_changes_no_figure(seed: int) -> None:
    random = Random(seed)
    events = history(random, citizens=5)
    question = ask(random, events)
    rows = [json.dumps(row, sort_keys=True) for row in product(events, question)]
    assert rows == [json.dumps(row, sort_keys=True) for row in product(delivered(random, events), question)]


def test_random_histories_are_valid_events_with_sequences_without_gap() -> None:
    events = history(Random(5), citizens=25)
    versions: dict[tuple[str, str], int] = {}
    for event in events:
        envelope = decode(json.dumps(event))
        assert payload(envelope).subject == envelope.subject
        entity = (envelope.subject, envelope.service)
        versions[entity] = versions.get(entity, 0) + 1
        assert envelope.sequence == versions[entity]


def test_the_smallest_history_keeps_what_the_disagreement_needs() -> None:
    events = history(Random(1), citizens=3)
    needed = {events[4]["id"], events[-1]["id"]}
    found = smallest(events, lambda part: needed <= {event["id"] for event in part})
    assert needed <= {event["id"] for event in found}
    assert all(event["id"] in needed or ".course-" in event["type"] or ".cohort-" in event["type"] for event in found)
