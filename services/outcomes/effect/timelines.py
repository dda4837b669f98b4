"""Timelines: all steps of a question, kept by key and what they count, so that any day is answered by looking it up."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from services.outcomes.effect.cut import Key
from services.outcomes.effect.steps import Counted, Told, What

SERIES_BYTES = 600
"""What a timeline takes besides its days: the object, its arrays, what it counts and its place in a dictionary."""
DAY_BYTES = 12


class Timeline:
    """How many there are of one thing from each day on which that changes.

    Changes wait in ``fresh`` (by day) until somebody asks; then they are added up with those before.
    """

    __slots__ = ("days", "fresh", "totals")

    def __init__(self) -> None:
        self.days, self.totals = array("i"), array("q")
        self.fresh: dict[int, int] = {}

    def settle(self) -> None:
        """Add up what is fresh. A day on which nothing changes any more is left out."""
        changes = dict(zip(self.days, map(int.__sub__, self.totals, [0, *self.totals[:-1]]), strict=True))
        for day, more in self.fresh.items():
            changes[day] = changes.get(day, 0) + more
        days = sorted(day for day, more in changes.items() if more)
        self.days = array("i", days)
        self.totals = array("q", accumulate([changes[day] for day in days]))
        self.fresh = {}


class Timelines:
    """The timelines of all keys. What is taken away again (by a count below 0) leaves nothing behind."""

    def __init__(self) -> None:
        self._keys: dict[Key, dict[What, Timeline]] = {}
        self.size = 0
        """About how many bytes it takes, once everything is settled."""

    def add(self, told: Iterable[tuple[Iterable[Told], int]]) -> None:
        """Count what is told, each given with how often it counts; less than 0 takes it away."""
        for tellings, often in told:
            for keys, steps in tellings:
                for key in keys:
                    lines = self._keys.get(key)
                    if lines is None:
                        lines = self._keys[key] = {}
                    for day, what, more in steps:
                        line = lines.get(what)
                        if line is None:
                            line = lines[what] = Timeline()
                            self.size += SERIES_BYTES
                        line.fresh[day] = line.fresh.get(day, 0) + more * often

    def as_of(self, day: int, only: Iterable[Key] | None = None) -> Counted:
        """The counts as of a day: those that ``steps.counted`` would give; of all keys, or ``only`` of these."""
        counted: Counted = {}
        over: list[tuple[Key, What]] = []
        keys = self._keys if only is None else [key for key in only if key in self._keys]
        for key in keys:
            lines, counts = self._keys[key], {}
            for what, line in lines.items():
                if line.fresh:
                    self.size -= DAY_BYTES * len(line.days)
                    line.settle()
                    self.size += DAY_BYTES * len(line.days)
                    if not line.days:
                        over.append((key, what))
                reached = bisect_right(line.days, day)
                if reached and (count := line.totals[reached - 1]):
                    counts[what] = count
            if counts:
                counted[key] = counts
        self._forget(over)
        return counted

    def _forget(self, over: list[tuple[Key, What]]) -> None:
        for key, what in over:
            del self._keys[key][what]
            self.size -= SERIES_BYTES
            if not self._keys[key]:
                del self._keys[key]
