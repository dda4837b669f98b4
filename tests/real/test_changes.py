"""Every event of every service, stored together with its change: it leaves the rows that an import of it leaves."""

from datetime import UTC, datetime

import pytest

from deploy.services import service_of
from shared.messaging.cloudevents import decode
from shared.persistence import Database
from tests.conftest import NewDatabase
from tests.real.log_writers import ORIGIN


@pytest.mark.parametrize("service", ["intake", "assessment", "courses", "outcomes"])
async def test_an_event_changes_the_same_when_it_is_told_and_when_it_is_imported(
    new_database: NewDatabase, service: str
) -> None:
    appliers = service_of(service).appliers
    told, imported = [Database(await new_database(service), appliers) for _ in range(2)]
    await told.open()
    await imported.open()
    async with told.transaction(ORIGIN) as tx:
        for _ in range(2):
            for event in appliers:
                await tx.append(event.example(), happened=datetime(2026, 3, 2, 9, tzinfo=UTC))
    async with imported.transaction(ORIGIN) as tx:
        for row in await told.pool.fetch("SELECT body FROM event_log ORDER BY id"):
            await tx.store(decode(row["body"]))
    changed = 0
    for (table,) in await told.pool.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        rows = f"SELECT array_agg(t::text ORDER BY t::text) FROM {table} AS t"
        found = await told.pool.fetchval(rows)
        assert found == await imported.pool.fetchval(rows), table
        changed += found is not None
    assert changed > 5
    await told.close()
    await imported.close()
