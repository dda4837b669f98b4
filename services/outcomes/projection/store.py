"""Every SQL statement of the projector. Tables: ``fact``, ``cell``, ``alias``, ``projector``, ``gap`` (tables.py).

Those about citizens who were erased are in ``kept``, those about courses and cohorts in ``reference_tables``.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

import msgspec

from services.outcomes.effect.cells import RECORDS, Cell
from services.outcomes.effect.fact import Fact
from shared.persistence.connection import Connection, Pool

LOCK = 0x50726F6A  # "Proj": one projector works at a time
PARTITION = 0
MISSING_AT_ONCE = 200
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

ADD_CELLS = """
WITH added AS (
INSERT INTO cell AS c (key, kind, municipality, cohorts, n)
SELECT key, kind, municipality, CASE cohorts WHEN '' THEN '{}' ELSE string_to_array(cohorts, ',')::uuid[] END, n
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[]) AS t(key, kind, municipality, cohorts, n)
ON CONFLICT (key) DO UPDATE SET n = c.n + excluded.n
RETURNING key, n
)
SELECT key FROM added WHERE n = 0
"""

VERSION = "concat_ws('/', epoch, sequence, owner, extract(epoch FROM updated), xmin)"
"""Of the checkpoint's row: another one whenever the cells may be others (``version.py``)."""
SAVE_CHECKPOINT = f"""
UPDATE projector SET sequence = $3, event_id = $4, stored = $5, updated = now()
WHERE partition = $1 AND owner = $2 RETURNING {VERSION}
"""


GAPS = """
SELECT entity, service, array_agg(DISTINCT sequence ORDER BY sequence) AS present FROM fact
WHERE {} AND sequence IS NOT NULL GROUP BY entity, service HAVING count(DISTINCT sequence) < max(sequence)
"""


FACTS_OF = "SELECT entity, body FROM fact WHERE entity = ANY($1) AND type <> $2"
EMPTIED = "erased"
"""The type of a row of which nothing is left but its number: what it said was about a citizen who was erased."""


class Fenced(RuntimeError):
    """Another projector has taken over."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far the projector has read, in which epoch of the stream, and by which message it knows the stream again."""

    epoch: UUID
    sequence: int
    event_id: UUID | None
    stored: int | None
    owner: int


FactRow = tuple[str, str, str, str, int | None, int, bytes]
"""A fact as its table keeps it, in the order of ``FACT``. The sequence is None where it is another entity's own."""
FactKey = tuple[str, str]
"""Entity and event id: in one history a fact stands once."""


async def lock(connection: Connection) -> bool:
    """Take the place of the one projector that works; whether it was free."""
    return bool(await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK))


async def take_over(connection: Connection) -> Checkpoint:
    """Become the owner: whoever was is fenced from now on."""
    row = await connection.fetchrow(
        "INSERT INTO projector AS p (partition, epoch, sequence, owner, updated) VALUES ($1, $2, 0, 1, now())"
        " ON CONFLICT (partition) DO UPDATE SET owner = p.owner + 1 RETURNING epoch, sequence, event_id, stored, owner",
        PARTITION,
        uuid4(),
    )
    assert row is not None
    return Checkpoint(**row)


async def new_epoch(connection: Connection, owner: int) -> Checkpoint:
    """Start again at the beginning of a stream that is not the one we knew. The histories stay: they are sets."""
    row = await connection.fetchrow(
        "UPDATE projector SET epoch = $3, sequence = 0, event_id = NULL, stored = NULL, updated = now()"
        " WHERE partition = $1 AND owner = $2 RETURNING epoch, sequence, event_id, stored, owner",
        PARTITION,
        owner,
        uuid4(),
    )
    if row is None:
        raise Fenced
    return Checkpoint(**row)


async def definitions_of(connection: Connection) -> str | None:
    """The fingerprint of the definitions that the cells were counted by; None when they were not counted yet."""
    found: str | None = await connection.fetchval("SELECT definitions FROM projector WHERE partition = $1", PARTITION)
    return found


