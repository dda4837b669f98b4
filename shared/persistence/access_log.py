"""The access log read back: who has read a citizen's data, when, what of it, and for what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.persistence.connection import Connection

NEWEST_FIRST = """
SELECT id, at, caller, municipality, citizen_id, what, purpose, correlation_id FROM access_log
WHERE citizen_id = $1 AND ($2::text IS NULL OR municipality = $2)
  AND ($3::timestamptz IS NULL OR at >= $3) AND ($4::timestamptz IS NULL OR at < $4)
  AND ($5::bigint IS NULL OR (at, id) < (SELECT at, id FROM access_log WHERE id = $5))
ORDER BY at DESC, id DESC LIMIT $6
"""
REFERRED_TO = """
SELECT DISTINCT citizen_id FROM access_log
WHERE right(citizen_id::text, 8) = $1 AND municipality = $2 ORDER BY citizen_id
"""
"""The expression is the one of the index ``access_log_reference``."""


@dataclass(frozen=True, slots=True)
class Question:
    """Whose reads are asked for: of one municipality or (None) of all, from a moment, and until before another."""

    citizen_id: UUID
    municipality: str | None = None
    since: datetime | None = None
    until: datetime | None = None


async def reads(
    connection: Connection, asked: Question, *, after: int | None = None, limit: int | None = None
) -> list[dict[str, Any]]:
    """The reads of a citizen's data, newest first; ``after`` is the id of the last one that was seen before."""
    rows = await connection.fetch(
        NEWEST_FIRST, asked.citizen_id, asked.municipality, asked.since, asked.until, after, limit
    )
    return [dict(row) for row in rows]


async def referred_to(connection: Connection, last_digits: str, municipality: str) -> list[UUID]:
    """The citizens in the log whose id ends with these eight hexadecimal digits: mostly one, or none."""
    return [row["citizen_id"] for row in await connection.fetch(REFERRED_TO, last_digits, municipality)]
