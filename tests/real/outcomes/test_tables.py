"""The migrations make exactly the tables that ``tables.py`` declares."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from services.outcomes.tables import Table
from shared.persistence.addresses import sqlalchemy_url
from tests.conftest import NewDatabase

SHARED = {"entity", "event_log", "relay", "handled", "parked", "idempotency", "access_log", "alembic_version"}


def differences(connection: Connection) -> list[Any]:
    """What Alembic would change; tables that every service shares are not of this service."""

    def ours(thing: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
        return not (kind == "table" and reflected and name not in Table.metadata.tables)

    context = MigrationContext.configure(
        connection, opts={"include_object": ours, "compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, Table.metadata))


async def test_the_migrations_and_the_declared_tables_agree(new_database: NewDatabase) -> None:
    url, arguments = sqlalchemy_url(await new_database("outcomes"))
    engine = create_async_engine(url, connect_args=arguments, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            assert await connection.run_sync(differences) == []
    finally:
        await engine.dispose()
