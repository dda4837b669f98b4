"""Assessment running on real PostgreSQL and NATS."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from services.assessment.app import app
from shared.contracts.intake import CitizenRegistered
from shared.web import Role
from tests.conftest import NewDatabase
from tests.real.assessment.browsing import PlainBrowser, link_to_test
from tests.real.assessment.measured import reached
from tests.real.running_service import RunningService, publish, running_service
from tests.real_machines import RealNats


@pytest.fixture
async def assessment(
    new_database: NewDatabase, empty_bus: RealNats, own_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[RunningService]:
    """The service, with one citizen known."""
    async with running_service(app, await new_database("assessment"), empty_bus, own_directory, monkeypatch) as service:
        await publish(empty_bus, CitizenRegistered.example())
        await reached(service, "SELECT true FROM known_citizen")
        yield service


@pytest.fixture
def caseworker(assessment: RunningService) -> httpx.AsyncClient:
    return assessment.caller(Role.CASEWORKER)


@pytest.fixture
def desk(assessment: RunningService) -> httpx.AsyncClient:
    return assessment.caller(Role.COMPANY_DESK)


@pytest.fixture
async def link(caseworker: httpx.AsyncClient) -> dict[str, str]:
    """A test that was just offered, and the link to it."""
    return await link_to_test(caseworker)


@pytest.fixture
def browser(assessment: RunningService) -> PlainBrowser:
    """A browser without scripts and cookies."""
    return PlainBrowser(assessment.caller())
