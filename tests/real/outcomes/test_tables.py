"""The migrations make exactly the tables that ``services/outcomes/tables`` declares."""

from services.outcomes.tables import Table
from tests.conftest import NewDatabase
from tests.real.running_service import differences


async def test_the_migrations_and_the_declared_tables_agree(new_database: NewDatabase) -> None:
    assert await differences(await new_database("outcomes"), Table.metadata) == []
