"""Intake running on real PostgreSQL and NATS."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from services.intake.app import app
from shared.web import Role
from tests.conftest import NewDatabase
from tests.real.intake.efforts import Efforts
from tests.real.intake.office import SITE, VISIT, registered
from tests.real.running_service import RunningService, running_service
from tests.real_machines import RealNats
from tests.today import tomorrow


@pytest.fixture
async def intake(
    new_database: NewDatabase, empty_bus: RealNats, own_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[RunningService]:
    """The running service."""
    async with running_service(app, await new_database("intake"), empty_bus, own_directory, monkeypatch) as service:
        yield service


@pytest.fixture
def caseworker(intake: RunningService) -> httpx.AsyncClient:
    """A caseworker of Copenhagen."""
    return intake.caller(Role.CASEWORKER)


@pytest.fixture
def efforts(intake: RunningService, empty_bus: RealNats) -> Efforts:
    """The courses service, as intake hears it in Copenhagen."""
    return Efforts(intake, empty_bus)


@pytest.fixture
async def ids(caseworker: httpx.AsyncClient) -> dict[str, str]:
    """A citizen with a barrier and a referral, somebody who waits at a site, and a visit of somebody else."""
    citizen_id = await registered(caseworker)
    await caseworker.post(f"/citizens/{citizen_id}/barriers", json={"kind": "reading", "severity": "low"})
    referral = {"offer": "workshop", "reason": "e-Boks", "due": str(tomorrow())}
    made = await caseworker.post(f"/citizens/{citizen_id}/referrals", json=referral)
    opening_id = (await caseworker.post("/openings", json={"site": SITE})).json()["opening_id"]
    waits = await caseworker.post(f"/openings/{opening_id}/check-ins")
    (visit_id,) = (await caseworker.post("/visits", json=VISIT)).json()["visit_ids"]
    places = {"o": opening_id, "k": waits.json()["check_in_id"], "v": visit_id}
    return {"c": citizen_id, "r": made.json()["referral_id"]} | places
