"""The histories that the projector has at hand: compact facts and the cells they gave, of the entities last touched.

A cache and nothing more: whatever is not here is read from the ``fact`` table, and after any failure all of it is
thrown away. After a start it is filled again while there is nothing else to do (``warming.py``).

Facts are kept as MessagePack (about 200 bytes each) by the name of their event, and cells by their kind: a new fact has
only those kinds counted again that it can change, from those facts only that they read.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import changed_by, contributions, read_by
from services.outcomes.effect.fact import Fact

encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Fact]).decode
LIMIT = 300 << 20
"""Bytes of histories at hand: about 20,000 citizens with sixty facts each."""
BESIDE = 4_000
"""Bytes that a history takes beside its facts: cells, names and the dictionaries around them."""
NOTHING: dict[Cell, int] = {}


@dataclass(frozen=True, slots=True)
class EncodedFacts:
    """Facts one after the other in one string of bytes, as PostgreSQL adds them up."""

    count: int = 0
    block: bytes = b""

    def __add__(self, other: "EncodedFacts") -> "EncodedFacts":
        return EncodedFacts(self.count + other.count, self.block + other.block)

    def decoded(self) -> list[Fact]:
        """The facts, in one call."""
        return _decode(b"\xdd" + self.count.to_bytes(4) + self.block)


Facts = dict[str, EncodedFacts]
"""Facts of one entity by the name of their event."""


def gather(under: Facts, more: Facts) -> None:
    """Put more facts under the names that they belong to."""
    for name, facts in more.items():
        under[name] = under.get(name, EncodedFacts()) + facts


def together(facts: Iterable[EncodedFacts]) -> EncodedFacts:
    """All of them as one."""
    parts = list(facts)
    return EncodedFacts(sum([part.count for part in parts]), b"".join([part.block for part in parts]))


def joined(facts: Iterable[bytes]) -> EncodedFacts:
    """Facts that were encoded one by one."""
    items = list(facts)
    return EncodedFacts(len(items), b"".join(items))


def decoded(facts: Iterable[bytes]) -> list[Fact]:
    """Facts from their encoded form, in one call."""
    return joined(facts).decoded()


@dataclass(slots=True)
class History:
    """One entity's read facts by the name of their event, and the cells that they give as far as they were counted."""

    facts: Facts = field(default_factory=dict)
    _cells: dict[str, dict[Cell, int]] = field(default_factory=dict)
    """By kind."""
    size: int = BESIDE
    """About how many bytes it takes."""

    @classmethod
    def of(cls, parts: Iterable[Facts]) -> "History":
        """The history that these facts make together, of which none is given twice."""
        history = cls()
        for part in parts:
            history.add(part)
        return history

    def add(self, facts: Facts) -> None:
        """More facts, which were not there before."""
        gather(self.facts, facts)
        self.size += sum([len(more.block) for more in facts.values()])
        for kind in changed_by(frozenset(facts)):
            self._cells.pop(kind, None)

    def cells(self, kinds: frozenset[str]) -> dict[Cell, int]:
        """The cells of these kinds, of the facts as they are now."""
        missing = kinds.difference(self._cells)
        if missing:
            self._count(missing)
        found: dict[Cell, int] = {}
        for kind in kinds:
            found |= self._cells[kind]
        return found

    def _count(self, kinds: frozenset[str]) -> None:
        reads = read_by(kinds)
        read = together([facts for name, facts in self.facts.items() if name in reads])
        self._cells |= dict.fromkeys(kinds, NOTHING)
        for cell, count in contributions(read.decoded(), kinds).items():
            of_kind = self._cells[cell[0]]
            if of_kind is NOTHING:
                of_kind = self._cells[cell[0]] = {}
            of_kind[cell] = count


class Histories:
    """The histories of the entities touched last, by the entity they are united under; of so many bytes at most."""

    def __init__(self, limit: int = LIMIT):
        self._limit = limit
        self._by_root: OrderedDict[str, tuple[History, int]] = OrderedDict()
        self.size = 0
        """About how many bytes they take."""

    def __contains__(self, root: str) -> bool:
        return root in self._by_root

    def get(self, root: str) -> History | None:
        """The history of an entity, if it is at hand."""
        held = self._by_root.get(root)
        if held is None:
            return None
        self._by_root.move_to_end(root)
        return held[0]

    def put(self, root: str, history: History) -> None:
        """Keep a history as it is now; those touched longest ago go when there is too much."""
        self.forget(root)
        size = history.size
        self._by_root[root] = history, size
        self.size += size
        while self.size > self._limit:
            self.size -= self._by_root.popitem(last=False)[1][1]

    def put_behind(self, root: str, history: History) -> bool:
        """Keep a history as the one touched longest ago, if there is room for it; whether there was."""
        size = history.size
        if self.size + size > self._limit:
            return False
        self._by_root[root] = history, size
        self._by_root.move_to_end(root, last=False)
        self.size += size
        return True

    def forget(self, root: str) -> None:
        """Drop a history that was united with another, or erased."""
        if root in self._by_root:
            self.size -= self._by_root.pop(root)[1]

    def clear(self) -> None:
        """Drop everything: the tables are the truth."""
        self._by_root.clear()
        self.size = 0
