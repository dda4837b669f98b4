"""Figures at hand: the timelines of the questions asked last, kept true while events come in.

The first time a question is asked, every cell of its kind is read from the tables and told as steps; that takes as long
as there are cells. From then on any day is looked up, and a committed batch costs what it changed: the projector, which
runs in the same process, hands over the differences of its cells, and the next reader adds their steps.

**Never another figure than the tables give.** Let V be the version (``version.py``) that a reader's statement sees.

- An entry is made of one statement, which tells its version too: the tables at that version.
- The projector registers a batch *before* it commits, with the version that the commit will bring. So whoever sees V
  finds it here if this process wrote it, and is never behind: there is no moment between a commit and its registration.
- Registered versions follow each other: each is the one before plus its differences, because one projector writes at a
  time, and is refused when another process has taken its place (``Fenced``). So an entry at an earlier version of the
  chain, plus all differences until V, is the tables at V. The steps of a difference are those of its cells with its
  sign, and counts are sums.
- A version that is not registered here (another process projects, rebuilt or recounted, or the differences since were
  too many to keep) is served only where the entry's own is equal to it; else the entry is made anew.
- A batch that fails may have committed or not: then, and when the projector starts, everything is forgotten.
- Steps depend on courses and cohorts, too. A batch that changes any brings all of them as they are after it; an entry
  that was counted by one that is another now is made anew.
- An entry is taken out while it is worked on, and put back when that succeeded: what was cancelled half-way is gone.
"""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from weakref import WeakValueDictionary

from services.outcomes.effect.catalogue import CELLS
from services.outcomes.effect.cut import Key
from services.outcomes.effect.references import References
from services.outcomes.effect.steps import Counted
from services.outcomes.projection.batch import Changes
from services.outcomes.projection.kept_question import Change, KeptQuestion, Shape, by_its_one_name, cells_in, made_of
from services.outcomes.projection.version import Version, read, version_of
from shared.persistence.connection import Connection

MOST_BYTES = 64 * 1024 * 1024
"""About as much memory the timelines take together; the question asked longest ago goes first."""
MOST_CHANGES = 10_000
"""So many changed cells are kept for entries that were not asked for since; whoever lacks earlier ones is made anew."""
FEW = 100
"""So many changed cells are taken in on the event loop: a thread would take longer to begin."""
VERSIONS = 1_000
"""So many of the last versions are known; a reader looks for the one that it has just seen."""


