"""A data directory with its databases made once, and a stack on a copy of it for each scenario."""

import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shared.settings import Settings
from shared.web import Role
from shared.web.tokens import LocalIssuer
from tests.faults.jobcenter import MUNICIPALITY, Jobcenter
from tests.faults.servers import Servers
from tests.faults.stack import Stack
from tests.real_machines import machine_directory


@pytest.fixture(scope="session")
async def made_once() -> AsyncIterator[Path]:
    """The data directory of a stack that was started and stopped."""
    with machine_directory() as directory:
        stack = Stack(directory / "data")
        try:
            await stack.start()
            await stack.stop()
            yield stack.directory
        finally:
            await stack.end()


@pytest.fixture
async def stack(made_once: Path, own_directory: Path) -> AsyncIterator[Stack]:
    """A stack that nobody has started yet. Whatever becomes of it, nothing of it runs on after the test."""
    subprocess.run(["cp", "-a", made_once, own_directory / "data"], check=True)  # the files keep their owners
    stack = Stack(own_directory / "data")
    yield stack
    await stack.end()


@pytest.fixture
async def servers(stack: Stack) -> AsyncIterator[Servers]:
    """The stack's broker and database."""
    servers = Servers(stack)
    yield servers
    await servers.end()


def people(stack: Stack) -> Jobcenter:
    """People who work with the stack, with a token of its own issuer."""
    return Jobcenter(stack.urls, token(stack.directory))


def token(directory: Path) -> str:
    """A token for everything, as the local issuer of that data directory gives it."""
    issuer = LocalIssuer(directory / "keys" / "local-issuer.pem", Settings().audience)
    return issuer.issue("employee-7", list(Role), [MUNICIPALITY], minutes=60)
