"""Waiting for a condition, with a deadline. The only place of the tests where anything polls."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, overload

import httpx
from nats.js.errors import NotFoundError

POLL_S, RARELY_S = 0.01, 0.1
"""How soon it is asked again at first, and in the end: asking takes time from what is waited for."""
NOT_YET = (AssertionError, LookupError, ValueError, NotFoundError, httpx.TransportError)
"""What a condition may raise until it is met: no such row, key or bucket, or nobody who listens yet, is no fault."""

T = TypeVar("T")


@overload
async def eventually(
    condition: Callable[[], Awaitable[T | None]], deadline_s: float = ..., *, what: str = ...
) -> T: ...
@overload
async def eventually(condition: Callable[[], T | None], deadline_s: float = ..., *, what: str = ...) -> T: ...
async def eventually(condition: Callable[[], Any], deadline_s: float = 60, *, what: str = "") -> Any:
    """Return the first true value of ``condition()``, plain or async; AssertionError with the last one at the deadline.

    A condition may also assert, or take apart what is not there: ``NOT_YET``. Every other exception is raised at once.
    """
    deadline, pause = time.monotonic() + deadline_s, POLL_S
    while True:
        try:
            value = condition()
            if inspect.isawaitable(value):
                value = await value
        except NOT_YET as unmet:
            value, reason = None, f"last: {type(unmet).__name__} {unmet}"
        else:
            reason = f"last: {value!r}"
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(
                f"not within {deadline_s} s: {what or inspect.getsource(condition).strip()} ({reason})"
            )
        await asyncio.sleep(pause)
        pause = min(1.2 * pause, RARELY_S)
