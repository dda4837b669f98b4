"""The citizens that courses knows, from intake's events: whom it may enrol, and under which id."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import asyncpg

from shared.contracts.intake import CitizenErased, CitizenRegistered, CitizensMerged
from shared.persistence import Transaction
from shared.problems import NotFound, Refused

SAME_CITIZEN = """
    WITH kept AS (SELECT coalesce((SELECT merged_into FROM known_citizen WHERE citizen_id = $1), $1) AS citizen_id)
    SELECT citizen_id FROM kept
    UNION SELECT k.citizen_id FROM known_citizen AS k JOIN kept ON k.merged_into = kept.citizen_id
"""


async def must_know(tx: Transaction, citizens: Iterable[UUID], municipality: str) -> None:
    """Refuse citizens that intake has not told of, or that stand under another id now.

    They stay locked until the commit, so that two decisions about one citizen follow each other.
    """
    wanted = set(citizens)
    rows = await tx.fetch(
        "SELECT citizen_id, merged_into FROM known_citizen"
        " WHERE citizen_id = ANY($1) AND municipality = $2 AND NOT erased ORDER BY citizen_id FOR UPDATE",
        list(wanted),
        municipality,
    )
    must_be_all(wanted, rows)


def must_be_all(wanted: set[UUID], rows: Sequence[asyncpg.Record]) -> None:
    """Refuse unless these rows of ``known_citizen`` are of all who are wanted, and none stands under another id."""
    if unknown := wanted - {row["citizen_id"] for row in rows}:
        raise Refused(
            "citizen-unknown",
            "No such citizen in your municipality, or not yet",
            "A registration may take a moment to arrive here. Check the id and try again; "
            "repeating the request with the same Idempotency-Key is safe.",
            citizen_ids=sorted(map(str, unknown)),
        )
    if merged := {str(row["citizen_id"]): str(row["merged_into"]) for row in rows if row["merged_into"]}:
        raise Refused(
            "citizen-merged",
            "This citizen stands under another id now",
            "Use the kept id: `kept` gives it for each.",
            kept=merged,
        )


async def same_citizen(tx: Transaction, one: UUID, other: UUID) -> bool:
    """Whether two ids are one citizen, by what was merged."""
    return one == other or bool(await tx.fetchval(f"SELECT $2 IN ({SAME_CITIZEN})", one, other))


async def must_be_ours(tx: Transaction, citizen_id: UUID, municipality: str) -> None:
    """Raise NotFound for a citizen that this municipality may not read."""
    known = await tx.fetchval(
        "SELECT true FROM known_citizen WHERE citizen_id = $1 AND municipality = $2 AND NOT erased",
        citizen_id,
        municipality,
    )
    if not known:
        raise NotFound("citizen-unknown", "No such citizen in your municipality", "Check the id.")


async def know(tx: Transaction, event: CitizenRegistered) -> None:
    """A citizen may be enrolled. What is known of a merger or an erasure already, holds."""
    await tx.execute(
        "INSERT INTO known_citizen (citizen_id, municipality, erased) VALUES ($1, $2, false) ON CONFLICT DO NOTHING",
        event.citizen_id,
        event.municipality,
    )


async def merge(tx: Transaction, event: CitizensMerged) -> None:
    """One id, and every id merged into it before, now stands for the kept citizen; mergers may arrive in any order."""
    merged = await tx.fetchval("SELECT merged_into FROM known_citizen WHERE citizen_id = $1", event.citizen_id)
    kept = merged or event.citizen_id
    await tx.execute(
        """
        INSERT INTO known_citizen (citizen_id, municipality, merged_into, erased) VALUES ($1, $2, $3, false)
        ON CONFLICT (citizen_id) DO UPDATE SET merged_into = excluded.merged_into
        """,
        event.merged_id,
        event.municipality,
        kept,
    )
    await tx.execute("UPDATE known_citizen SET merged_into = $2 WHERE merged_into = $1", event.merged_id, kept)


async def erase(tx: Transaction, event: CitizenErased) -> None:
    """Nothing is kept of the citizen but that her ids are erased. Her seat goes to the line with the next command."""
    ids = [row["citizen_id"] for row in await tx.fetch(SAME_CITIZEN, event.citizen_id)]
    await tx.execute(
        """
        INSERT INTO known_citizen (citizen_id, municipality, erased) SELECT unnest($1::uuid[]), $2, true
        ON CONFLICT (citizen_id) DO UPDATE SET erased = true
        """,
        ids,
        event.municipality,
    )
    for table in ("invitation", "enrolment", "participation", "attendance", "certificate"):
        await tx.execute(f"DELETE FROM {table} WHERE citizen_id = ANY($1)", ids)
