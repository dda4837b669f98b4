"""The citizens that assessment knows, from intake's events: whom it may know, who is at the jobcenter, under which id.

Each reaction has a consumer of its own, so two events of one citizen may arrive in either order. Each fact therefore
keeps the version of the event that it stems from, and an older event changes nothing.
"""

from datetime import date
from uuid import UUID

from services.assessment import session_log
from shared.persistence import Transaction

SAME_CITIZEN = """
    WITH kept AS (SELECT coalesce((SELECT merged_into FROM known_citizen WHERE citizen_id = $1), $1) AS citizen_id)
    SELECT citizen_id FROM kept
    UNION SELECT known.citizen_id FROM known_citizen AS known JOIN kept ON known.merged_into = kept.citizen_id
"""
"""Every id of the citizen $1."""


async def know(tx: Transaction, citizen_id: UUID, version: int, municipality: str | None) -> None:
    """Intake registered her in this municipality, or erased her (None)."""
    await tx.execute(
        """
        INSERT INTO known_citizen AS known (citizen_id, version, municipality, here, here_version)
        VALUES ($1, $2, $3, true, 0)
        ON CONFLICT (citizen_id) DO UPDATE SET version = excluded.version, municipality = excluded.municipality
        WHERE known.version < excluded.version
        """,
        citizen_id,
        version,
        municipality,
    )


async def came(tx: Transaction, citizen_id: UUID, version: int, since: date | None = None) -> None:
    """She is at the jobcenter: registered, or unemployed anew ``since`` a day that is not before the day she left.

    It may be told before the rest is: then she is not known yet, for her municipality is missing.
    """
    await tx.execute(
        """
        INSERT INTO known_citizen AS known (citizen_id, version, here, here_version) VALUES ($1, 0, true, $2)
        ON CONFLICT (citizen_id) DO UPDATE SET here = true, here_version = excluded.here_version
        WHERE known.here_version < excluded.here_version
            AND (known.left_on IS NULL OR $3::date IS NULL OR known.left_on <= $3)
        """,
        citizen_id,
        version,
        since,
    )


async def left(tx: Transaction, citizen_id: UUID, version: int, on: date) -> None:
    """She is at the jobcenter no more; that, too, may be told before the rest is."""
    await tx.execute(
        """
        INSERT INTO known_citizen AS known (citizen_id, version, here, here_version, left_on)
        VALUES ($1, 0, false, $2, $3)
        ON CONFLICT (citizen_id) DO UPDATE SET left_on = greatest(known.left_on, excluded.left_on),
            here = known.here AND known.here_version > excluded.here_version,
            here_version = greatest(known.here_version, excluded.here_version)
        """,
        citizen_id,
        version,
        on,
    )


async def merge(tx: Transaction, kept_id: UUID, merged_id: UUID) -> None:
    """One id, and every id merged into it before, now stands for the kept citizen; mergers may arrive in any order."""
    kept = await tx.fetchval("SELECT merged_into FROM known_citizen WHERE citizen_id = $1", kept_id) or kept_id
    await tx.execute(
        """
        INSERT INTO known_citizen (citizen_id, version, here, here_version, merged_into) VALUES ($1, 0, true, 0, $2)
        ON CONFLICT (citizen_id) DO UPDATE SET merged_into = excluded.merged_into
        """,
        merged_id,
        kept,
    )
    await tx.execute("UPDATE known_citizen SET merged_into = $2 WHERE merged_into = $1", merged_id, kept)
    if await tx.fetchval("SELECT version > 0 AND municipality IS NULL FROM known_citizen WHERE citizen_id = $1", kept):
        await forget(tx, kept, 0)  # her erasure came first


async def forget(tx: Transaction, citizen_id: UUID, version: int) -> None:
    """Her tests, results and gaps go, under every id that she had; the ids stay, for they must not come back."""
    ids = [row["citizen_id"] for row in await tx.fetch(SAME_CITIZEN, citizen_id)]
    await know(tx, citizen_id, version, None)
    await tx.execute("UPDATE known_citizen SET municipality = NULL WHERE citizen_id = ANY($1)", ids)
    await tx.execute(
        "DELETE FROM area_result WHERE test_id IN (SELECT test_id FROM test_result WHERE citizen_id = ANY($1))",
        ids,
    )
    await tx.execute("DELETE FROM test_result WHERE citizen_id = ANY($1)", ids)
    await tx.execute("DELETE FROM gap WHERE citizen_id = ANY($1)", ids)
    for one in ids:
        await session_log.forget(tx, one)
