"""Of several relays of a service one works; a stale one is fenced, a cut one comes back."""

import pytest

from shared.messaging import relay as relaying_module
from shared.messaging.bus import Bus
from shared.messaging.publisher import Publisher
from shared.messaging.relay import LOCK, Relay
from shared.persistence import Database
from shared.persistence.event_log import LogReader, Row
from tests.real.delivery import relayed, relaying
from tests.real.log_writers import append, registered
from tests.real.relay.log_and_bus import Gate, logged, on_the_bus
from tests.waiting import eventually

pytestmark = pytest.mark.anyio


async def test_one_relay_works_and_another_waits_until_it_is_gone(
    database: Database, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relaying_module, "POLL_S", 0.05)
    async with relaying(database, bus) as second_in_line:
        async with relaying(database, bus) as other:
            await eventually(lambda: second_in_line.leading or other.leading)
            await append(database, registered())
            await relayed(database)
            assert [second_in_line.leading, other.leading].count(True) == 1
            holder = await database.pool.fetchval(
                "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND granted", LOCK
            )
            assert holder
        await eventually(lambda: second_in_line.leading)
        await append(database, registered())
        await relayed(database)
    assert await on_the_bus(bus) == await logged(database)


async def test_a_stale_relay_is_fenced(database: Database, bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was paused with rows in its hand; another one took over, published them and more, and then it woke up."""
    async with relaying(database, bus) as stale:
        await eventually(lambda: stale.leading and stale.behind_s == 0)
        with monkeypatch.context() as patch:
            gate = Gate(patch)
            await append(database, registered())
            await gate.reached.wait()
        await append(database, registered())
        rows = await _rows(database)
        successor = Relay("intake", database, bus, "EVENTS")
        async with database.pool.acquire() as connection:
            successor._owner = await connection.fetchval("UPDATE relay SET owner = owner + 1 RETURNING owner")
            successor._trusted = bus.generation
            await successor._save(connection, rows[-1], await Publisher(bus, "EVENTS").publish(rows))
        owner = await database.pool.fetchval("SELECT owner FROM relay")
        gate.opened.set()
        await eventually(lambda: _owner_after(database, owner))
        assert await database.pool.fetchval("SELECT cursor FROM relay") == 2, "the stale one must not turn it back to 1"
        await append(database, registered())
        await relayed(database)
    assert await on_the_bus(bus) == await logged(database)


async def _rows(database: Database) -> list[Row]:
    async with database.pool.acquire() as connection:
        return await LogReader().read(connection)


async def _owner_after(database: Database, owner: int) -> bool:
    return int(await database.pool.fetchval("SELECT owner FROM relay")) > owner


async def test_survives_the_loss_of_its_connection_to_the_database(database: Database, bus: Bus) -> None:
    async with relaying(database, bus) as relay:
        await eventually(lambda: relay.leading and relay.behind_s == 0)
        cut = await database.pool.fetchval(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = $1", LOCK
        )
        assert cut
        await append(database, registered())
        await relayed(database)
    assert await on_the_bus(bus) == await logged(database)
