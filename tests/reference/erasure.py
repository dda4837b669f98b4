"""Erasures in a stream, the plainest way: who is erased counts as her history stood, and nothing after that is heard.

Readings where the definitions leave a choice:

- "Stood" is by the order of the stream: what came before the erasure counts, what comes after it does not.
- An erasure takes every id that was merged with the erased one before it in the stream.
- An id that is merged with an erased one later is erased by that merge.
"""

from datetime import timedelta
from random import Random
from typing import Any

from tests.reference.truth import moment, name

Event = dict[str, Any]


def as_it_stood(stream: list[Event]) -> tuple[list[Event], set[str]]:
    """The events of a stream that count, and the ids of everybody who was erased."""
    counting: list[Event] = []
    groups: list[set[str]] = []
    erased: set[str] = set()
    for event in stream:
        named = {event["data"][field] for field in ("citizen_id", "merged_id") if event["data"].get(field)}
        same = set(named).union(*(group for group in groups if group & named))
        if name(event) == "citizen-erased" or (name(event) == "citizens-merged" and named & erased):
            erased |= same
        elif not named & erased:
            counting.append(event)
            if name(event) == "citizens-merged":
                groups = [group for group in groups if not group & same] + [same]
    return counting, erased


def with_erasures(random: Random, events: list[Event]) -> list[Event]:
    """The same events, in the order recorded, with erasures of some citizens told among them, some of them twice."""
    told = [event for event in events if name(event) != "citizen-erased"]
    citizens = sorted({event["data"]["citizen_id"] for event in told if event["data"].get("citizen_id")})
    chosen = random.sample(citizens, max(1, len(citizens) // 3))
    for number, citizen in enumerate([*chosen, *chosen[::4]]):
        _tell_of(told, citizen, random.randint(1, len(told)), number)
    return _numbered(told)


def _tell_of(told: list[Event], citizen: str, place: int, number: int) -> None:
    """Tell of an erasure at this place or the next at which it shares its moment with nothing else."""
    while place < len(told) and _recorded(told[place]) - _recorded(told[place - 1]) < timedelta(seconds=2):
        place += 1
    before = told[place - 1]
    when = f"{_recorded(before) + timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}"
    told.insert(
        place,
        before
        | {
            "id": f"{number:08x}-0000-7000-8000-{citizen[-12:]}",
            "source": f"/loeft/{before['data']['municipality']}/intake",
            "type": "dk.loeft.intake.citizen-erased.v1",
            "subject": f"citizen/{citizen}",
            "time": when,
            "recordedtime": when,
            "dataclassification": "personal",
            "data": {"municipality": before["data"]["municipality"], "citizen_id": citizen},
        },
    )


def _recorded(event: Event) -> Any:
    return moment(event["recordedtime"])


def _numbered(events: list[Event]) -> list[Event]:
    versions: dict[tuple[str, str], int] = {}
    found = []
    for event in events:
        entity = (event["subject"], event["source"])
        versions[entity] = versions.get(entity, 0) + 1
        found.append(event | {"sequence": str(versions[entity])})
    return found
