"""A log of intake, for relays to read."""

from collections.abc import AsyncIterator

import pytest

from shared.persistence import Database
from tests.conftest import NewDatabase


@pytest.fixture
async def database(new_database: NewDatabase) -> AsyncIterator[Database]:
    database = Database(await new_database("intake"))
    await database.open()
    yield database
    await database.close()