async def save_definitions(connection: Connection, owner: int, definitions: str) -> None:
    """Note by which definitions the cells are counted; raises Fenced when another projector has taken over."""
    saved = await connection.fetchval(
        "UPDATE projector SET definitions = $3 WHERE partition = $1 AND owner = $2 RETURNING true",
        PARTITION,
        owner,
        definitions,
    )
    if not saved:
        raise Fenced


async def save_checkpoint(connection: Connection, checkpoint: Checkpoint) -> str:
    """Note how far we are; the version that this brings. Raises Fenced when another projector has taken over."""
    version: str | None = await connection.fetchval(
        SAVE_CHECKPOINT, PARTITION, checkpoint.owner, checkpoint.sequence, checkpoint.event_id, checkpoint.stored
    )
    if version is None:
        raise Fenced
    return version


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


async def entities_recorded_from(connection: Connection, moment: int, types: list[str]) -> list[str]:
    """Entities of which a fact of these types was recorded at a moment (microseconds) or after it."""
    rows = await connection.fetch(
        "SELECT DISTINCT entity FROM fact WHERE recorded >= $1 AND type = ANY($2)", moment, types
    )
    return [row["entity"] for row in rows]


async def add_cells(connection: Connection, differences: Mapping[Cell, int]) -> None:
    """Add differences to the counts; a count that comes to nothing is no row."""
    changed = {cell: n for cell, n in differences.items() if n}
    if not changed:
        return
    rows = sorted(cell_row(cell, n) for cell, n in changed.items())
    nothing = await connection.fetch(ADD_CELLS, *([row[column] for row in rows] for column in range(5)))
    if nothing:
        await connection.execute("DELETE FROM cell WHERE key = ANY($1)", [row["key"] for row in nothing])


def cell_row(cell: Cell, n: int) -> tuple[str, str, str, str, int]:
    """A cell as the table keeps it: its JSON text is its key."""
    key = json.dumps(cell, ensure_ascii=False, separators=(",", ":"))
    return key, cell[0], cell[1], ",".join(cohorts_of(cell)), n


def cohorts_of(cell: Cell) -> list[str]:
    """The cohorts that a cell counts in."""
    match cell[0]:
        case "participation":
            return [cell[3]]
        case "funnel":
            return [cell[2]]
        case "upskilled":
            return sorted({item[1] for item in cell[2]})
        case _:
            return []


async def cells_of_cohorts(connection: Connection, cohorts: Iterable[str]) -> list[tuple[Cell, int]]:
    """Every cell that counts in one of these cohorts."""
    rows = await connection.fetch("SELECT key, n FROM cell WHERE cohorts && $1::uuid[]", [UUID(c) for c in cohorts])
    return [(cell_from(row["key"]), row["n"]) for row in rows]


async def cells_of_course(connection: Connection, municipality: str, course: str, kind: str) -> list[tuple[Cell, int]]:
    """The cells of a kind that names its course first, of one course."""
    return [(cell_from(key), n) for key, n in await keys_of_course(connection, municipality, course, kind)]


async def keys_of_course(connection: Connection, municipality: str, course: str, kind: str) -> list[tuple[str, int]]:
    """The same as they are kept: reading them (``cell_from``) is the larger part of the work."""
    beginning = json.dumps([kind, municipality, course], ensure_ascii=False, separators=(",", ":"))[:-1]
    rows = await connection.fetch(
        "SELECT key, n FROM cell WHERE key >= $1 AND key < $2", f"{beginning},", f"{beginning}-"
    )  # "-" comes after ",": all keys that begin so, in the order of the index
    return [(row["key"], row["n"]) for row in rows]


async def keys_of_municipality(connection: Connection, municipality: str, kind: str) -> list[tuple[str, int]]:
    """Every cell of a municipality that is of a kind, as it is kept."""
    rows = await connection.fetch("SELECT key, n FROM cell WHERE municipality = $1 AND kind = $2", municipality, kind)
    return [(row["key"], row["n"]) for row in rows]


async def cells_of_municipality(
    connection: Connection, municipality: str, kinds: Iterable[str]
) -> list[tuple[Cell, int]]:
    """Every cell of a municipality that is of one of these kinds."""
    rows = await connection.fetch(
        "SELECT key, n FROM cell WHERE municipality = $1 AND kind = ANY($2)", municipality, list(kinds)
    )
    return [(cell_from(row["key"]), row["n"]) for row in rows]


