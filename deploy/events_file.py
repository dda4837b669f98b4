"""Events in files: one structured CloudEvent a line (JSONL), into the services' logs and out of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from pydantic import ValidationError

from shared.contracts.envelope import Envelope
from shared.contracts.registry import UnknownEventType, payload
from shared.messaging.cloudevents import Malformed, decode
from shared.persistence.database import Database
from shared.persistence.event_log import LogReader
from shared.persistence.transaction import Origin

CHUNK = 200
TOLD_AT_MOST = 20


class UnreadableFile(ValueError):
    """Lines of a file are no events of ours; ``findings`` says which and why. Nothing was imported."""

    def __init__(self, findings: list[str]):
        super().__init__(f"{len(findings)} lines cannot be imported")
        self.findings = findings


@dataclass(slots=True)
class Imported:
    """What an import did, and what it noticed."""

    stored: int = 0
    known: int = 0
    warnings: list[str] = field(default_factory=list)


def read(files: Iterable[Path]) -> list[Envelope]:
    """Every event of the files, validated against its contract. Raises UnreadableFile naming the lines."""
    envelopes, findings = [], []
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    envelope = decode(line)
                    payload(envelope)
                except (Malformed, UnknownEventType) as reason:
                    findings.append(f"{file.name}:{number}: {reason}")
                except ValidationError as invalid:
                    fields = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in invalid.errors())
                    findings.append(f"{file.name}:{number}: data does not fit the contract ({fields})")
                else:
                    envelopes.append(envelope)
    if findings:
        raise UnreadableFile(findings)
    return envelopes


def in_log_order(envelopes: Iterable[Envelope]) -> list[Envelope]:
    """The events as their services recorded them: by recorded time, and each entity's own in their sequence."""
    ordered = sorted(envelopes, key=lambda e: (e.recordedtime, e.sequence))
    by_entity: dict[tuple[str, str], list[Envelope]] = defaultdict(list)
    for envelope in ordered:
        by_entity[envelope.service, envelope.subject].append(envelope)
    turns = {key: iter(sorted(own, key=lambda e: e.sequence)) for key, own in by_entity.items()}
    return [next(turns[envelope.service, envelope.subject]) for envelope in ordered]


def gaps(envelopes: Iterable[Envelope]) -> list[str]:
    """Entities whose sequences in these events are not 1, 2, 3 …, in words."""
    seen: dict[tuple[str, str], set[int]] = defaultdict(set)
    for envelope in envelopes:
        seen[envelope.service, envelope.subject].add(envelope.sequence)
    return [
        f"{subject} in {service}: {sorted(set(range(1, max(present) + 1)) - present)[:10]} are not in the file"
        for (service, subject), present in sorted(seen.items())
        if len(present) < max(present)
    ]


async def import_events(
    databases: Mapping[str, Database], envelopes: list[Envelope], progress: Callable[[int], None] = lambda _: None
) -> Imported:
    """Store events in the logs and tables of the services that own them; events that are there already are left.

    A chunk commits whole or not at all. Raises Problem when an event contradicts what a log has: what was imported
    before it stays, and importing again goes on from there.
    """
    result = Imported(warnings=gaps(envelopes)[:TOLD_AT_MOST])
    origin = Origin(correlation_id=f"import-{uuid4()}")
    for service, own in _by_service(in_log_order(envelopes)).items():
        database = databases[service]
        for start in range(0, len(own), CHUNK):
            chunk = own[start : start + CHUNK]
            async with database.transaction(origin) as tx:
                stored = sum([await tx.store(envelope) for envelope in chunk])
            result.stored += stored
            result.known += len(chunk) - stored
            progress(len(chunk))
    return result


def _by_service(envelopes: list[Envelope]) -> dict[str, list[Envelope]]:
    grouped: dict[str, list[Envelope]] = {}
    for envelope in envelopes:
        grouped.setdefault(envelope.service, []).append(envelope)
    return grouped


async def export_events(databases: Mapping[str, Database]) -> list[str]:
    """Every event of the services' logs as JSON lines, by recorded time; each log's own order is kept."""
    found: list[tuple[Any, int, str]] = []
    for database in databases.values():
        async with database.pool.acquire() as connection:
            async for rows in LogReader().rest(connection):
                for row in rows:
                    envelope = decode(row.body)
                    found.append((envelope.recordedtime, row.id, row.body))
    found.sort(key=lambda item: item[:2])
    return [body for _, _, body in found]
