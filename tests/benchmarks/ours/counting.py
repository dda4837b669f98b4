"""The projection counted anew: from the bus, from the stored histories, and by several processes."""

import time
from pathlib import Path
from typing import Any

from services.outcomes.projection import alias_table
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.part import Part
from services.outcomes.projection.rebuild import rebuild_from_bus
from services.outcomes.projection.recount import count_histories, recount_now
from tests.benchmarks.machines import Addresses, told_to_go_on
from tests.benchmarks.ours.connections import opened_bus, opened_database

OWN_CELLS = """
DROP SCHEMA IF EXISTS {schema} CASCADE;
CREATE SCHEMA {schema};
CREATE TABLE {schema}.cell (LIKE public.cell INCLUDING ALL);
CREATE TABLE {schema}.alias (LIKE public.alias INCLUDING ALL);
SET search_path = {schema}, public;
"""
ADD = """
DROP TABLE IF EXISTS added;
CREATE TABLE added AS
SELECT key, kind, municipality, sum(n)::bigint AS n FROM ({parts}) AS part
GROUP BY key, kind, municipality HAVING sum(n) <> 0;
ALTER TABLE added ADD PRIMARY KEY (key)
"""
DIFFERENCES = """
SELECT count(*) FROM cell FULL JOIN added USING (key)
WHERE (cell.kind, cell.municipality, cell.n) IS DISTINCT FROM (added.kind, added.municipality, added.n)
"""


def peak_mib() -> float:
    """The most memory that this process ever had."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this system does not tell a process how much memory it has used")


async def rebuild(at: Addresses) -> dict[str, Any]:
    """The whole projection from nothing; seconds, events, the peak of memory, and what it takes on disk."""
    async with opened_database(at) as database, opened_bus(at) as bus:
        started, used = time.perf_counter(), time.process_time()
        done = await rebuild_from_bus(database, bus, "EVENTS")
        seconds, cpu = time.perf_counter() - started, time.process_time() - used
        state = (await bus.ask("STREAM.INFO.EVENTS"))["state"]
        tables = await database.pool.fetchval("SELECT pg_database_size(current_database())")
    return {
        "seconds": seconds,
        "events": done.events,
        "cells": done.cells,
        "peak_mib": peak_mib(),
        "cpu_us": cpu / done.events * 1e6,
        "stream_bytes": state["bytes"],
        "table_bytes": tables,
    }


async def recount(at: Addresses) -> dict[str, Any]:
    """All cells again from the stored histories, which have settled: after a rebuild autovacuum does that in a minute.

    Whoever reads a page first after it was written marks what is committed, and with checksums writes it once more.
    """
    async with opened_database(at) as database:
        await database.pool.execute("VACUUM fact")
        started = time.perf_counter()
        cells = await recount_now(database)
        return {"seconds": time.perf_counter() - started, "cells": cells}


async def part(at: Addresses, number: int, of: int) -> dict[str, Any]:
    """One part of the stored histories into cells of its own, when it is told to go on; from when to when."""
    async with opened_database(at) as database:
        connection = await database.connect()
        aliases = Aliases()
        for kept, swallowed in await alias_table.aliases(connection):
            aliases.unite(kept, swallowed)
        await connection.execute(OWN_CELLS.format(schema=f"part_{number}"))
        await told_to_go_on()
        started = time.monotonic()
        async with connection.transaction():
            await count_histories(connection, aliases, part=Part(number, of))
        ended = time.monotonic()
        await connection.close()
    return {"started": started, "ended": ended}


async def merge(at: Addresses, of: int) -> dict[str, Any]:
    """The cells of the parts added up; how long that takes, and in how many cells the sum differs from the whole."""
    parts = " UNION ALL ".join(f"SELECT * FROM part_{number}.cell" for number in range(of))
    async with opened_database(at) as database:
        started = time.perf_counter()
        await database.pool.execute(ADD.format(parts=parts))
        seconds = time.perf_counter() - started
        differences = await database.pool.fetchval(DIFFERENCES)
        return {"seconds": seconds, "differences": differences}
