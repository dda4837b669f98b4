"""What is kept of citizens who were erased: their ids, that nothing comes back, and what they counted, without ids.

Tables ``erased`` and ``kept_cell``. Neither can be made again from the events once these are gone: they belong in every
backup, and no rebuild replaces them. A kept cell was counted by the definitions of its day and is counted on while its
kind has the fields that it was written with (``effect/layout``). After that it is set aside: it stays in its table, and
counts again where a release reads it again.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import structlog

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import entities
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.layout import layout
from services.outcomes.projection import cell_table, fact_table
from services.outcomes.projection.erased import Erased
from shared.persistence.connection import Connection

log = structlog.get_logger(__name__)

KEEP = """
WITH added AS (
INSERT INTO kept_cell AS k (key, layout, n) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])
ON CONFLICT (key, layout) DO UPDATE SET n = k.n + excluded.n RETURNING key, layout, n
)
SELECT key, layout FROM added WHERE n = 0
"""
NOTHING = "DELETE FROM kept_cell USING unnest($1::text[], $2::text[]) AS t(k, l) WHERE key = k AND layout = l"
EMPTY = """
UPDATE fact SET type = $3, body = '' FROM unnest($1::text[], $2::uuid[]) AS t(e, i) WHERE entity = e AND event_id = i
"""


async def erased(connection: Connection) -> Erased:
    """Everybody who was erased."""
    return Erased(row["entity"] for row in await connection.fetch("SELECT entity FROM public.erased"))


async def cells(connection: Connection) -> dict[Cell, int]:
    """What the erased count, by the living tables; what this release cannot read is told in the log."""
    found: dict[Cell, int] = {}
    aside: Counter[str] = Counter()
    for row in await connection.fetch("SELECT key, layout, n FROM public.kept_cell ORDER BY key"):
        cell = cell_table.cell_from(row["key"])
        if row["layout"] and row["layout"] == layout(cell[0]):
            found[cell] = found.get(cell, 0) + row["n"]
        else:
            aside[cell[0]] += 1
    if aside:
        log.warning("kept-cells-set-aside", cells=dict(aside))
    return found


async def keep(connection: Connection, counted: Mapping[Cell, int]) -> None:
    """Keep these cells too; a count that comes to nothing is no row."""
    rows = sorted((cell_table.cell_row(cell, n)[0], layout(cell[0]), n) for cell, n in counted.items() if n)
    if not rows:
        return
    nothing = await connection.fetch(KEEP, *(list(column) for column in zip(*rows, strict=True)))
    if nothing:
        await connection.execute(NOTHING, [row["key"] for row in nothing], [row["layout"] for row in nothing])


async def note(connection: Connection, members: Collection[str]) -> None:
    """Remember that these were erased."""
    await connection.execute("INSERT INTO erased (entity) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING", members)


async def forget(connection: Connection, members: Collection[str], facts: Iterable[Fact]) -> None:
    """Delete the histories of all ids of somebody, and empty what these facts of hers left in those of others."""
    await connection.execute("DELETE FROM fact WHERE entity = ANY($1)", members)
    elsewhere = [(entity, fact.id) for fact in facts for entity in {fact.subject, *entities(fact)} - set(members)]
    if elsewhere:
        await connection.execute(EMPTY, *(list(column) for column in zip(*elsewhere, strict=True)), fact_table.EMPTIED)
    await connection.execute("DELETE FROM alias WHERE merged = ANY($1) OR kept = ANY($1)", members)
