"""What the fixtures promise to every other test: real servers, empty when they say so, and nobody else's data."""

import urllib.request

import asyncpg
import nats
import pytest

from tests.conftest import NewDatabase
from tests.real_machines import RealNats, RealPostgres
from tests.waiting import eventually


async def test_each_database_is_its_own(new_database: NewDatabase, postgres: RealPostgres) -> None:
    first, second = await new_database(), await new_database()
    connection = await asyncpg.connect(first)
    await connection.execute("CREATE TABLE only_here (n int)")
    await connection.close()

    connection = await asyncpg.connect(second)
    assert await connection.fetchval("SELECT to_regclass('only_here')") is None
    assert await connection.fetchval("SELECT current_setting('server_version_num')::int / 10000") == 18
    assert await connection.fetchval("SELECT current_setting('synchronous_commit')") == "on"
    await connection.close()


async def test_a_dropped_database_is_gone_although_somebody_is_connected(postgres: RealPostgres) -> None:
    address = await postgres.fresh()
    connection = await asyncpg.connect(address)

    await postgres.drop(address)

    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await asyncpg.connect(address)
    connection.terminate()


async def test_an_empty_bus_has_no_stream_of_another_test(nats_url: str, stream_name: str, empty_bus: RealNats) -> None:
    client = await nats.connect(nats_url)
    stream = client.jetstream()
    await stream.add_stream(name=stream_name, subjects=[f"{stream_name}.>"])
    await stream.create_key_value(bucket=stream_name)

    await empty_bus.empty()

    assert await stream.streams_info() == []
    await client.close()


def test_the_bus_syncs_each_message_and_can_be_monitored(nats: RealNats) -> None:
    with urllib.request.urlopen(f"{nats.monitor_url}/varz") as answer:
        assert b'"sync_always": true' in answer.read()


async def test_waiting_ends_with_the_value_or_says_what_it_waited_for() -> None:
    values = iter([0, "", "here"])
    assert await eventually(lambda: next(values)) == "here"

    with pytest.raises(AssertionError, match=r"not within 0.05 s: the second coming \(last: 0\)"):
        await eventually(lambda: 0, 0.05, what="the second coming")
