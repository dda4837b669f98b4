"""What a command stored goes out to the bus, whether or not the services run meanwhile."""

import asyncio
from collections.abc import Mapping

from shared.messaging.bus import Bus
from shared.messaging.relay import Relay
from shared.persistence.database import Database
from shared.tasks import end

LOOK_AGAIN_S = 0.05


async def publish_all(databases: Mapping[str, Database], bus: Bus, stream: str) -> None:
    """Return when everything in the services' logs is on the bus: by the services' own relays, or by relays of ours.

    Of two relays of a service one works and the other stands by.
    """
    relays = [asyncio.create_task(Relay(name, database, bus, stream).run()) for name, database in databases.items()]
    try:
        for database in databases.values():
            last = await database.pool.fetchval("SELECT coalesce(max(id), 0) FROM event_log")
            while await database.pool.fetchval("SELECT cursor FROM relay") < last:  # noqa: ASYNC110 - others may write it
                await asyncio.sleep(LOOK_AGAIN_S)
    finally:
        await end(*relays)
