"""The ledger of research extracts: each project's salt, and who was given what.

Like the access log these tables record what was done with the service, not what happened in the world: they follow no
event, and no rebuild makes them again. They belong in every backup.
"""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.persistence.connection import Connection

SALT = 32


@dataclass(frozen=True, slots=True)
class Entry:
    """One extract: who made it, when, for which project, of how much."""

    extract_id: UUID
    project: str
    municipality: str
    made_at: datetime
    made_by: str
    purpose: str
    as_of: date
    smallest_group: int
    rows: int
    citizens: int
    manifest_sha256: str


async def salt_of(connection: Connection, project: str, made_by: str) -> bytes:
    """The project's salt; a new project gets one."""
    await connection.execute(
        "INSERT INTO research_project (project, salt, opened_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        project,
        secrets.token_bytes(SALT),
        made_by,
    )
    salt: bytes = await connection.fetchval("SELECT salt FROM research_project WHERE project = $1", project)
    return salt


async def enter(connection: Connection, entry: Entry, citizens: Iterable[UUID]) -> None:
    """Write the extract down, and in the access log of each citizen that her data are in it."""
    await connection.execute(
        "INSERT INTO research_extract (extract_id, project, municipality, made_at, made_by, purpose, as_of,"
        " smallest_group, rows, citizens, manifest_sha256) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        entry.extract_id,
        entry.project,
        entry.municipality,
        entry.made_at,
        entry.made_by,
        entry.purpose,
        entry.as_of,
        entry.smallest_group,
        entry.rows,
        entry.citizens,
        entry.manifest_sha256,
    )
    await connection.execute(
        "INSERT INTO access_log (at, caller, municipality, citizen_id, what, purpose, correlation_id)"
        " SELECT $1, $2, $3, citizen_id, $4, $5, $6 FROM unnest($7::uuid[]) AS citizen_id",
        entry.made_at,
        entry.made_by,
        entry.municipality,
        f"research extract {json.dumps(entry.project, ensure_ascii=False)}",
        entry.purpose,
        str(entry.extract_id),
        list(citizens),
    )
