"""Warming: after a start, the histories that were touched last are read and counted while there is nothing else to do.

So the first event of a citizen after a start is counted as fast as her next one. Memory is filled and no more: a
history is read while no batch is folded, and what is at hand by then stays as it is.
"""

import asyncio
import time
from collections.abc import Callable

from services.outcomes.projection import fact_table
from services.outcomes.projection.projection import Projection
from shared.persistence.connection import OwnConnection
from shared.persistence.database import Database

MOST = 20_000
"""Entities that are read at most: as many as there is room for, where they have sixty facts each."""
AT_ONCE = 10
"""Entities between which a batch may come: some four milliseconds."""
REST = 1
"""Times its cost that warming rests: it takes at most half of the time."""
REST_WHEN_BEHIND = 20
"""The same while events wait to be counted."""


async def warm(
    database: Database,
    projection: Projection,
    connection: OwnConnection,
    folding: asyncio.Lock,
    behind: Callable[[], bool],
) -> None:
    """Have the histories touched last at hand, until there is no room for more.

    ``folding`` is held by whoever folds a batch on this ``connection``, which is in no transaction otherwise.
    """
    async with database.connection() as reader:
        entities = await fact_table.touched_last(reader, MOST)
    for first in range(0, len(entities), AT_ONCE):
        async with folding:
            started = time.perf_counter()
            if not await projection.warm(connection, entities[first : first + AT_ONCE]):
                return
            took = time.perf_counter() - started
        await asyncio.sleep(took * (REST_WHEN_BEHIND if behind() else REST))
