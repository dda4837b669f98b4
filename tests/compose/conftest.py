"""The compose stack of a test session: images built, everything started, and nothing left at the end."""

import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from shared.web import Role
from tests.compose.figures import figures_are_right
from tests.compose.stack import SERVICES, ComposeStack, get_images, run
from tests.real.story import story
from tests.real_machines import machine_directory
from tests.scenarios.replay import replay
from tests.scenarios.stories import AZURE, ELSEWHERE, NAESTVED

HERE = Path(__file__).parent
STORIES = (NAESTVED.name, AZURE.name)
times: dict[str, float] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These tests are never skipped, and containers take longer than other tests do."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.real)
            item.add_marker(pytest.mark.timeout(600))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell how long the steps took."""
    for step, seconds in times.items():
        terminalreporter.write_line(f"{step}: {seconds:.1f} s")


@pytest.fixture(scope="session")
def secret_files() -> Iterator[Path]:
    """A directory of secrets, made by the script that operators use."""
    with machine_directory() as directory:
        run("deploy/secrets.sh", str(directory / "secrets"))
        yield directory / "secrets"


@pytest.fixture(scope="session")
async def stack(secret_files: Path) -> AsyncIterator[ComposeStack]:
    """Everything of docker-compose.yml, healthy."""
    get_images()
    stack = ComposeStack(secret_files)
    began = time.monotonic()
    stack.compose("build")
    times["build"] = time.monotonic() - began
    try:
        began = time.monotonic()
        stack.compose("up", "--detach")
        await stack.healthy()
        times["from nothing to healthy"] = time.monotonic() - began
        yield stack
    finally:
        began = time.monotonic()
        stack.down()
        times["down"] = time.monotonic() - began
    assert stack.left_behind() == []


@pytest.fixture(scope="session")
async def told(stack: ComposeStack) -> ComposeStack:
    """The stack after both stories: imported for their own municipalities, and told to others through the proxy."""
    files = [f"deploy/scenarios/{name}.jsonl" for name in STORIES]
    said = stack.compose("run", "--rm", "migrate", "loeft", "events", "import", *files)
    assert b"977 events imported, 0 were there already" in said
    began = time.monotonic()
    async with contextlib.AsyncExitStack() as clients:
        callers = {
            (service, there): await clients.enter_async_context(
                await stack.caller(*Role, municipality=there, path=f"/{service}")
            )
            for service in SERVICES
            for there in ELSEWHERE.values()
        }
        for name in STORIES:
            await replay(story(f"{name}.jsonl"), lambda service, here: callers[service, ELSEWHERE[here]])
    times["both stories, command by command"] = time.monotonic() - began
    await figures_are_right(stack)
    return stack
