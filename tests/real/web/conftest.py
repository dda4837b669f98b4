"""All services, running for a module of tests."""

from collections.abc import AsyncIterator

import pytest

from tests.real.running_services import RunningServices, running_services
from tests.real_machines import RealNats, RealPostgres, machine_directory


@pytest.fixture(scope="module")
async def services(postgres: RealPostgres, nats: RealNats) -> AsyncIterator[RunningServices]:
    """The four services with nothing recorded in them."""
    with machine_directory() as directory:
        async with running_services(postgres, nats, directory) as services:
            yield services
