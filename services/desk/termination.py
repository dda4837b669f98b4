"""Ends open streams when the process is told to stop.

uvicorn stops accepting, then waits for every open answer before it runs the lifespan's end: a stream that only the
lifespan ends would hold the process until it is killed.
"""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def on_termination(act: Callable[[], None]) -> Iterator[None]:
    """While the block runs, ``act`` is called on the event loop at SIGINT and SIGTERM, before what was set for them."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may set handlers; what runs us in another one ends the streams itself
        return
    loop = asyncio.get_running_loop()
    earlier: dict[int, Any] = {number: signal.getsignal(number) for number in SIGNALS}

    def handle(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(act)
        if callable(earlier[number]):
            earlier[number](number, frame)

    for number in earlier:
        signal.signal(number, handle)
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
