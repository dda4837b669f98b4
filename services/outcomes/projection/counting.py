"""Counts every history anew, from facts that come one entity after the other.

A fact that breaks its history when it comes is left out, as the living projector does, which has parked it.
"""

from collections.abc import Container, Iterable
from uuid import UUID

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import contributions
from services.outcomes.effect.fact import Fact
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.batch import COUNTED, UNCOUNTABLE
from services.outcomes.projection.histories import decoded


class Counting:
    """What was counted so far. Histories that were united wait until all their parts have come."""

    def __init__(self, aliases: Aliases, passing_over: Container[str] = ()):
        self._aliases, self._passing_over = aliases, passing_over
        self._entity, self._bodies = "", list[bytes]()
        self._united: dict[str, list[bytes]] = {}
        self.cells: dict[Cell, int] = {}
        self.uncountable: list[UUID] = []
        """Ids of facts that break their histories: without them it must be done again."""

    def take(self, records: Iterable[tuple[str, bytes]]) -> None:
        """Count on with these facts, given as (entity, encoded fact)."""
        for entity, body in records:
            if entity != self._entity:
                self._end_of_entity()
                self._entity, self._bodies = entity, []
            self._bodies.append(body)

    def finish(self) -> list[tuple[str, str]]:
        """Count what waited until the end; every pair of united entities, the kept one first."""
        self._end_of_entity()
        for bodies in self._united.values():
            self._count(bodies)
        return [(root, member) for root in self._united for member in self._aliases.members(root) if member != root]

    def _end_of_entity(self) -> None:
        if not self._entity.startswith(COUNTED) or self._entity in self._passing_over:
            return
        root = self._aliases.root(self._entity)
        if len(self._aliases.members(root)) > 1:
            self._united.setdefault(root, []).extend(self._bodies)
        else:
            self._count(self._bodies)

    def _count(self, bodies: list[bytes]) -> None:
        try:
            counted = contributions(decoded(bodies))
        except UNCOUNTABLE:
            self.uncountable += _breaking(decoded(bodies))
            return
        cells = self.cells
        for cell, count in counted.items():
            cells[cell] = cells.get(cell, 0) + count


def _breaking(facts: list[Fact]) -> list[UUID]:
    """The facts that break the history of those before them, in the order in which they came."""
    good: list[Fact] = []
    breaking: list[UUID] = []
    for fact in facts:
        try:
            contributions([*good, fact])
        except UNCOUNTABLE:
            breaking.append(UUID(fact.id))
        else:
            good.append(fact)
    return breaking
