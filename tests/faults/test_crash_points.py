"""kill -9 at every named point between a command and its last effect, and the ledger after it."""

import asyncio

import pytest

from deploy.services import SERVICES
from shared.crash import POINTS
from tests.faults.conftest import people
from tests.faults.jobcenter import Jobcenter
from tests.faults.ledger import Books, proves
from tests.faults.stack import Stack

DEAD_WITHIN_S = 60.0
pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]

TURN = {
    "command.stored": 9,
    "command.applied": 14,
    "command.before-commit": 20,
    "command.committed": 16,
    "relay.read": 40,
    "reaction.before-commit": 9,
    "reaction.received": 9,
    "reaction.committed": 7,
    "reaction.acked": 7,
    "projector.received": 6,
    "projector.before-commit": 6,
    "projector.committed": 6,
    "projector.published": 6,
}
"""At which time to die: in the middle of the work, not in its first moment."""


@pytest.mark.parametrize("point", POINTS)
async def test_nothing_is_lost_twice_or_unsent_after_a_kill_at(point: str, stack: Stack) -> None:
    await stack.start(crash_at=f"{point}:{TURN.get(point, 7)}")
    async with people(stack) as jobcenter:
        working = asyncio.create_task(_until_restarted(stack, jobcenter))
        await stack.died(DEAD_WITHIN_S)
        await stack.start()
        await working
        await jobcenter.term(2)
        async with Books.of(stack.machines, SERVICES) as books:
            await proves(books, jobcenter)
    await stack.stop()


async def _until_restarted(stack: Stack, jobcenter: Jobcenter) -> None:
    """Work on; what the death cut off is asked for again when the stack is back."""
    while stack.starts == 1:
        await jobcenter.term(4)
