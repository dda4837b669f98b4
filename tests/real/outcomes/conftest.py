"""Outcomes running on real PostgreSQL and NATS, and how its tests tell it of citizens."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from services.outcomes.app import app
from shared.web import Role
from tests.conftest import NewDatabase
from tests.real.outcomes.jobcenter import Jobcenter
from tests.real.running_service import RunningService, running_service
from tests.real_machines import RealNats


@pytest.fixture
async def outcomes(
    new_database: NewDatabase, empty_bus: RealNats, own_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[RunningService]:
    """The running service."""
    async with running_service(app, await new_database("outcomes"), empty_bus, own_directory, monkeypatch) as service:
        yield service


@pytest.fixture
async def jobcenter(outcomes: RunningService, empty_bus: RealNats) -> AsyncIterator[Jobcenter]:
    """A jobcenter that works with outcomes: its callers, citizens and companies."""
    async with Jobcenter.open(outcomes, empty_bus) as jobcenter:
        yield jobcenter


@pytest.fixture
def desk(outcomes: RunningService) -> httpx.AsyncClient:
    """The company desk."""
    return outcomes.caller(Role.COMPANY_DESK)


@pytest.fixture
def caseworker(outcomes: RunningService) -> httpx.AsyncClient:
    """A caseworker."""
    return outcomes.caller(Role.CASEWORKER)
