"""The histories that the projector has at hand: compact facts and the cells they gave, of the entities last touched.

A cache and nothing more: whatever is not here is read from the ``fact`` table, and after any failure all of it is
thrown away. A fact is kept as MessagePack (about 200 bytes), a history is decoded in one call when it is needed.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import contributions
from services.outcomes.effect.fact import Fact

encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Fact]).decode
LIMIT = 50_000


@dataclass(slots=True)
class History:
    """One entity's read facts (encoded), and the cells that they gave when last counted."""

    facts: list[bytes] = field(default_factory=list)
    cells: dict[Cell, int] = field(default_factory=dict)

    def count(self) -> dict[Cell, int]:
        """The cells of the facts as they are now."""
        return contributions(decoded(self.facts))


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


def joined(facts: Iterable[bytes]) -> EncodedFacts:
    """Facts that were encoded one by one."""
    items = list(facts)
    return EncodedFacts(len(items), b"".join(items))


def decoded(facts: Iterable[bytes]) -> list[Fact]:
    """Facts from their encoded form, in one call."""
    return joined(facts).decoded()


class Histories:
    """The histories of the entities touched last, by the entity they are united under."""

    def __init__(self, limit: int = LIMIT):
        self._limit = limit
        self._by_root: OrderedDict[str, History] = OrderedDict()

    def get(self, root: str) -> History | None:
        """The history of an entity, if it is at hand."""
        history = self._by_root.get(root)
        if history is not None:
            self._by_root.move_to_end(root)
        return history

    def put(self, root: str, history: History) -> None:
        """Keep a history; the one touched longest ago goes when there are too many."""
        self._by_root[root] = history
        self._by_root.move_to_end(root)
        if len(self._by_root) > self._limit:
            self._by_root.popitem(last=False)

    def forget(self, root: str) -> None:
        """Drop a history that was united with another, or erased."""
        self._by_root.pop(root, None)

    def clear(self) -> None:
        """Drop everything: the tables are the truth."""
        self._by_root.clear()
