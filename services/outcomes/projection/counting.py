"""Counts every history anew, from facts that come one entity after the other."""

from collections.abc import Container, Iterable
from itertools import groupby
from operator import itemgetter
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
        self.uncountable: list[str] = []
        """Entities whose histories hold a fact that breaks them: it must be done again without it."""

    def take(self, records: Iterable[tuple[str, bytes]]) -> None:
        """Count on with these facts, given as (entity, encoded fact)."""
        for entity, group in groupby(records, itemgetter(0)):
            bodies = [record[1] for record in group]
            if entity == self._entity:
                self._bodies += bodies
            else:
                self._end_of_entity()
                self._entity, self._bodies = entity, bodies

    def finish(self) -> list[tuple[str, str]]:
        """Count what waited until the end; every pair of united entities, the kept one first."""
        self._end_of_entity()
        for root, bodies in self._united.items():
            self._count(root, bodies)
        return [(root, member) for root in self._united for member in self._aliases.members(root) if member != root]

    def _end_of_entity(self) -> None:
        if not self._entity.startswith(COUNTED) or self._entity in self._passing_over:
            return
        root = self._aliases.root(self._entity)
        if len(self._aliases.members(root)) > 1:
            self._united.setdefault(root, []).extend(self._bodies)
        else:
            self._count(root, self._bodies)

    def _count(self, root: str, bodies: list[bytes]) -> None:
        try:
            counted = contributions(decoded(bodies))
        except UNCOUNTABLE:
            self.uncountable.append(root)
            return
        cells = self.cells
        for cell, count in counted.items():
            cells[cell] = cells.get(cell, 0) + count


def breaking(facts: Iterable[Fact]) -> list[UUID]:
    """The ids of the facts that break the history of those before them, in the order in which they came.

    They are left out, as the living projector does, which has parked them.
    """
    good: list[Fact] = []
    broken: list[UUID] = []
    for fact in facts:
        try:
            contributions([*good, fact])
        except UNCOUNTABLE:
            broken.append(UUID(fact.id))
        else:
            good.append(fact)
    return broken
