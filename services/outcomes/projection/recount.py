"""Counts every stored history anew: what changed definitions need, and the second half of a rebuild.

The facts are all there, so nothing is read from the bus. Whoever was erased has none: what was kept of them is added.
"""

import asyncio
from collections.abc import Container, Iterable, Mapping
from typing import Any
from uuid import UUID

import asyncpg
import structlog

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import READS
from services.outcomes.effect.definitions import fingerprint
from services.outcomes.projection import alias_table, cell_table, kept, projector_table
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.counting import Counting, breaking
from services.outcomes.projection.histories import EncodedFacts, decoded
from services.outcomes.projection.part import IN_SQL, WHOLE, Part
from shared.persistence.connection import Connection
from shared.persistence.database import Database
from shared.tasks import end

log = structlog.get_logger(__name__)

CHUNK = 200
"""Entities read at once: about a citizen's 60 facts each."""
BREATHE_EVERY = 10
"""Entities counted between two looks at what the database says: some two milliseconds."""
BY_INDEX = """
SET LOCAL enable_sort = off; SET LOCAL enable_hashagg = off;
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off
"""
"""To sort all facts takes longer than all the rest. The ids of citizens who registered together are neighbours, and so
are their facts in the table: reading by the index is nearly in order, and begins at once."""
FRESH = """
DROP SCHEMA IF EXISTS recount CASCADE;
CREATE SCHEMA recount;
CREATE TABLE recount.cell (LIKE public.cell INCLUDING ALL);
SET LOCAL search_path = recount, public
"""
"""A table of its own: where every key stands deleted, putting it in again costs twice as much."""
SWAP = """
SET LOCAL lock_timeout = '500ms';
DROP TABLE public.cell;
ALTER TABLE recount.cell SET SCHEMA public;
SET LOCAL lock_timeout = DEFAULT
"""
COPY_OVER = "DELETE FROM public.cell; INSERT INTO public.cell SELECT * FROM recount.cell"
"""Slower. For when somebody reads the old table for long (a backup, a rebuild): everybody else would wait behind us."""
DONE = "DROP SCHEMA recount CASCADE; SET LOCAL search_path = public"
WAIT_FOR_COMMITS = "LOCK TABLE fact, cell, alias IN SHARE ROW EXCLUSIVE MODE"
"""Before the checkpoint is touched: a projector that commits has the tables first and wants the checkpoint next."""
IN_ORDER = """
DECLARE histories NO SCROLL CURSOR FOR
SELECT entity, count(*), string_agg(body, '') FROM fact WHERE type = ANY($1) {} GROUP BY entity
"""
"""A row for each entity: to make one of every fact would cost us half of what counting costs."""
OF_A_PART = f"AND ({IN_SQL}) <> (entity = ANY($2))"
"""Of the entities that the part names, and of its strays the other way round."""
AS_THEY_CAME = "SELECT body FROM fact WHERE entity = ANY($1) AND type = ANY($2) ORDER BY ctid"


async def recount(connection: Connection, owner: int) -> int:
    """Count all cells anew by the definitions as they are now, and say how many; readers see the old ones until then.

    ``owner`` is the projector's fencing token. A fact that breaks its history is left out; its place is then a gap.
    """
    async with connection.transaction():
        await connection.execute(WAIT_FOR_COMMITS)
        await projector_table.save_definitions(connection, owner, fingerprint())
        aliases = Aliases()
        for root, swallowed in await alias_table.aliases(connection):
            aliases.unite(root, swallowed)
        await connection.execute(FRESH)
        await count_histories(connection, aliases)
        await cell_table.add_cells(connection, await kept.cells(connection))
        try:
            async with connection.transaction():
                await connection.execute(SWAP)
        except asyncpg.LockNotAvailableError:
            await connection.execute(COPY_OVER)
        await connection.execute(DONE)
        cells: int = await connection.fetchval("SELECT count(*) FROM cell")
    log.info("histories-recounted", cells=cells)
    return cells


async def recount_now(database: Database) -> int:
    """The same while a projector may be at work: it is fenced, and begins again from what we leave."""
    connection = await database.connect()
    try:
        async with connection.transaction():
            await connection.execute(WAIT_FOR_COMMITS)
            taken = await projector_table.take_over(connection)
            return await recount(connection, taken.owner)
    finally:
        await connection.close()


async def count_histories(
    connection: Connection, aliases: Aliases, passing_over: Container[str] = (), part: Part = WHOLE
) -> None:
    """Replace all cells by those of the stored facts, or of one part of them, but for some entities'.

    Inside a transaction.
    """
    await connection.execute(BY_INDEX)
    while True:
        await cell_table.begin_counting(connection)
        uncountable = await _count(connection, aliases, passing_over, part)
        if not uncountable:
            return
        broken = [fact for root in uncountable for fact in await breaking_of(connection, aliases.members(root))]
        log.error("facts-uncountable", event_ids=[str(event_id) for event_id in broken])
        await connection.execute("DELETE FROM fact WHERE event_id = ANY($1)", broken)


async def _count(connection: Connection, aliases: Aliases, passing_over: Container[str], part: Part) -> list[str]:
    """Count one history after the other; the entities with facts that break theirs: it must be done again."""
    counting = Counting(aliases, passing_over)
    if part == WHOLE:
        await connection.execute(IN_ORDER.format(""), sorted(READS))
    else:
        condition = OF_A_PART.format(of=part.of, number=part.number)
        await connection.execute(IN_ORDER.format(condition), sorted(READS), part.strays(aliases))
    records = await _next(connection)
    while records:
        counted, counting.cells = counting.cells, {}
        ahead = asyncio.create_task(_meanwhile(connection, counted))
        try:
            for first in range(0, len(records), BREATHE_EVERY):
                await asyncio.sleep(0)  # the database works while we count, but must be talked to
                few = records[first : first + BREATHE_EVERY]
                counting.take((entity, EncodedFacts(count, block)) for entity, count, block in few)
            records = await ahead
        finally:
            await end(ahead)  # broken off while we count: the connection must be free for the rollback
    await connection.execute("CLOSE histories")  # the driver's own cursor would hold the table until the commit
    united = counting.finish()
    await cell_table.add_counted(connection, counting.cells)
    await cell_table.end_counting(connection)
    await alias_table.add_aliases(connection, united)
    return counting.uncountable


async def _meanwhile(connection: Connection, counted: Mapping[Cell, int]) -> list[Any]:
    """Put away what was counted, and fetch the next facts."""
    if counted:
        await cell_table.add_counted(connection, counted)
    return await _next(connection)


async def _next(connection: Connection) -> list[Any]:
    return await connection.fetch(f"FETCH {CHUNK} FROM histories")


async def breaking_of(connection: Connection, entities: Iterable[str]) -> list[UUID]:
    """The ids of the facts that break the history of these entities, which are united."""
    rows = await connection.fetch(AS_THEY_CAME, list(entities), sorted(READS))
    return breaking(decoded(row["body"] for row in rows))
