"""Brings a service's database to the newest version."""

import importlib
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory


def migrations_of(service: str) -> Path:
    """The folder of a service's migrations."""
    module = importlib.import_module(f"services.{service}")
    assert module.__file__ is not None
    return Path(module.__file__).parent / "migrations"


def migrate(service: str, address: str, password: str | None = None) -> None:
    """Run the migrations that the database at ``address`` has not seen. Blocking: call it outside an event loop.

    Two processes that start together are safe: the whole run holds one advisory lock in one transaction.
    """
    config = Config()
    config.set_main_option("script_location", str(migrations_of(service)))
    config.attributes["address"] = address
    config.attributes["password"] = password
    command.upgrade(config, "head")


def newest_version(service: str) -> str | None:
    """The version that this program's migrations lead to."""
    return ScriptDirectory(str(migrations_of(service))).get_current_head()
