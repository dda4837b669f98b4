"""A fact is what the indicators need of a CloudEvent."""

import json
from typing import Any

import pytest

from services.outcomes.effect.days import moment
from services.outcomes.effect.fact import Fact, fact_from_json

EVENT: dict[str, Any] = {
    "specversion": "1.0",
    "id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
    "source": "/loeft/0370/courses",
    "type": "dk.loeft.courses.participation-started.v1",
    "subject": "citizen/anna",
    "time": "2021-09-06T08:00:00Z",
    "recordedtime": "2021-09-07T10:15:30.25+02:00",
    "sequence": "4",
    "datacontenttype": "application/json",
    "dataclassification": "personal",
    "data": {"municipality": "0370", "citizen_id": "anna", "on": "2021-09-06", "a-field-of-tomorrow": [1]},
}


def test_a_cloud_event_becomes_a_fact() -> None:
    assert fact_from_json(json.dumps(EVENT).encode()) == Fact(
        id="018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
        type="participation-started",
        service="courses",
        subject="citizen/anna",
        sequence=4,
        time=moment("2021-09-06T08:00:00Z"),
        recorded=moment("2021-09-07T08:15:30.250000Z"),
        municipality="0370",
        data=EVENT["data"],
    )


def test_without_a_time_of_recording_it_was_recorded_when_it_happened() -> None:
    fact = fact_from_json(json.dumps({key: given for key, given in EVENT.items() if key != "recordedtime"}))
    assert fact.recorded == fact.time


def test_a_later_version_of_an_event_has_the_same_name() -> None:
    assert fact_from_json(json.dumps({**EVENT, "type": "dk.loeft.courses.participation-started.v2"})).type == (
        "participation-started"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "participation-started"},
        {"type": "com.example.courses.participation-started.v1"},
        {"source": "/elsewhere/0370/courses"},
        {"sequence": "four"},
        {"sequence": 4},
        {"time": "yesterday"},
        {"time": "2021-09-06T08:00:00"},
        {"data": None},
        {"id": None},
    ],
)
def test_what_is_no_event_of_this_system_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not an event of this system"):
        fact_from_json(json.dumps(EVENT | wrong))


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(ValueError, match="not an event of this system"):
        fact_from_json(b"{")
