"""The table ``gap``, and what the facts say is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.persistence.connection import Connection, Pool

MISSING_AT_ONCE = 200
GAPS = """
SELECT entity, service, array_agg(DISTINCT sequence ORDER BY sequence) AS present FROM fact
WHERE {} AND sequence IS NOT NULL GROUP BY entity, service HAVING count(DISTINCT sequence) < max(sequence)
"""


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
