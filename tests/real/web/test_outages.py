"""Machines that stop and come back under a running service: what callers are told, and what probes say meanwhile."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx
import pytest

from deploy.embedded import NatsServer, PostgresServer
from shared.durability import Unsafe
from shared.messaging.bus import Bus
from shared.settings import Settings
from shared.web import Role
from shared.web import service as running
from tests.conftest import NewDatabase
from tests.real.forgery import good_claims
from tests.real.issuer import HttpIssuer, SigningKey
from tests.real.running_service import RunningService
from tests.real.running_services import one_service
from tests.real.web.jobcenter import COURSE
from tests.real.web.test_access import problem
from tests.real_machines import RealNats, RealPostgres
from tests.waiting import eventually

COMPANY = {"name": "Økoladen", "cvr": "12345678", "employees": 8}
OFF_HERE = """
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$
"""
COMES_BACK_WITHIN_S = 60


@asynccontextmanager
async def started(
    name: str, address: str, nats: RealNats | NatsServer, directory: Path, **given: object
) -> AsyncIterator[RunningService]:
    """A service on its own connection to a broker."""
    own = {"database_url": address, "nats_url": nats.url, "nats_monitor_url": nats.monitor_url}
    settings = Settings(data_directory=directory).model_copy(update=own | given)
    bus = Bus(settings.nats_url, monitor_url=settings.nats_monitor_url)
    await bus.open()
    try:
        async with one_service(name, settings, bus) as service:
            yield service
    finally:
        await bus.close()


async def checks(service: RunningService) -> tuple[int, dict[str, str]]:
    """What readiness says."""
    answer = await service.caller().get("/readyz")
    document = answer.json()
    assert document["ready"] is (answer.status_code == 200)
    return answer.status_code, document["checks"]


async def ready(service: RunningService) -> bool:
    return (await checks(service))[0] == 200


async def test_a_repeated_request_gets_its_answer_after_a_restart_too(
    new_database: NewDatabase, empty_bus: RealNats, own_directory: Path
) -> None:
    address, headers = await new_database("courses"), {"Idempotency-Key": str(uuid4())}
    answers = []
    for _ in range(2):
        async with started("courses", address, empty_bus, own_directory, cpr_key="00" * 32) as courses:
            answers.append(await courses.caller(*Role).post("/courses", json=COURSE, headers=headers))
            assert len(await courses.log()) == 1
    first, again = answers
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert again.headers["idempotent-replayed"] == "true"


@pytest.mark.timeout(180)
async def test_without_its_database_a_service_says_so_loses_nothing_and_comes_back_by_itself(
    own_postgres: PostgresServer, empty_bus: RealNats, own_directory: Path
) -> None:
    address = await RealPostgres(own_postgres.admin_dsn).fresh("courses")
    async with started("courses", address, empty_bus, own_directory) as courses:
        manager = courses.caller(*Role)
        assert (await manager.post("/courses", json=COURSE)).status_code == 201
        await asyncio.to_thread(own_postgres.stop)
        headers = {"Idempotency-Key": str(uuid4())}
        for _ in range(3):
            answer = await manager.post("/courses", json=COURSE, headers=headers)
            assert "Nothing was changed" in problem(answer, 503, "database-unavailable")["detail"]
            assert answer.headers["retry-after"] == "1"
        problem(await manager.get("/courses"), 503, "database-unavailable")
        status, said = await checks(courses)
        assert (status, said["database"].startswith("does not answer")) == (503, True)
        assert (await manager.get("/livez")).status_code == 200, "a restart would not help"
        await asyncio.to_thread(own_postgres.start)

        async def answered() -> httpx.Response | None:
            answer = await manager.post("/courses", json=COURSE, headers=headers)
            return answer if answer.status_code == 201 else None

        again = await eventually(answered, COMES_BACK_WITHIN_S)
        assert (await manager.post("/courses", json=COURSE, headers=headers)).content == again.content
        assert len((await manager.get("/courses")).json()) == 2
        await eventually(lambda: ready(courses), COMES_BACK_WITHIN_S)


@pytest.mark.timeout(180)
async def test_without_the_broker_commands_go_on_and_readiness_tells_what_waits(
    new_database: NewDatabase, own_nats: NatsServer, own_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BEHIND_LIMIT_S", 0.1)
    async with started("outcomes", await new_database("outcomes"), own_nats, own_directory) as outcomes:
        desk = outcomes.caller(*Role)
        await eventually(lambda: ready(outcomes), COMES_BACK_WITHIN_S)
        await asyncio.to_thread(own_nats.stop)
        assert (await desk.post("/companies", json=COMPANY)).status_code == 201, "the log keeps it"

        async def behind() -> bool:
            status, said = await checks(outcomes)
            assert status == 503
            assert said["broker"] == "not connected"
            assert said["relay"].startswith("committed events have waited")
            assert said["database"] == "ok"
            return True

        await eventually(behind, COMES_BACK_WITHIN_S)
        await asyncio.to_thread(own_nats.start)
        await eventually(lambda: ready(outcomes), COMES_BACK_WITHIN_S)
        published = "SELECT cursor >= (SELECT max(id) FROM event_log) FROM relay"
        counted = "SELECT EXISTS (SELECT FROM fact WHERE entity LIKE 'company/%')"
        for question in (published, counted):
            await eventually(lambda: outcomes.database.fetchval(question), COMES_BACK_WITHIN_S, what=question)  # noqa: B023


@pytest.mark.parametrize("name", ["courses", "outcomes"])
async def test_a_service_stops_at_once_though_the_broker_is_away(
    new_database: NewDatabase, own_nats: NatsServer, own_directory: Path, name: str
) -> None:
    async with started(name, await new_database(name), own_nats, own_directory) as service:
        await asyncio.to_thread(own_nats.stop)
        began = time.monotonic()
    assert time.monotonic() - began < 9, "it waits for no answer, which would take ten seconds"
    answer = await service.caller(*Role).get("/courses" if name == "courses" else "/companies")
    assert problem(answer, 503, "database-closed")["detail"] == "The service is starting or stopping."


async def test_a_service_whose_projector_does_not_follow_is_not_ready(
    new_database: NewDatabase, empty_bus: RealNats, own_directory: Path
) -> None:
    async with started("outcomes", await new_database("outcomes"), empty_bus, own_directory) as outcomes:
        await eventually(lambda: ready(outcomes), COMES_BACK_WITHIN_S)
        await outcomes.database.execute("ALTER TABLE fact RENAME TO gone")
        await outcomes.caller(*Role).post("/companies", json=COMPANY)

        async def stands_still() -> bool:
            status, said = await checks(outcomes)
            return (status, said["projector"]) == (503, "has not caught up with the stream yet")

        await eventually(stands_still, COMES_BACK_WITHIN_S)
        await outcomes.database.execute("ALTER TABLE gone RENAME TO fact")
        await eventually(lambda: ready(outcomes), COMES_BACK_WITHIN_S)


async def test_a_service_starts_on_no_database_that_would_lose_what_was_acknowledged(
    new_database: NewDatabase, empty_bus: RealNats, own_directory: Path
) -> None:
    address = await new_database("courses")
    connection = await asyncpg.connect(address)
    await connection.execute(OFF_HERE)
    await connection.close()
    with pytest.raises(Unsafe, match=r"synchronous_commit = off: a power cut would lose acknowledged events\."):
        async with started("courses", address, empty_bus, own_directory):
            pass
    async with started("courses", address, empty_bus, own_directory, allow_unsafe_durability=True) as courses:
        assert await ready(courses)


async def test_production_starts_with_no_issuer_of_its_own(
    new_database: NewDatabase, empty_bus: RealNats, own_directory: Path
) -> None:
    with pytest.raises(ValueError, match="production takes no local tokens: set LOEFT_ISSUER"):
        async with started("courses", await new_database("courses"), empty_bus, own_directory, profile="production"):
            pass


async def test_without_the_issuer_nobody_is_let_in_and_with_it_its_people_are(
    new_database: NewDatabase, empty_bus: RealNats, own_directory: Path
) -> None:
    issuer, key = HttpIssuer(), SigningKey.new("of-today", "ES256")
    issuer.publish(key)
    production = {"profile": "production", "issuer": issuer.url}
    async with started("courses", await new_database("courses"), empty_bus, own_directory, **production) as courses:
        person = courses.caller(Authorization=f"Bearer {key.sign(good_claims(issuer.url))}")
        answer = await person.get("/courses")
        assert "Try again" in problem(answer, 503, "issuer-unavailable")["detail"]
        assert answer.headers["retry-after"] == "1"

        async def let_in() -> bool:
            return (await person.get("/courses")).status_code == 200

        with issuer.up():
            await eventually(let_in)
        assert await let_in(), "keys that are known hold while the issuer is away"
        problem(await courses.caller(Role.MANAGER).get("/courses"), 401, "token-invalid")
