"""Lag: how far the projector is behind the stream, and since when."""

import time

BEHIND_LIMIT_S = 30.0
BEHIND_EVENTS = 5000


class Lag:
    """Events that wait to be counted, as the last one that came told."""

    def __init__(self) -> None:
        self.pending = 0
        self._caught_up_at: float | None = None

    def stands_at(self, pending: int) -> None:
        """Note how many events wait."""
        self.pending = pending
        if pending == 0:
            self._caught_up_at = time.monotonic()

    def unknown(self) -> None:
        """Nothing is known any more: the stream or the database was lost."""
        self._caught_up_at = None

    @property
    def behind(self) -> bool:
        """Whether so many wait that no figure is fresh."""
        return self.pending > BEHIND_EVENTS

    def said(self) -> str:
        """Why the figures are not to be relied on; nothing when they are."""
        if self._caught_up_at is None:
            return "has not caught up with the stream yet"
        behind = time.monotonic() - self._caught_up_at if self.pending else 0.0
        return f"{self.pending} events behind, not caught up for {behind:.0f} s" if behind > BEHIND_LIMIT_S else ""
