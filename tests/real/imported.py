"""A service's log applied in another database, as an import does: it gives the tables that the commands gave."""

from shared.persistence import Appliers, Database, Origin
from tests.real.running_service import RunningService


async def same_when_imported(service: RunningService, address: str, apply: Appliers, *tables: str) -> None:
    """Apply the service's log in an empty database of its own, twice: a second import changes nothing."""
    elsewhere = Database(address, apply)
    await elsewhere.open()
    try:
        for _ in range(2):
            async with elsewhere.transaction(Origin("import")) as tx:
                for envelope in await service.log():
                    await tx.store(envelope)
            for table in tables:
                rows = f"SELECT array_agg(t::text ORDER BY t::text) FROM {table} AS t"
                assert await elsewhere.pool.fetchval(rows) == await service.database.fetchval(rows), table
    finally:
        await elsewhere.close()
