"""Finished tests again from their answers and the bank they froze, held against what was told, bit for bit.

Each step is taken again: whether every response is right, which question followed, the result, and the results that
replaced it when an item was neutralised. Numbers are compared as they are, not nearly.
"""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.assessment import neutralised, session_log
from services.assessment.frozen_banks import frozen_test
from services.assessment.frozen_test import FrozenTest
from services.assessment.items.freezing import NotAsFrozen
from services.assessment.rules import sitting
from services.assessment.rules.entry import Answered, Begun, Entry, Neutralised, Resumed, Skipped
from services.assessment.rules.session import Session, session_of
from services.assessment.rules.sitting import Act
from shared.contracts.assessment import ResultRescored, TestFinished
from shared.contracts.event import Event
from shared.persistence import Database, Origin, Transaction
from shared.problems import NotFound, Problem

FINISHED = "SELECT test_id FROM test_session WHERE status = 'finished' AND ($1::uuid IS NULL OR test_id = $1)"
TOLD = """
SELECT body::jsonb ->> 'type' AS type, body::jsonb -> 'data' AS data FROM event_log
WHERE subject = $1 AND body::jsonb ->> 'type' = ANY($3) AND body::jsonb -> 'data' ->> 'test_id' = $2 ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not what was told."""

    what: str
    told: Any
    found: Any


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A test that was taken again."""

    test_id: UUID
    bank_version: str
    answers: int
    differences: tuple[Difference, ...]


async def recompute(database: Database, test_id: UUID | None = None) -> AsyncIterator[Recomputed]:
    """Every finished test, or the one. Raises NotFound when there is no such finished test."""
    async with database.transaction(Origin("recompute")) as tx:
        rows = await tx.fetch(f"{FINISHED} ORDER BY test_id", test_id)
    if test_id is not None and not rows:
        raise NotFound("test-unknown", f"No finished test has the id {test_id}", "Only finished tests have a result.")
    for row in rows:
        async with database.transaction(Origin("recompute")) as tx:
            yield await _again(tx, row["test_id"])


async def _again(tx: Transaction, test_id: UUID) -> Recomputed:
    entries = await session_log.entries(tx, test_id)
    session = session_of(test_id, entries)
    begun = session.must_have_begun()
    types = [TestFinished.type(), ResultRescored.type()]
    told = await tx.fetch(TOLD, f"citizen/{session.offer.citizen_id}", str(test_id), types)
    faulty = {one.item for one in await neutralised.faulty(tx)}
    try:
        test = await frozen_test(tx, begun, shipped=False)
    except NotAsFrozen as changed:
        differences = [Difference("bank", begun.digest, str(changed))]
    else:
        results = [(row["type"], json.loads(row["data"])) for row in told]
        differences = [*_steps(test_id, entries, test), *_results(test_id, entries, test, results)]
        differences += _still_counted(entries, session, faulty)
    return Recomputed(test_id, begun.bank_version, len(session.given), tuple(differences))


def _steps(test_id: UUID, entries: list[Entry], test: FrozenTest) -> list[Difference]:
    """Where a response is not as right as it was, or another question would have followed."""
    differences = []
    for count, entry in enumerate(entries, start=1):
        if isinstance(entry, Answered):
            try:
                right: object = entry.response is not None and test.correct(entry.item, entry.response)
            except Problem as refused:
                right = refused.title
            if right != entry.right:
                differences.append(Difference(f"answer to {entry.item}", entry.right, right))
        if isinstance(entry, Begun | Answered | Skipped):
            session = session_of(test_id, entries[:count])
            assert session.device is not None
            found = test.next(session.given, session.device, session.neutralised)
            if found != entry.asks:
                differences.append(Difference(f"question {session.number}", entry.asks, found))
        if isinstance(entry, Resumed):
            before = session_of(test_id, entries[: count - 1])
            (again,) = sitting.resume(before, test, entry.device, Act(entry.at, entry.by)).entries
            assert isinstance(again, Resumed)
            if again != entry:
                differences.append(Difference(f"question {before.number}, resumed", entry.asks, again.asks))
        if isinstance(entry, Neutralised):
            before = session_of(test_id, entries[: count - 1])
            (anew,) = sitting.neutralise(before, test, entry.item, entry.reason, entry.at).entries
            assert isinstance(anew, Neutralised)
            if anew != entry:
                differences.append(Difference(f"question {before.number}, neutralised", entry.asks, anew.asks))
    return differences


def _results(
    test_id: UUID, entries: list[Entry], test: FrozenTest, told: list[tuple[str, dict[str, Any]]]
) -> list[Difference]:
    """What the test told when it ended, and each time that an item was neutralised since."""
    found = [(event.type(), event.data()) for event in _told_again(test_id, entries, test)]
    if [kind for kind, _ in told] != [kind for kind, _ in found]:
        return [Difference("results", [kind for kind, _ in told], [kind for kind, _ in found])]
    pairs = zip(told, found, strict=True)
    return [difference for (_, one), (_, two) in pairs for difference in _compared("", one, two)]


def _told_again(test_id: UUID, entries: list[Entry], test: FrozenTest) -> Iterator[Event]:
    ended = False
    for count, entry in enumerate(entries, start=1):
        session = session_of(test_id, entries[:count])
        if not ended and session.status == "finished":
            ended = True
            yield sitting.finished(session, test)
        elif ended and isinstance(entry, Neutralised):
            before = session_of(test_id, entries[: count - 1])
            step = sitting.neutralise(before, test, entry.item, entry.reason, entry.at)
            if step.event is not None:
                yield step.event


def _still_counted(entries: list[Entry], session: Session, faulty: set[str]) -> list[Difference]:
    """Neutralised items that the result still counts: work that is written down and not done yet."""
    asked = {str(getattr(entry, "asks", None)) for entry in entries}
    return [Difference(f"neutralised {item}", "counted", None) for item in sorted(asked & faulty - session.neutralised)]


def _compared(name: str, told: Any, found: Any) -> list[Difference]:
    """Leaf by leaf; a field that one of them lacks is a difference too."""
    if isinstance(told, dict) and isinstance(found, dict):
        return [
            difference
            for key in sorted({*told, *found})
            for difference in _compared(f"{name}.{key}".lstrip("."), told.get(key), found.get(key))
        ]
    if isinstance(told, list) and isinstance(found, list) and len(told) == len(found):
        pairs = enumerate(zip(told, found, strict=True))
        return [difference for place, (one, two) in pairs for difference in _compared(f"{name}[{place}]", one, two)]
    return [] if told == found else [Difference(name, told, found)]
