"""Courses running on real PostgreSQL and NATS."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.courses.app import app
from tests.conftest import NewDatabase
from tests.real.courses.school import School
from tests.real.running_service import RunningService, running_service
from tests.real_machines import RealNats


@pytest.fixture
async def courses(
    new_database: NewDatabase, empty_bus: RealNats, own_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[RunningService]:
    """The running service."""
    async with running_service(app, await new_database("courses"), empty_bus, own_directory, monkeypatch) as service:
        yield service


@pytest.fixture
async def school(courses: RunningService, empty_bus: RealNats) -> AsyncIterator[School]:
    """Those who use it."""
    async with School.open(courses, empty_bus) as school:
        yield school
