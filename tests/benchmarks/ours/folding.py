"""The projector on a backlog: parse, histories, cells, checkpoint in one transaction, and figures published beside."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from services.outcomes.effect.fact import fact_from_json
from services.outcomes.projection.cell_table import add_cells, cell_from
from services.outcomes.projection.erased import Erased, filed
from services.outcomes.projection.fact_table import insert_facts
from services.outcomes.projection.projector import Projector
from shared.settings import Settings
from shared.tasks import end
from tests.benchmarks.jobcenter import told
from tests.benchmarks.machines import Addresses
from tests.benchmarks.ours.connections import opened_bus, opened_database

NEW = 5
"""A fifth of the events is folded before the clock starts: a running projector has the histories it touches at hand,
and has published every document once."""


@asynccontextmanager
async def projecting(at: Addresses, *, batch: int | None = None, anew: bool = False) -> AsyncIterator[Projector]:
    """A projector until the block ends, from its checkpoint on; ``anew`` from nothing."""
    async with opened_database(at) as database, opened_bus(at) as bus:
        for table in ("fact", "cell", "alias", "projector", "gap") if anew else ():
            await database.pool.execute(f"TRUNCATE {table}")
        projector = Projector(database, bus, Settings(nats_url=at["nats_url"]), batch=batch)
        task = asyncio.create_task(projector.run())
        try:
            yield projector
        finally:
            await end(task)


async def _folded(projector: Projector, events: int) -> float:
    """When so many events are folded."""
    while projector.folded < events:
        await asyncio.sleep(0.002)
    return time.perf_counter()


async def backlog(at: Addresses, events: int) -> dict[str, Any]:
    """Events a second from nothing, in batches of whatever waits."""
    async with projecting(at, anew=True) as projector:
        started, used = time.perf_counter(), time.process_time()
        seconds = await _folded(projector, events) - started
        cpu = time.process_time() - used
    return {"rate": events / seconds, "cpu_us": cpu / events * 1e6}


async def batches(at: Addresses, events: int, batch: int) -> dict[str, Any]:
    """Events a second in batches of so many, on the history that is there.

    A fifth of the events is on the bus before; the others come when it says that it is ready.
    """
    async with projecting(at, batch=batch) as projector:
        await _folded(projector, events // NEW)
        while projector.unpublished or not projector.warmed:
            await asyncio.sleep(0.002)
        before = projector.folded
        print("ready", flush=True)
        await _folded(projector, before + 1)
        before, started, used = projector.folded, time.perf_counter(), time.process_time()
        seconds = await _folded(projector, events) - started
        cpu = time.process_time() - used
    return {"rate": (events - before) / seconds, "cpu_us": cpu / (events - before) * 1e6}


async def stored(at: Addresses, events: int, first: int, of: int, batch: int, cells: int) -> dict[str, Any]:
    """Batches of facts written with so many cells, that are there, changed for each; nothing is read or counted.

    What no projector on these tables can do without. Every batch is taken back.
    """
    facts = [fact_from_json(one.body) for one in told(events, first=first, of=of)]
    took = []
    async with opened_database(at) as database, database.pool.acquire() as connection:
        drawn = "SELECT key FROM cell TABLESAMPLE system(20) REPEATABLE (1) ORDER BY md5(key) LIMIT $1"
        counted = {cell_from(row["key"]): 1 for row in await connection.fetch(drawn, cells)}
        for start in range(0, events, batch):
            rows = [row for fact in facts[start : start + batch] for row in filed(fact, Erased())]
            transaction = connection.transaction()
            await transaction.start()
            started = time.perf_counter()
            await insert_facts(connection, rows)
            await add_cells(connection, counted)
            took.append(time.perf_counter() - started)
            await transaction.rollback()
    return {"seconds": statistics.median(took), "cells": len(counted)}
