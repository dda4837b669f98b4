"""The table ``alias``: which histories were united."""

from collections.abc import Iterable

from shared.persistence.connection import Connection


async def aliases(connection: Connection) -> list[tuple[str, str]]:
    """Every pair of united entities."""
    return [(row["kept"], row["merged"]) for row in await connection.fetch("SELECT kept, merged FROM alias")]


async def add_aliases(connection: Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Note entities that were united."""
    await connection.executemany(
        "INSERT INTO alias (merged, kept) VALUES ($2, $1) ON CONFLICT (merged) DO UPDATE SET kept = excluded.kept",
        list(pairs),
    )