def cell_from(key: str) -> Cell:
    """The cell in a key."""
    try:
        return _DECODERS[key[2 : key.index('"', 2)]](key)  # type: ignore[no-any-return]
    except (KeyError, msgspec.ValidationError):  # of an earlier release, or what a strange fact gave
        return _tuples(json.loads(key))  # type: ignore[no-any-return]


_DECODERS = {kind: msgspec.json.Decoder(record).decode for kind, record in RECORDS.items()}


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


async def aliases(connection: Connection) -> list[tuple[str, str]]:
    """Every pair of united entities."""
    return [(row["kept"], row["merged"]) for row in await connection.fetch("SELECT kept, merged FROM alias")]


async def add_aliases(connection: Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Note entities that were united."""
    await connection.executemany(
        "INSERT INTO alias (merged, kept) VALUES ($2, $1) ON CONFLICT (merged) DO UPDATE SET kept = excluded.kept",
        list(pairs),
    )


async def reference_facts(connection: Connection) -> list[bytes]:
    """The facts of courses, cohorts and pilots."""
    rows = await connection.fetch(
        "SELECT body FROM fact WHERE entity ^@ 'course/' OR entity ^@ 'cohort/' OR entity ^@ 'pilot/'"
    )
    return [row["body"] for row in rows]


@dataclass(frozen=True, slots=True)
class Gap:
    """Sequences of an entity that are missing below its highest one; the first ``MISSING_AT_ONCE`` of them."""

    entity: str
    service: str
    missing: list[int]

    def places(self) -> list[tuple[str, str, int]]:
        """Each missing event by entity, owning service and sequence."""
        return [(self.entity, self.service, sequence) for sequence in self.missing]


async def gaps_of(connection: Connection, entities: list[str] | None) -> list[Gap]:
    """Entities whose own sequences are not whole; of all entities when none are named."""
    # two statements: one that says "all, or these" is planned as a scan of every fact
    named = [] if entities is None else [entities]
    rows = await connection.fetch(GAPS.format("TRUE" if entities is None else "entity = ANY($1)"), *named)
    return [Gap(row["entity"], row["service"], _missing(row["present"])) for row in rows]


async def standing_of(connection: Connection, entities: Iterable[str]) -> dict[tuple[str, str], int]:
    """The highest sequence of each service's events of these entities, by (entity, service)."""
    rows = await connection.fetch(
        "SELECT entity, service, max(sequence) AS last FROM fact"
        " WHERE entity = ANY($1) AND sequence IS NOT NULL GROUP BY entity, service",
        list(entities),
    )
    return {(row["entity"], row["service"]): row["last"] for row in rows}


def _missing(present: list[int]) -> list[int]:
    """The first numbers that lack in an ordered list; a silly number in it must not fill the memory."""
    found: list[int] = []
    before = 0
    for sequence in present:
        found += range(before + 1, min(sequence, before + 1 + MISSING_AT_ONCE))
        before = sequence
        if len(found) >= MISSING_AT_ONCE:
            break
    return found[:MISSING_AT_ONCE]


async def replace_gaps(connection: Connection, entities: list[str] | None, lost: list[tuple[str, str, int]]) -> None:
    """Replace what is known to be missing of these entities, or of all."""
    async with connection.transaction():
        await connection.execute("DELETE FROM gap WHERE $1::text[] IS NULL OR entity = ANY($1)", entities)
        await connection.executemany(
            "INSERT INTO gap (entity, service, missing, found) VALUES ($1, $2, $3, now())", lost
        )


async def gap_count(connection: Connection | Pool) -> int:
    """How many events are known to be missing."""
    return int(await connection.fetchval("SELECT count(*) FROM gap"))


async def gap_entities(connection: Connection | Pool) -> list[str]:
    """Entities of which something is missing."""
    return [row["entity"] for row in await connection.fetch("SELECT DISTINCT entity FROM gap")]


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


def moment(value: datetime) -> str:
    """A moment as the published documents write it."""
    return value.isoformat().replace("+00:00", "Z")
