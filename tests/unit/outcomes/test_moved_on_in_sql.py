"""``moved_on`` as one flat query over all events: DuckDB, which shares no code with the product, gives equal counts."""

import json
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from deploy import synthetic
from tests.reference.comparison import Question, product
from tests.reference.flat import Row, as_flat, asked, tables
from tests.reference.histories import history, telling_days


def ours(events: list[dict[str, Any]], as_of: date, window: int) -> list[Row]:
    rows = product(events, Question(as_of, window, ("course",)))
    return as_flat([row for row in rows if row["indicator"] == "moved_on"])


def written(path: Path, events: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
    return path


@pytest.mark.parametrize("seed", range(20))
def test_random_histories_on_telling_days(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    events = history(random, citizens=10)
    with tables(written(tmp_path / "events.jsonl", events)) as connection:
        for day in random.sample(telling_days(events, 30), 4):
            assert asked(connection, day, 30) == ours(events, day, 30)


def test_a_made_up_jobcenter(tmp_path: Path) -> None:
    events = [json.loads(line) for line in synthetic.lines(3, 400)]
    kinds = {event["type"].split(".")[3] for event in events}
    assert {"citizens-merged", "placement-corrected", "placement-voided"} <= kinds, "something to be right about"
    with tables(written(tmp_path / "events.jsonl", events)) as connection:
        for day in (date(2025, 3, 1), date(2026, 6, 30)):
            rows = asked(connection, day)
            assert rows == ours(events, day, 182)
        assert all(sum(row[column] for row in rows) > 0 for column in (3, 4, 5)), "jobs, wage subsidies and praktik"


def test_by_hand(tmp_path: Path) -> None:
    """A takes part under two ids and gets a job on the last day that counts; B's praktik comes a day too late."""
    start, end = date(2026, 3, 2), date(2026, 3, 13)
    last = end + timedelta(days=182)
    told = [
        ("A1", "courses", "participation-started", {"enrolment_id": "EA", "course_id": "K", "on": start}),
        ("A1", "courses", "participation-ended", {"enrolment_id": "EA", "reason": "completed", "on": end}),
        ("A1", "intake", "citizens-merged", {"merged_id": "A2"}),
        ("A2", "outcomes", "placement-started", {"placement_id": "PA", "kind": "praktik", "on": last}),
        ("A2", "outcomes", "placement-corrected", {"placement_id": "PA", "kind": "ordinary"}),
        ("B", "courses", "participation-started", {"enrolment_id": "EB", "course_id": "K", "on": start}),
        ("B", "courses", "participation-ended", {"enrolment_id": "EB", "reason": "completed", "on": end}),
        ("B", "outcomes", "placement-started", {"placement_id": "PB", "kind": "praktik", "on": last + timedelta(1)}),
        ("C", "courses", "participation-started", {"enrolment_id": "EC", "course_id": "K", "on": start}),
        ("C", "courses", "participation-ended", {"enrolment_id": "EC", "reason": "mis_registered", "on": start}),
    ]
    events = [_event(number, *one) for number, one in enumerate(told, start=1)]
    with tables(written(tmp_path / "events.jsonl", events)) as connection:
        assert asked(connection, last - timedelta(1)) == [("K", 0, 0, 0, 0, 0)]
        assert asked(connection, last) == [("K", 1, 0, 0, 0, 0)], "so far, and nobody is mature"
        assert asked(connection, last + timedelta(1)) == [("K", 1, 2, 1, 0, 0)]


def _event(number: int, citizen: str, service: str, name: str, facts: dict[str, Any]) -> dict[str, Any]:
    data = {"citizen_id": citizen, **{key: str(value) for key, value in facts.items()}}
    return {
        "id": f"00000000-0000-7000-8000-{number:012d}",
        "type": f"dk.loeft.{service}.{name}.v1",
        "subject": f"citizen/{citizen}",
        "sequence": str(number),
        "time": f"2026-10-{number:02d}T08:00:00Z",
        "data": data,
    }
