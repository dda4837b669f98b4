"""What an open page is told, and the bounded queue that it is told through."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from services.desk.documents import Projection, Watermark

QUEUE_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the projections can be trusted: ``heard`` is when the broker last confirmed them, None when never."""

    connected: bool = False
    heard: datetime | None = None
    watermark: Watermark | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A projection is new or has another value."""

    projection: Projection


@dataclass(frozen=True, slots=True)
class Gone:
    """A projection is no more."""

    key: str


Signal = Changed | Gone | Standing


@dataclass(frozen=True, slots=True)
class Cut:
    """A point in the story of the bucket. Revisions of different generations cannot be compared."""

    generation: str
    revision: int

    def __str__(self) -> str:
        return f"{self.generation}-{self.revision}"

    @classmethod
    def read(cls, text: str | None) -> "Cut | None":
        """The cut that ``str`` gave, or None for anything else."""
        generation, _, revision = (text or "").rpartition("-")
        return cls(generation, int(revision)) if generation and revision.isdecimal() else None


class Subscriber:
    """One open page: iterate it for signals. It ends when the hub closes it or when it was too slow."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Signal | None] = asyncio.Queue(QUEUE_LENGTH)
        self._over = False

    def offer(self, signal: Signal) -> bool:
        """Hand a signal over without waiting; False when the subscriber is full, which ends it."""
        if self._over:
            return False
        try:
            self._queue.put_nowait(signal)
        except asyncio.QueueFull:
            self.end()
            return False
        return True

    def end(self) -> None:
        """Let the iteration stop at once; what was still queued is dropped."""
        self._over = True
        while not self._queue.empty():
            self._queue.get_nowait()
        self._queue.put_nowait(None)

    async def __aiter__(self) -> AsyncIterator[Signal]:
        while (signal := await self._queue.get()) is not None:
            yield signal
