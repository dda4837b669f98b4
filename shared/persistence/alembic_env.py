"""Runs a service's migrations: each service's ``migrations/env.py`` is one call of this."""

import asyncio

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

from shared.persistence.addresses import sqlalchemy_url


def run() -> None:
    """Bring the database that ``-x``/``sqlalchemy.url`` names to the newest version, in one transaction."""
    asyncio.run(_run())


async def _run() -> None:
    address = context.config.attributes.get("address") or context.config.get_main_option("sqlalchemy.url")
    assert address, "say which database: Config.attributes['address'] or sqlalchemy.url"
    url, arguments = sqlalchemy_url(address)
    if password := context.config.attributes.get("password"):
        arguments["password"] = password
    engine = create_async_engine(url, connect_args=arguments, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_migrate)
    finally:
        await engine.dispose()


def _migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=SQLModel.metadata, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()
