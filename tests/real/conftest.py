"""What several packages of real tests start from: a bus, a log, a stage for the projector, two stories."""

from collections.abc import AsyncIterator

import pytest

from shared.contracts.envelope import Envelope
from shared.messaging.bus import Bus
from shared.persistence import Database
from tests.conftest import NewDatabase
from tests.real.delivery import connected
from tests.real.projecting import STORIES, Stage
from tests.real.story import story
from tests.real_machines import RealNats


@pytest.fixture
async def bus(empty_bus: RealNats) -> AsyncIterator[Bus]:
    """A connection to a broker that has the stream, and nothing in it."""
    async with connected(empty_bus.url) as bus:
        yield bus


@pytest.fixture
async def database(new_database: NewDatabase) -> AsyncIterator[Database]:
    """A log of intake, with nothing in it."""
    database = Database(await new_database("intake"))
    await database.open()
    yield database
    await database.close()


@pytest.fixture
async def stage(empty_bus: RealNats, new_database: NewDatabase) -> AsyncIterator[Stage]:
    """A bus and a database of outcomes, with nothing in them."""
    async with Stage.on(empty_bus.url, await new_database("outcomes")) as stage:
        yield stage


@pytest.fixture(scope="module")
def told() -> list[Envelope]:
    """The events of Næstved and of the Azure pilot."""
    return [envelope for name in STORIES for envelope in story(name)]
