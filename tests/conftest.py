"""Fixtures that every test may use, and the rule that a test of the real machines is never skipped."""

import signal
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler.loadfile import LoadFileScheduling

from deploy.embedded import NatsServer, PostgresServer
from tests.real_machines import RealNats, RealPostgres, machine_directory, real_nats, real_postgres, running

TESTS = Path(__file__).parent
MARKS_OF_FOLDERS = {"real": ("real",), "scenarios": ("real", "scenario")}

NewDatabase = Callable[..., Awaitable[str]]


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """Async tests run on uvloop, as the services do."""
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="session")
def nats() -> Iterator[RealNats]:
    """The session's NATS server with JetStream (``.url``, ``.monitor_url``); other tests' streams may be on it."""
    with real_nats() as server:
        yield server


@pytest.fixture(scope="session")
def nats_url(nats: RealNats) -> str:
    """Where clients of the session's NATS server connect."""
    return nats.url


@pytest.fixture
async def empty_bus(nats: RealNats) -> AsyncIterator[RealNats]:
    """The session's NATS server without any stream or bucket, for tests that provision the real topology."""
    await nats.empty()
    yield nats
    await nats.empty()


@pytest.fixture
def stream_name() -> str:
    """A stream name that no other test uses; take subjects below it (two streams cannot share a subject)."""
    return f"TEST_{uuid.uuid4().hex[:12]}"


@pytest.fixture
def bucket() -> str:
    """A KV bucket name that no other test uses."""
    return f"test-{uuid.uuid4().hex[:12]}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[RealPostgres]:
    """The session's PostgreSQL 18 server (``.admin_dsn``)."""
    with real_postgres() as server:
        yield server


@pytest.fixture
async def new_database(postgres: RealPostgres) -> AsyncIterator[NewDatabase]:
    """``await new_database("intake")`` is the address of a fresh database, migrated; without a name it is empty."""
    made: list[str] = []

    async def new(service: str | None = None) -> str:
        made.append(await postgres.fresh(service))
        return made[-1]

    yield new
    for address in made:
        await postgres.drop(address)


@pytest.fixture
def own_directory() -> Iterator[Path]:
    """An empty directory with a short path, for servers and whole stacks of one test."""
    with machine_directory() as directory:
        yield directory


@pytest.fixture
def own_nats(own_directory: Path) -> Iterator[NatsServer]:
    """A running NATS server of this test alone: ``.kill()``, ``.stop()``, ``.restart()`` it at will."""
    with running(NatsServer(own_directory / "nats")) as server:
        yield server


@pytest.fixture
def own_postgres(own_directory: Path) -> Iterator[PostgresServer]:
    """A running PostgreSQL server of this test alone: ``.kill()``, ``.stop()``, ``.restart()`` it at will."""
    with running(PostgresServer(own_directory / "postgres")) as server:
        yield server


settings.register_profile("loeft", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", parent=settings.get_profile("loeft"), derandomize=False)


def pytest_configure(config: pytest.Config) -> None:
    """A run that is told to end (``timeout``, CI) ends as with Ctrl-C, so that its servers are stopped.

    The examples of a property are the same in every run, and none has a deadline of its own: what passed passes again,
    and a busy machine is no fault. ``--hypothesis-profile=search`` looks for others.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile("loeft")


class ByFile(LoadFileScheduling):
    """A file is one process's; so are the scenarios, which share a running stack and the stories that it was told."""

    def _split_scope(self, nodeid: str) -> str:
        return "tests/scenarios" if nodeid.startswith("tests/scenarios/") else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile | None:
    """``--dist loadfile`` goes by ``ByFile``."""
    return ByFile(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in tests/real and tests/scenarios carry their marks without saying so."""
    for item in items:
        for folder, marks in MARKS_OF_FOLDERS.items():
            if item.path.is_relative_to(TESTS / folder):
                for mark in marks:
                    item.add_marker(mark)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """A skipped test of the real machines is a failed one: a green run must mean that it ran."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and item.get_closest_marker("real"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: a test of the real machines may not be skipped ({report.longrepr})"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Any:
    """The same for a whole module (``importorskip``)."""
    report = yield
    if report.skipped and any(collector.path.is_relative_to(TESTS / folder) for folder in MARKS_OF_FOLDERS):
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid}: a module of real tests may not be skipped ({report.longrepr})"
    return report