class AtHand:
    """What is at hand in this process. All but the counting happens on the event loop."""

    def __init__(self, *, most_bytes: int = MOST_BYTES, most_changes: int = MOST_CHANGES):
        self._most_bytes, self._most_changes = most_bytes, most_changes
        self._entries: OrderedDict[Shape, KeptQuestion] = OrderedDict()
        self._turns: WeakValueDictionary[Shape, asyncio.Lock] = WeakValueDictionary()
        self._number = self._floor = 0
        self._places: OrderedDict[Version, tuple[int, References]] = OrderedDict()
        self._references = References()
        self._changes: deque[Change] = deque()
        self._waiting = 0
        self.made = 0
        """Entries that were made from the tables."""
        self.spent_s = 0.0
        """Seconds of counting, for whoever has this to itself."""

    @property
    def size(self) -> int:
        """About how many bytes the timelines take."""
        return sum(entry.timelines.size for entry in self._entries.values())

    def forget(self) -> None:
        """Nothing is known of the tables any more."""
        self._number += 1  # places are never given out twice
        self._floor = self._number
        self._entries.clear()
        self._places.clear()
        self._changes.clear()
        self._waiting = 0

    def begin(self, version: Version | None, references: References) -> None:
        """Begin a chain: the projector stands at this version, with these courses and cohorts, and commits the next."""
        self.forget()
        self._references = references.snapshot()
        if version is not None:
            self._places[version] = self._number, self._references

    def commits(self, version: Version, changes: Changes, references: References) -> None:
        """Register what a batch is about to bring to the tables. Must be called before its commit."""
        self._number += 1
        news = references.snapshot() if changes.courses else None
        self._references = news or self._references
        self._places[version] = self._number, self._references
        if len(self._places) > VERSIONS:
            self._places.popitem(last=False)
        if changes.cells or news:
            self._changes.append(Change(self._number, changes.cells, news))
            self._waiting += len(changes.cells)
        while self._waiting > self._most_changes:
            self._drop()

    async def rows(
        self, connection: Connection, shape: Shape, *, as_of: date, targets: Mapping[str, float]
    ) -> list[dict[str, Any]]:
        """The figure rows of a question at the end of a day, as the tables are when it is answered."""
        shape = by_its_one_name(shape)
        turn = self._turns.setdefault(shape, asyncio.Lock())
        async with turn:  # who asks the same meanwhile waits for it, and does not count it again
            entry = await self._question(connection, shape, await version_of(connection))
            rows = await asyncio.to_thread(entry.rows, as_of, targets)  # commands share the event loop
            self._keep(entry)
            return rows

    async def counts(
        self, connection: Connection, shapes: Sequence[Shape], *, as_of: date, only: Collection[Key] | None = None
    ) -> list[Counted]:
        """What each of these questions counts at the end of a day; ``only`` under these keys, or under all.

        For one caller at a time. All are of one version of the tables; one that has to be made anew may be of the next.
        """
        version = await version_of(connection)
        found = []
        for shape in map(by_its_one_name, shapes):
            entry = await self._question(connection, shape, version)
            few = entry.unsettled <= FEW
            with self._spending():
                found.append(entry.as_of(as_of, only) if few else await asyncio.to_thread(entry.as_of, as_of, only))
            self._keep(entry)
        self._let_go()
        return found

    async def _question(self, connection: Connection, shape: Shape, version: Version | None) -> KeptQuestion:
        return await self._followed(shape, version) or await self._made(connection, shape)

    async def _followed(self, shape: Shape, version: Version | None) -> KeptQuestion | None:
        """The entry at the version that the tables have now, if the way there is known."""
        entry = self._entries.pop(shape, None)
        if entry is None or version is None:
            return None
        if entry.version == version:
            return entry
        number, _ = self._places.get(version, (-1, None))
        if not self._floor <= entry.number <= number:
            return None
        changes = [change for change in self._changes if entry.number < change.number <= number]
        few = cells_in(changes) <= FEW
        with self._spending():
            if not (entry.follow(changes) if few else await asyncio.to_thread(entry.follow, changes)):
                return None
        entry.version, entry.number = version, number
        return entry

    async def _made(self, connection: Connection, shape: Shape) -> KeptQuestion:
        """An entry made of the tables as they are now."""
        found = await read(connection, CELLS[shape.indicator], shape.municipality)
        number, references = self._places.get(found.version or "", (-1, None))
        self.made += 1
        with self._spending():
            return await asyncio.to_thread(made_of, shape, found, number, references)

    def _let_go(self) -> None:
        """Drop the changes that every entry has taken in; whoever makes one meanwhile could not follow."""
        reached = min((entry.number for entry in self._entries.values() if entry.number >= 0), default=self._number)
        while self._changes and self._changes[0].number <= reached:
            self._drop()

    def _drop(self) -> None:
        dropped = self._changes.popleft()
        self._waiting -= len(dropped.cells)
        self._floor = dropped.number

    @contextmanager
    def _spending(self) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.spent_s += time.perf_counter() - started

    def _keep(self, entry: KeptQuestion) -> None:
        self._entries[entry.shape] = entry
        for lost in [shape for shape, one in self._entries.items() if 0 <= one.number < self._floor]:
            del self._entries[lost]
        while self.size > self._most_bytes:
            self._entries.popitem(last=False)
