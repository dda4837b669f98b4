"""Tests and offers whose time is up end by themselves, also when the service was stopped meanwhile."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from services.assessment import expiry
from services.assessment.app import app
from services.assessment.expiry import Expiry
from services.assessment.state import APPLY
from shared.clock import now
from shared.contracts.intake import CitizenRegistered
from shared.messaging.bus import Bus
from shared.persistence import Database, database
from shared.settings import Settings
from shared.web import Role
from tests.conftest import NewDatabase
from tests.item_answers import right
from tests.real.answers import done, refused
from tests.real.assessment.measured import CITIZEN, reached
from tests.real.assessment.taking import Taking, offered
from tests.real.running_service import RunningService, publish, running_service
from tests.real_machines import RealNats
from tests.waiting import eventually

Later = Callable[[timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Puts the clocks of every transaction and of the look-out forward."""

    def put_forward(by: timedelta) -> None:
        for module in (database, expiry):
            monkeypatch.setattr(module, "now", lambda: now() + by)

    return put_forward


async def ended(service: RunningService, status: str) -> bool:
    """Wait until the test has ended so."""
    await reached(service, f"SELECT count(*) = 1 FROM test_session WHERE status = '{status}' AND due IS NULL")
    return True


class TestExpiry:
    async def test_after_24_hours_though_nobody_looks(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, later: Later
    ) -> None:
        test = await (await offered(assessment, caseworker)).begin()
        began = datetime.fromisoformat(test.shown["begun_at"])
        await test.respond(right)
        later(timedelta(hours=24, seconds=1))
        await ended(assessment, "expired")
        started, expired = await assessment.log(f"citizen/{CITIZEN}")
        assert (expired.name, expired.time, expired.data["test_id"]) == (
            "test-expired",
            began + timedelta(hours=24),
            test.test_id,
        )
        assert expired.data["bank_version"] == started.data["bank_version"]
        staff = await caseworker.post(f"/sessions/{test.test_id}/skip", json={"question": 2})
        refused(staff, 409, "test-expired")

    async def test_in_the_time_between_nothing_counts(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, later: Later, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        test = await (await offered(assessment, caseworker)).begin()
        monkeypatch.setattr(Expiry, "expire_due", _never)
        later(timedelta(hours=24, seconds=1))
        refused(await test.post("skip", {"question": 1}), 409, "test-expired")
        refused(await test.post("resume", {}), 409, "test-expired")
        assert len(await assessment.log()) == 1

    async def test_what_is_told_late_has_run_out_already(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        yesterday = {"happened": (now() - timedelta(hours=25)).isoformat()}
        body = {"purpose": "entry"} | yesterday
        test_id = done(await caseworker.post(f"/citizens/{CITIZEN}/sessions", json=body), 201)["test_id"]
        begin = {"reading": "fine", "danish": "fine", "device": "phone"} | yesterday
        done(await caseworker.post(f"/sessions/{test_id}/begin", json=begin))
        await ended(assessment, "expired")
        assert [envelope.name for envelope in await assessment.log()] == ["test-started", "test-expired"]

    async def test_an_offer_that_nobody_takes_up_lapses_and_nobody_is_told(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, later: Later
    ) -> None:
        test = await offered(assessment, caseworker)
        later(timedelta(days=7, seconds=1))
        await ended(assessment, "lapsed")
        refused(await caseworker.post(f"/sessions/{test.test_id}/abandon", json={}), 409, "test-lapsed")
        assert await assessment.log() == []
        done(await caseworker.post(f"/citizens/{CITIZEN}/sessions", json={"purpose": "entry"}), 201)

    async def test_after_a_restart_once_and_one_that_still_has_time_goes_on(
        self,
        new_database: NewDatabase,
        empty_bus: RealNats,
        own_directory: Path,
        monkeypatch: pytest.MonkeyPatch,
        later: Later,
    ) -> None:
        address = await new_database("assessment")

        def running() -> object:
            return running_service(app, address, empty_bus, own_directory, monkeypatch)

        async with running() as service:  # type: ignore[attr-defined]
            await publish(empty_bus, CitizenRegistered.example())
            await reached(service, "SELECT true FROM known_citizen")
            test = await (await offered(service, service.caller(Role.CASEWORKER))).begin()
            await test.respond(right)
        async with running() as service:  # type: ignore[attr-defined]
            standing = await Taking(test.test_id, test.client, {}).look()
            assert (standing["status"], standing["question"]) == ("running", test.shown["question"])
        later(timedelta(hours=24, seconds=1))
        async with running() as service:  # type: ignore[attr-defined]
            await ended(service, "expired")
            assert [envelope.name for envelope in await service.log()] == ["test-started", "test-expired"]
        async with running() as service:  # type: ignore[attr-defined]
            assert len(await service.log()) == 2

    async def test_two_copies_of_the_service_end_it_once(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, later: Later, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await (await offered(assessment, caseworker)).begin()
        pool = Database(assessment.address, APPLY)
        await pool.open()
        try:
            copies = [Expiry(pool, Bus("nats://nowhere"), Settings()) for _ in range(4)]
            later(timedelta(hours=24, seconds=1))
            for copy in copies:
                await copy.expire_due()
            await ended(assessment, "expired")
        finally:
            await pool.close()
        assert [envelope.name for envelope in await assessment.log()] == ["test-started", "test-expired"]

    async def test_readiness_says_when_nobody_looks(
        self, assessment: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ready = assessment.caller()
        assert done(await ready.get("/readyz"))["checks"]["expiry"] == "ok"
        monkeypatch.setattr("services.assessment.expiry.LATE_S", -1.0)

        async def told() -> bool:
            return "has not looked" in (await ready.get("/readyz")).json()["checks"]["expiry"]

        await eventually(told)


async def _never(_: Expiry) -> int:
    return 0
