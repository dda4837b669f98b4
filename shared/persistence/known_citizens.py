"""The citizens that a service knows by intake's events: whom it may be told of, and which ids are one citizen.

Each service keeps its own table ``known_citizen`` (``citizen_id``, ``municipality``, ``merged_into``, ``erased``, and
what else it wants to know), and one law holds for all. Each reaction has a durable of its own, so a citizen's events
may come in any order: what a merger or an erasure has said already, holds. Whoever was merged stands directly under the
id that was kept last, and where one of her ids is erased, all are.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

import asyncpg

from shared.persistence.transaction import Transaction
from shared.problems import NotFound, Refused

SAME_CITIZEN = """
    WITH kept AS (SELECT coalesce((SELECT merged_into FROM known_citizen WHERE citizen_id = $1), $1) AS citizen_id)
    SELECT citizen_id FROM kept
    UNION SELECT one.citizen_id FROM known_citizen AS one JOIN kept ON one.merged_into = kept.citizen_id
"""
"""Every id of the citizen $1."""
WHO_IS_WHOM = "known citizens: who is whom"
"""A merger and an erasure of one citizen must see each other, whichever comes first."""


async def know(tx: Transaction, citizen_id: UUID, municipality: str) -> None:
    """Intake registered her here: from now on commands may name her."""
    await tx.execute(
        "INSERT INTO known_citizen AS known (citizen_id, municipality, erased) VALUES ($1, $2, false)"
        " ON CONFLICT (citizen_id) DO UPDATE SET municipality = excluded.municipality WHERE known.municipality IS NULL",
        citizen_id,
        municipality,
    )


async def merge(tx: Transaction, kept_id: UUID, merged_id: UUID, municipality: str) -> Sequence[UUID]:
    """One id, and every id merged into it before, now stands under the kept one.

    Returns her ids when she is erased already: what is held under them must go. Else none.
    """
    await tx.one_at_a_time(WHO_IS_WHOM)
    known = await tx.fetchval("SELECT merged_into FROM known_citizen WHERE citizen_id = $1", kept_id)
    kept = known or kept_id  # who was herself merged meanwhile leads on
    await tx.execute(
        "INSERT INTO known_citizen (citizen_id, municipality, merged_into, erased) VALUES ($1, $2, $3, false)"
        " ON CONFLICT (citizen_id) DO UPDATE SET merged_into = excluded.merged_into",
        merged_id,
        municipality,
        kept,
    )
    await tx.execute("UPDATE known_citizen SET merged_into = $2 WHERE merged_into = $1", merged_id, kept)
    erased = f"SELECT bool_or(erased) FROM known_citizen WHERE citizen_id IN ({SAME_CITIZEN})"
    return await erase(tx, kept, municipality) if await tx.fetchval(erased, kept) else ()


async def erase(tx: Transaction, citizen_id: UUID, municipality: str) -> Sequence[UUID]:
    """Nothing stays of her but that her ids are erased. Returns them: what is held under them must go."""
    await tx.one_at_a_time(WHO_IS_WHOM)
    ids = [row["citizen_id"] for row in await tx.fetch(SAME_CITIZEN, citizen_id)]
    await tx.execute(
        "INSERT INTO known_citizen (citizen_id, municipality, erased)"
        " SELECT one, $2, true FROM unnest($1::uuid[]) AS one ON CONFLICT (citizen_id) DO UPDATE SET erased = true",
        ids,
        municipality,
    )
    return ids


async def must_be_known(tx: Transaction, citizen_id: UUID, municipality: str) -> None:
    """Raise NotFound for a citizen that this municipality may not know of. An id that was merged may be read."""
    known = await tx.fetchval(
        "SELECT true FROM known_citizen WHERE citizen_id = $1 AND municipality = $2 AND NOT erased",
        citizen_id,
        municipality,
    )
    if not known:
        raise NotFound(
            "citizen-unknown",
            "No such citizen in your municipality",
            "Check the id. A citizen who was registered a moment ago may not be known here yet: try again in a second.",
        )


async def lock(tx: Transaction, citizens: Collection[UUID], municipality: str) -> None:
    """Lock whom a decision is about until the commit, so that two decisions about one citizen follow each other.

    Raises Refused like ``must_be_all``.
    """
    rows = await tx.fetch(
        "SELECT citizen_id, merged_into FROM known_citizen"
        " WHERE citizen_id = ANY($1) AND municipality = $2 AND NOT erased ORDER BY citizen_id FOR UPDATE",
        list(citizens),
        municipality,
    )
    must_be_all(citizens, rows)


def must_be_all(citizens: Collection[UUID], rows: Sequence[asyncpg.Record]) -> None:
    """Raise Refused unless these rows of ``known_citizen`` are of all citizens, and none stands under another id."""
    if unknown := set(citizens) - {row["citizen_id"] for row in rows}:
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


async def same(tx: Transaction, one: UUID, other: UUID) -> bool:
    """Whether two ids are one citizen."""
    return one == other or bool(await tx.fetchval(f"SELECT $2 IN ({SAME_CITIZEN})", one, other))
