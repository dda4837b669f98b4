"""The table ``fact``: what every event said, under each history that it belongs to."""

import re
from collections.abc import Iterable
from functools import lru_cache

from services.outcomes.effect.fact import Fact
from services.outcomes.projection.histories import EncodedFacts, Facts
from shared.persistence.connection import Connection

LARGEST_SEQUENCE = 2**31 - 1
_is_event_id = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").fullmatch
_ENTITY = re.compile(r"[a-z-]{1,40}/[0-9A-Za-z_-]{1,200}")

INSERT_FACTS = """
INSERT INTO fact (entity, event_id, service, type, sequence, recorded, body)
SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::bytea[])
ON CONFLICT DO NOTHING
RETURNING entity, event_id::text
"""
FACT = ("entity", "event_id", "service", "type", "sequence", "recorded", "body")
INCOMING = "CREATE TEMPORARY TABLE IF NOT EXISTS incoming (LIKE fact) ON COMMIT DELETE ROWS"
INSERT_INCOMING = "INSERT INTO fact SELECT * FROM incoming ON CONFLICT DO NOTHING"
KNOWN_BEFORE = """
SELECT entity, event_id::text FROM incoming JOIN fact USING (entity, event_id)
WHERE fact.xmin <> pg_current_xact_id()::xid
"""
COPY_FROM = 200
"""From so many rows on a copy is cheaper than arrays: the driver looks at every element of an array twice."""
EARLIER_FACTS_OF = """
SELECT entity, type, count(*), string_agg(body, ''::bytea) FROM fact
WHERE entity = ANY($1) AND type <> $2 AND NOT EXISTS (
  SELECT FROM unnest($3::text[], $4::uuid[]) AS fresh (entity, event_id)
  WHERE fresh.entity = fact.entity AND fresh.event_id = fact.event_id
)
GROUP BY entity, type
"""
TOUCHED_LAST = "SELECT entity FROM fact GROUP BY entity ORDER BY max(recorded) DESC, entity LIMIT $1"
FACTS_OF = "SELECT entity, body FROM fact WHERE entity = ANY($1) AND type <> $2"

EMPTIED = "erased"
"""The type of a row of which nothing is left but its number: what it said was about a citizen who was erased."""
FactRow = tuple[str, str, str, str, int | None, int, bytes]
"""A fact as its table keeps it, in the order of ``FACT``. The sequence is None where it is another entity's own."""
FactKey = tuple[str, str]
"""Entity and event id: in one history a fact stands once."""


async def insert_facts(connection: Connection, rows: Iterable[FactRow], *, first: bool = True) -> set[FactKey]:
    """Store facts, each given once; the keys of those that were there before. Inside a transaction.

    ``first``: nothing was stored in this transaction yet.
    """
    ordered = sorted(rows)  # neighbours in the index are written together
    if len(ordered) < COPY_FROM or not first:  # the copy takes every row of this transaction for new
        columns = zip(*ordered, strict=True) if ordered else [()] * len(FACT)
        new = await connection.fetch(INSERT_FACTS, *map(list, columns))
        return {row[:2] for row in ordered} - {(row[0], row[1]) for row in new} if len(new) < len(ordered) else set()
    await connection.execute(INCOMING)
    await connection.copy_records_to_table("incoming", records=ordered, columns=FACT)
    inserted = await connection.execute(INSERT_INCOMING)
    if inserted == f"INSERT 0 {len(ordered)}":
        return set()
    return {(row[0], row[1]) for row in await connection.fetch(KNOWN_BEFORE)}


async def facts_of(connection: Connection, entities: list[str]) -> dict[str, list[bytes]]:
    """The encoded facts of entities."""
    found: dict[str, list[bytes]] = {}
    for entity, body in await connection.fetch(FACTS_OF, entities, EMPTIED):
        found.setdefault(entity, []).append(body)
    return found


async def earlier_facts_of(connection: Connection, entities: list[str], fresh: list[FactKey]) -> dict[str, Facts]:
    """The encoded facts of entities by the name of their event, without the ``fresh`` ones."""
    columns = zip(*fresh, strict=True) if fresh else ((), ())
    found: dict[str, Facts] = {}
    for entity, name, count, block in await connection.fetch(EARLIER_FACTS_OF, entities, EMPTIED, *map(list, columns)):
        found.setdefault(entity, {})[name] = EncodedFacts(count, block)
    return found


async def touched_last(connection: Connection, most: int) -> list[str]:
    """So many entities at most, those of which something was recorded last first."""
    rows = await connection.fetch(TOUCHED_LAST, most)
    return [row["entity"] for row in rows]


async def entities_recorded_from(connection: Connection, moment: int, types: list[str]) -> list[str]:
    """Entities of which a fact of these types was recorded at a moment (microseconds) or after it."""
    rows = await connection.fetch(
        "SELECT DISTINCT entity FROM fact WHERE recorded >= $1 AND type = ANY($2)", moment, types
    )
    return [row["entity"] for row in rows]


async def reference_facts(connection: Connection) -> list[bytes]:
    """The facts of courses, cohorts and pilots."""
    rows = await connection.fetch(
        "SELECT body FROM fact WHERE entity ^@ 'course/' OR entity ^@ 'cohort/' OR entity ^@ 'pilot/'"
    )
    return [row["body"] for row in rows]


def fact_rows(fact: Fact, entities: tuple[str, ...], encoded: bytes) -> list[FactRow]:
    """The rows of a fact: one of the entity whose version it is, one of every other history it belongs to.

    Raises ValueError when the table could not keep them: a message need not come from a relay of ours.
    """
    if not _is_event_id(fact.id) or not 0 < fact.sequence <= LARGEST_SEQUENCE:
        raise ValueError(f"event {fact.id!r} has no proper id or sequence")
    if not _are_names(fact.service, fact.type):
        raise ValueError(f"event {fact.id} has no proper type: {fact.service!r}, {fact.type!r}")
    subject = fact.subject
    rows: list[FactRow] = [(subject, fact.id, fact.service, fact.type, fact.sequence, fact.recorded, encoded)]
    rows += [
        (other, fact.id, fact.service, fact.type, None, fact.recorded, encoded)
        for other in entities
        if other != subject
    ]
    for row in rows:
        if not _is_entity(row[0]):
            raise ValueError(f"{row[0][:100]!r} is no entity")
    return rows


def emptied(row: FactRow) -> FactRow:
    """A row that says nothing any more: its number stays, so that nobody takes it for missing."""
    return (row[0], row[1], row[2], EMPTIED, row[4], row[5], b"")


def check_entity(entity: str) -> None:
    """Raise ValueError for what the tables could not keep as an entity."""
    if not _is_entity(entity):
        raise ValueError(f"{entity[:100]!r} is no entity")


@lru_cache(maxsize=1 << 10)
def _are_names(service: str, event: str) -> bool:
    return "\0" not in service and "\0" not in event


@lru_cache(maxsize=1 << 16)
def _is_entity(text: str) -> bool:
    return _ENTITY.fullmatch(text) is not None
