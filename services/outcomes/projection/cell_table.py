"""The table ``cell``: how often each cell counts, under its JSON text."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from services.outcomes.effect.cells import RECORDS, Cell
from shared.persistence.connection import Connection

ADD_CELLS = """
WITH added AS (
INSERT INTO cell AS c (key, kind, municipality, n)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[])
ON CONFLICT (key) DO UPDATE SET n = c.n + excluded.n
RETURNING key, n
)
SELECT key FROM added WHERE n = 0
"""

COUNTED = """
DROP TABLE IF EXISTS pg_temp.counted;
CREATE TEMPORARY TABLE counted (key text, kind text, municipality text, n bigint) ON COMMIT DROP
"""
ADD_COUNTED = """
INSERT INTO cell AS c (key, kind, municipality, n) SELECT * FROM counted
ON CONFLICT (key) DO UPDATE SET n = c.n + excluded.n;
TRUNCATE counted
"""


async def add_cells(connection: Connection, differences: Mapping[Cell, int]) -> None:
    """Add differences to the counts; a count that comes to nothing is no row."""
    changed = {cell: n for cell, n in differences.items() if n}
    if not changed:
        return
    rows = sorted(cell_row(cell, n) for cell, n in changed.items())
    nothing = await connection.fetch(ADD_CELLS, *([row[column] for row in rows] for column in range(4)))
    if nothing:
        await connection.execute("DELETE FROM cell WHERE key = ANY($1)", [row["key"] for row in nothing])


async def begin_counting(connection: Connection) -> None:
    """Empty the table; ``add_counted`` fills it and ``end_counting`` is the last to touch it. Inside a transaction."""
    await connection.execute("DELETE FROM cell")
    await connection.execute(COUNTED)


async def add_counted(connection: Connection, counted: Mapping[Cell, int]) -> None:
    """Add what was counted since the last call. A copy: for the caller a third of what ``add_cells`` costs."""
    await connection.copy_records_to_table("counted", records=[cell_row(cell, n) for cell, n in counted.items()])
    await connection.execute(ADD_COUNTED)


async def end_counting(connection: Connection) -> None:
    """A count that came to nothing is no row."""
    await connection.execute("DELETE FROM cell WHERE n = 0")


def cell_row(cell: Cell, n: int) -> tuple[str, str, str, int]:
    """A cell as the table keeps it, in the order of its columns: its JSON text is its key."""
    return _encode(cell).decode(), cell[0], cell[1], n


async def cells_of_course(connection: Connection, municipality: str, course: str, kind: str) -> list[tuple[Cell, int]]:
    """The cells of a kind that names its course first, of one course."""
    beginning = _encode([kind, municipality, course]).decode()[:-1]
    rows = await connection.fetch(
        "SELECT key, n FROM cell WHERE key >= $1 AND key < $2", f"{beginning},", f"{beginning}-"
    )  # "-" comes after ",": all keys that begin so, in the order of the index
    return [(cell_from(row["key"]), row["n"]) for row in rows]


def cell_from(key: str) -> Cell:
    """The cell in a key."""
    try:
        return _DECODERS[key[2 : key.index('"', 2)]](key)  # type: ignore[no-any-return]
    except (KeyError, msgspec.ValidationError):  # of an earlier release, or what a strange fact gave
        return _tuples(json.loads(key))  # type: ignore[no-any-return]


_encode = msgspec.json.Encoder().encode
_DECODERS = {kind: msgspec.json.Decoder(record).decode for kind, record in RECORDS.items()}


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
