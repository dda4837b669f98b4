"""The access log read back: who has read a citizen's data, when, what of it, and for what.

Reads stay logged under the id that they were of. A citizen who was merged with another has several: all are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.persistence.connection import Connection

NEWEST_FIRST = """
SELECT id, at, caller, municipality, citizen_id, what, purpose, correlation_id FROM access_log
WHERE citizen_id = ANY($1) AND ($2::text IS NULL OR municipality = $2)
  AND ($3::timestamptz IS NULL OR at >= $3) AND ($4::timestamptz IS NULL OR at < $4)
  AND ($5::bigint IS NULL OR (at, id) < (SELECT at, id FROM access_log WHERE id = $5))
ORDER BY at DESC, id DESC LIMIT $6
"""
REFERRED_TO = """
SELECT citizen_id FROM access_log WHERE right(citizen_id::text, 8) = $1 AND municipality = $2
UNION SELECT one FROM {table}, unnest(ARRAY[citizen_id, merged_into]) AS one
    WHERE merged_into IS NOT NULL AND municipality = $2 AND right(one::text, 8) = $1
ORDER BY citizen_id
"""
"""The first expression is the one of the index ``access_log_reference``; of merged ids only one may have been read."""
ALL_IDS = """
WITH goes_by AS (
    SELECT coalesce(
        (SELECT merged_into FROM {table} WHERE citizen_id = $1 AND ($2::text IS NULL OR municipality = $2)), $1
    ) AS citizen_id
)
SELECT citizen_id, 1 AS place FROM goes_by
UNION SELECT one.citizen_id, 2 FROM {table} AS one JOIN goes_by ON one.merged_into = goes_by.citizen_id
    WHERE $2::text IS NULL OR one.municipality = $2
ORDER BY place, citizen_id
"""


@dataclass(frozen=True, slots=True)
class Mergers:
    """Where a service knows which ids were merged: its table of citizens, with ``merged_into`` the id that was kept."""

    table: str

    def query(self, text: str) -> str:
        """A query with the name in it."""
        return text.format(table=self.table)


@dataclass(frozen=True, slots=True)
class Question:
    """Whose reads are asked for: of one municipality or (None) of all, from a moment, and until before another."""

    citizens: Sequence[UUID]
    """All ids of one citizen."""
    municipality: str | None = None
    since: datetime | None = None
    until: datetime | None = None


async def reads(
    connection: Connection, asked: Question, *, after: int | None = None, limit: int | None = None
) -> list[dict[str, Any]]:
    """The reads of a citizen's data, newest first; ``after`` is the id of the last one that was seen before."""
    rows = await connection.fetch(
        NEWEST_FIRST, asked.citizens, asked.municipality, asked.since, asked.until, after, limit
    )
    return [dict(row) for row in rows]


async def ids_of(
    connection: Connection, mergers: Mergers, citizen_id: UUID, municipality: str | None = None
) -> list[UUID]:
    """All ids under which a citizen is or was known (in a municipality, or in any): first the one she goes by."""
    rows = await connection.fetch(mergers.query(ALL_IDS), citizen_id, municipality)
    return [row["citizen_id"] for row in rows]


async def referred_to(connection: Connection, mergers: Mergers, last_digits: str, municipality: str) -> list[UUID]:
    """The ids in the log, or merged with one, that end with these eight hexadecimal digits: mostly one, or none."""
    rows = await connection.fetch(mergers.query(REFERRED_TO), last_digits, municipality)
    return [row["citizen_id"] for row in rows]
