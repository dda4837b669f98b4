"""One running stack for all scenarios: stories of the source documents, each imported and told by commands."""

from collections.abc import AsyncIterator

import pytest

from deploy import synthetic
from tests.real.story import story
from tests.real_machines import machine_directory
from tests.scenarios.replay import replay
from tests.scenarios.stack import RunningStack, running_stack
from tests.scenarios.stories import AZURE, ELSEWHERE, MADE_UP, NAESTVED, Told


@pytest.fixture(scope="session")
async def stack() -> AsyncIterator[RunningStack]:
    """A running stack with nobody in it; every test that tells it something takes a municipality of its own."""
    with machine_directory() as directory:
        async with running_stack(directory / "loeft") as stack:
            yield stack


@pytest.fixture(scope="session")
async def told(stack: RunningStack) -> Told:
    """Both stories imported into the municipalities they are about, and told by commands to two other ones."""
    stories = {name: story(f"{name}.jsonl") for name in (NAESTVED.name, AZURE.name)}
    await stack.let_in(*ELSEWHERE, *ELSEWHERE.values(), MADE_UP)
    await stack.import_([envelope for one in stories.values() for envelope in one])
    ids = {}
    for name, one in stories.items():
        ids[name] = await replay(one, lambda service, municipality: stack.client(service, ELSEWHERE[municipality]))
    await stack.settled()
    return Told(stack, stories, ids)


@pytest.fixture(scope="session")
async def made_up(stack: RunningStack) -> RunningStack:
    """The stack with a made-up jobcenter of a hundred citizens imported too."""
    await stack.let_in(MADE_UP)
    await stack.import_(list(synthetic.events(seed=2026, citizens=100, municipality=MADE_UP)))
    return stack
