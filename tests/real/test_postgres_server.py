"""The embedded PostgreSQL server: durable, private, and clear about what is wrong with its directory."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest

from deploy.embedded import PostgresServer, StackError
from tests.real_machines import running

START_AND_VANISH = """
import os, pathlib, sys
from deploy.embedded import PostgresServer
server = PostgresServer(pathlib.Path(sys.argv[1]))
server.start()
print(server.pid, flush=True)
os._exit(9)
"""


async def run(address: str, *statements: str) -> object:
    """The value of the last statement."""
    connection = await asyncpg.connect(address)
    try:
        value = None
        for statement in statements:
            value = await connection.fetchval(statement)
        return value
    finally:
        await connection.close()


async def keep_seven(server: PostgresServer) -> None:
    await run(server.admin_dsn, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)")


async def kept(server: PostgresServer) -> object:
    return await run(server.admin_dsn, "SELECT n FROM kept")


async def test_its_settings_are_durable_and_it_listens_on_no_network(own_postgres: PostgresServer) -> None:
    connection = await asyncpg.connect(own_postgres.admin_dsn)
    settings = {row["name"]: row["setting"] for row in await connection.fetch("SELECT name, setting FROM pg_settings")}
    encoding = await connection.fetchval("SELECT pg_encoding_to_char(encoding) FROM pg_database LIMIT 1")
    await connection.close()

    assert settings["server_version"] == "18.4"
    assert [settings[name] for name in ("fsync", "synchronous_commit", "full_page_writes")] == ["on", "on", "on"]
    assert settings["data_checksums"] == "on"
    assert settings["listen_addresses"] == ""
    assert settings["unix_socket_permissions"] == "0700"
    assert settings["idle_in_transaction_session_timeout"] == "60000"
    assert settings["max_connections"] == "200"
    assert settings["TimeZone"] == "UTC"
    assert encoding == "UTF8"


async def test_committed_rows_survive_a_kill_on_the_same_address(own_postgres: PostgresServer) -> None:
    address = own_postgres.admin_dsn
    await keep_seven(own_postgres)

    own_postgres.kill()
    assert own_postgres.pid is None
    await asyncio.to_thread(own_postgres.restart)

    assert own_postgres.admin_dsn == address
    assert await kept(own_postgres) == 7


async def test_a_second_start_keeps_the_data(own_directory: Path) -> None:
    with running(PostgresServer(own_directory)) as first:
        await keep_seven(first)

    with running(PostgresServer(own_directory)) as second:
        assert second.admin_dsn == first.admin_dsn
        assert await kept(second) == 7


async def test_a_database_belongs_to_its_role_and_admits_no_other(own_postgres: PostgresServer) -> None:
    await asyncio.gather(*(own_postgres.create_database(name) for name in ("intake", "intake", "courses")))
    await own_postgres.create_database("intake")

    assert await run(own_postgres.dsn("intake"), "SELECT current_user || '/' || current_database()") == "intake/intake"
    assert await run(own_postgres.dsn("intake"), "CREATE TABLE mine (n int)", "SELECT count(*) FROM mine") == 0
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await run(own_postgres.dsn("intake", "courses"), "SELECT 1")


async def test_a_database_name_is_never_sql(own_postgres: PostgresServer) -> None:
    with pytest.raises(ValueError, match="not a plain name"):
        await own_postgres.create_database("x; DROP DATABASE postgres")


async def test_a_postmaster_killed_alone_leaves_nothing_in_the_way(own_postgres: PostgresServer) -> None:
    await keep_seven(own_postgres)
    pid = own_postgres.pid
    assert pid
    os.kill(pid, signal.SIGKILL)

    await asyncio.to_thread(own_postgres.restart)

    assert await kept(own_postgres) == 7


async def test_a_stale_pid_file_with_another_programs_number_is_no_obstacle(own_postgres: PostgresServer) -> None:
    await keep_seven(own_postgres)
    pid_file = own_postgres.directory / "data" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    own_postgres.kill()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    await asyncio.to_thread(own_postgres.start)

    assert await kept(own_postgres) == 7


def test_a_directory_in_use_is_refused_with_the_pid(own_postgres: PostgresServer) -> None:
    with pytest.raises(StackError, match=f"already running as pid {os.getpid()}"):
        PostgresServer(own_postgres.directory).start()
    assert own_postgres.pid


def test_a_server_whose_owner_vanished_is_refused_and_can_be_ended(own_directory: Path) -> None:
    vanished = subprocess.run(
        [sys.executable, "-c", START_AND_VANISH, str(own_directory)], check=False, stdout=subprocess.PIPE, text=True
    )
    orphan = int(vanished.stdout)
    server = PostgresServer(own_directory)

    with pytest.raises(StackError, match=rf"Another PostgreSQL server \(pid {orphan}\)"):
        server.start()
    server.end_orphan()

    with running(server):
        assert server.pid not in {None, orphan}


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda data: (data / "PG_VERSION").unlink(), "PG_VERSION is missing"),
        (lambda data: (data / "PG_VERSION").write_text("15\n"), r"made by PostgreSQL 15; this is PostgreSQL 18"),
        (lambda data: (data / "global" / "pg_control").unlink(), r"(?s)ended while starting.*pg_control"),
    ],
    ids=["no version", "another major version", "no control file"],
)
def test_a_broken_data_directory_is_refused_with_its_fault(
    own_postgres: PostgresServer, damage: Callable[[Path], object], message: str
) -> None:
    own_postgres.stop()
    damage(own_postgres.directory / "data")

    with pytest.raises(StackError, match=message):
        own_postgres.start()
    assert own_postgres.pid is None


def test_an_initialisation_that_was_cut_off_begins_again(own_directory: Path) -> None:
    half = own_directory / "data.unfinished"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    with running(PostgresServer(own_directory)) as server:
        assert server.pid
    assert not half.exists()


async def test_a_long_path_gets_its_socket_elsewhere_and_leaves_nothing_there(own_directory: Path) -> None:
    deep = own_directory / ("d" * 60) / ("e" * 60)

    with running(PostgresServer(deep)) as server:
        socket_directory = Path(server.admin_dsn.partition("?host=")[2])
        assert socket_directory.parent == Path("/tmp")
        assert await run(server.admin_dsn, "SELECT 1") == 1
        await asyncio.to_thread(server.restart)
        assert await run(server.admin_dsn, "SELECT 2") == 2
    assert not socket_directory.exists()
