"""Events in files: one structured CloudEvent a line (JSONL), into the services' logs and out of them."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from pydantic import ValidationError

from deploy.services import SERVICES, service_of
from shared.clock import now
from shared.contracts.envelope import Envelope
from shared.contracts.intake import CitizenErased
from shared.contracts.registry import UnknownEventType
from shared.messaging.cloudevents import Malformed, decode
from shared.persistence.database import Database
from shared.persistence.event_log import LogReader
from shared.persistence.transaction import Origin, must_be_filed_under_its_entity
from shared.problems import Refused

CHUNK = 200
ERASURE = CitizenErased.type()
TOLD_AT_MOST = 20
FEW = 10
KNOWN = "SELECT event_id FROM event_log WHERE event_id = ANY($1)"
MISSING = """
SELECT subject, array_agg(version ORDER BY version) AS missing
FROM unnest($1::text[], $2::int[]) AS told(subject, last), generate_series(1, last) AS version
WHERE NOT EXISTS (SELECT FROM event_log AS l WHERE l.subject = told.subject AND l.version = version.version)
GROUP BY subject ORDER BY subject
"""
MARK = "INSERT INTO handled (reaction, event_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING"


class UnreadableFile(ValueError):
    """Lines of a file are no events of ours; ``findings`` says which and why. Nothing was imported."""

    def __init__(self, findings: list[str]):
        super().__init__(f"{len(findings)} line{'' if len(findings) == 1 else 's'} cannot be imported")
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
        with file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    envelope = decode(line.decode("utf-8"))
                    must_be_filed_under_its_entity(envelope)
                except UnicodeDecodeError as no_text:
                    findings.append(f"{file.name}:{number}: it is no UTF-8 text ({no_text.reason}); save it as UTF-8")
                except (Malformed, UnknownEventType) as reason:
                    findings.append(f"{file.name}:{number}: {reason}")
                except Refused as misfiled:
                    findings.append(f"{file.name}:{number}: {misfiled.title}")
                except ValidationError as invalid:
                    fields = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in invalid.errors())
                    findings.append(f"{file.name}:{number}: data does not fit the contract ({fields})")
                else:
                    envelopes.append(envelope)
    if findings:
        raise UnreadableFile(findings)
    return envelopes


def in_log_order(envelopes: Iterable[Envelope]) -> list[Envelope]:
    """The events as their services recorded them: by recorded time, and each entity's own in their sequence.

    Events of one recorded time (of one transaction, most often) stay in the order given.
    """
    told = list(envelopes)
    by_entity: dict[tuple[str, str], list[Envelope]] = defaultdict(list)
    for envelope in told:
        by_entity[envelope.service, envelope.subject].append(envelope)
    recorded: dict[int, datetime] = {}
    for own in by_entity.values():
        own.sort(key=lambda envelope: envelope.sequence)
        latest = own[0].recordedtime
        for envelope in own:  # a transaction that waited for the entity has an earlier time than the one before it
            latest = recorded[id(envelope)] = max(latest, envelope.recordedtime)
    told.sort(key=lambda envelope: recorded[id(envelope)])
    turns = {entity: iter(own) for entity, own in by_entity.items()}
    return [next(turns[envelope.service, envelope.subject]) for envelope in told]


async def _gaps(service: str, database: Database, own: Iterable[Envelope]) -> list[str]:
    """Entities of a service whose events 1, 2, 3 … neither the file nor the log has all of, in words."""
    seen: dict[str, set[int]] = defaultdict(set)
    for envelope in own:
        seen[envelope.subject].add(envelope.sequence)
    last = {subject: max(told) for subject, told in seen.items() if len(told) < max(told)}
    rows = await database.pool.fetch(MISSING, list(last), list(last.values()))
    return [
        f"{row['subject']} in {service}: {_few(row['missing'])} are neither in the file nor in the log" for row in rows
    ]


def _few(numbers: list[int]) -> str:
    told = ", ".join(map(str, numbers[:FEW]))
    return f"{told} and {len(numbers) - FEW} more" if len(numbers) > FEW else told


def _of_days_to_come(envelopes: Iterable[Envelope]) -> list[str]:
    """Events that say that they will happen, in words: the log is never corrected, so a slip in a year is told."""
    ahead = [envelope for envelope in envelopes if envelope.time > now()]
    if not ahead:
        return []
    last = max(ahead, key=lambda envelope: envelope.time)
    return [f"{len(ahead)} of them happen in the future, the last one {last.time.isoformat()}: {last.type} {last.id}"]


async def import_events(
    databases: Mapping[str, Database],
    envelopes: list[Envelope],
    progress: Callable[[int], None] = lambda _: None,
    *,
    published: Callable[[], Awaitable[None]] | None = None,
) -> Imported:
    """Store events in the logs and tables of the services that own them; events that are there already are left.

    The services follow each other as citizens meet them. What they tell is history: no reaction decides on it anew.
    Erasures come last, when ``published`` has brought all that was told of the citizens to the bus: figures count her
    as she stood when she was erased, and whoever hears of the erasure first would know of nothing to count. None where
    nobody hears of what is imported.

    A chunk commits whole or not at all. Raises Problem when an event contradicts what a log has: what was imported
    before it stays, and importing again goes on from there.
    """
    result = Imported()
    erasures = [envelope for envelope in envelopes if envelope.type == ERASURE]
    await _import(databases, [envelope for envelope in envelopes if envelope.type != ERASURE], result, progress)
    if erasures:
        if published is not None:
            await published()
        await _import(databases, erasures, result, progress)
    result.warnings = _of_days_to_come(envelopes) + result.warnings[:TOLD_AT_MOST]
    return result


async def _import(
    databases: Mapping[str, Database], envelopes: list[Envelope], result: Imported, progress: Callable[[int], None]
) -> None:
    origin = Origin(correlation_id=f"import-{uuid4()}")
    by_service: dict[str, list[Envelope]] = defaultdict(list)
    for envelope in in_log_order(envelopes):
        by_service[envelope.service].append(envelope)
    for service in SERVICES:
        own = by_service[service]
        for start in range(0, len(own), CHUNK):
            chunk = own[start : start + CHUNK]
            await _mark_as_history(databases, service, chunk)
            async with databases[service].transaction(origin) as tx:
                stored = sum([await tx.store(envelope) for envelope in chunk])
            result.stored += stored
            result.known += len(chunk) - stored
            progress(len(chunk))
        if own:
            result.warnings += await _gaps(service, databases[service], own)


async def _mark_as_history(databases: Mapping[str, Database], service: str, chunk: list[Envelope]) -> None:
    """Note the new events as handled by every reaction that would append events because of them.

    Events that the log has already were commands' own, perhaps of a moment ago: their reactions may still be due.
    """
    ids = [envelope.id for envelope in chunk]
    known = {row["event_id"] for row in await databases[service].pool.fetch(KNOWN, ids)}
    types: dict[str, list[UUID]] = defaultdict(list)
    for envelope in chunk:
        if envelope.id not in known:
            types[envelope.type].append(envelope.id)
    for reacting, database in databases.items():
        for reaction in service_of(reacting).reactions:
            if reaction.decides and (history := types.get(reaction.event.type())):
                await database.pool.execute(MARK, reaction.name, history)


async def export_events(databases: Mapping[str, Database]) -> list[str]:
    """Every event of the services' logs as JSON lines, as ``in_log_order`` has them; of one time by service.

    An import of these lines into an empty stack gives the same export.
    """
    envelopes: list[Envelope] = []
    bodies: dict[UUID, str] = {}
    for service in SERVICES:
        async with databases[service].pool.acquire() as connection:
            async for rows in LogReader().rest(connection):
                envelopes += [decode(row.body) for row in rows]
                bodies |= {row.event_id: row.body for row in rows}
    return [bodies[envelope.id] for envelope in in_log_order(envelopes)]
