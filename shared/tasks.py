"""Ending background tasks for certain."""

import asyncio
from typing import Any

AGAIN_S = 0.2


async def end(*tasks: "asyncio.Task[Any]") -> None:
    """Cancel tasks until every one has ended; what they raise is dropped.

    Once is not enough: on Python 3.11 ``asyncio.wait_for``, which libraries use, drops a cancellation that comes
    together with the result it waits for, and the task would go on for ever.
    """
    while running := [task for task in tasks if not task.done()]:
        for task in running:
            task.cancel()
        await asyncio.wait(running, timeout=AGAIN_S)
    await asyncio.gather(*tasks, return_exceptions=True)
