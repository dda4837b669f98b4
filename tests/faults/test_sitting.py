"""kill -9 in the middle of a test: no answer is lost, none counts twice, and the result comes out again."""

import asyncio

import pytest

from services.assessment.recompute import recompute
from tests.faults.conftest import people
from tests.faults.jobcenter import Jobcenter
from tests.faults.ledger import Books
from tests.faults.stack import Stack
from tests.item_answers import BY_QUESTION, right

DEAD_WITHIN_S = 60.0
pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]


@pytest.mark.parametrize("time", [9, 16])
async def test_a_test_goes_on_after_a_kill_between_an_answer_and_its_commit(time: int, stack: Stack) -> None:
    await stack.start(crash_at=f"command.before-commit:{time}")
    async with people(stack) as jobcenter:
        sitting = asyncio.create_task(_sat(jobcenter))
        await stack.died(DEAD_WITHIN_S)
        assert not sitting.done(), "it died while the test ran"
        await stack.start()
        test_id, numbers = await sitting
        assert jobcenter.unanswered > 0
        assert numbers == list(range(1, len(numbers) + 1))
        async with Books.of(stack.machines, ["assessment"]) as books:
            (found,) = [one async for one in recompute(books.databases["assessment"])]
            entries = await books.databases["assessment"].pool.fetchval("SELECT count(*) FROM test_entry")
        assert (str(found.test_id), found.answers, found.differences) == (test_id, len(numbers), ())
        assert entries == 2 + len(numbers), "offered, begun, and each answer once"
    await stack.stop()


async def _sat(jobcenter: Jobcenter) -> tuple[str, list[int]]:
    """A citizen sits a whole test, and sends each answer until it is heard; the numbers of the questions she saw."""
    ask, register = jobcenter.ask, jobcenter.register
    citizen = await register()
    test_id = (await ask("assessment", f"/citizens/{citizen}/sessions", {"purpose": "entry"}))["test_id"]
    begin = {"reading": "fine", "danish": "fine", "device": "computer"}
    shown, numbers = await ask("assessment", f"/sessions/{test_id}/begin", begin), []
    while shown["status"] == "running":
        question = shown["question"]
        numbers.append(question["number"])
        body = {"question": question["number"], "response": right(BY_QUESTION[question["question"]["da"]])}
        shown = await ask("assessment", f"/sessions/{test_id}/answers", body)
    assert shown["status"] == "finished"
    return test_id, numbers
