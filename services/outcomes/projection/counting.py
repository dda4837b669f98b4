"""Counts every history anew, from encoded facts of one entity after the other."""

from collections.abc import Container, Iterable
from uuid import UUID

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import contributions
from services.outcomes.effect.fact import Fact
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.batch import COUNTED, UNCOUNTABLE
from services.outcomes.projection.histories import EncodedFacts


class Counting:
    """What was counted so far. Histories that were united wait until all their parts have come."""

    def __init__(self, aliases: Aliases, passing_over: Container[str] = ()):
        self._aliases, self._passing_over = aliases, passing_over
        self._united: dict[str, EncodedFacts] = {}
        self.cells: dict[Cell, int] = {}
        self.uncountable: list[str] = []
        """Entities whose histories hold a fact that breaks them: it must be done again without it."""

    def take(self, entities: Iterable[tuple[str, EncodedFacts]]) -> None:
        """Count the histories of these entities, too. Each comes once, with all its facts."""
        for entity, facts in entities:
            if not entity.startswith(COUNTED) or entity in self._passing_over:
                continue
            root = self._aliases.root(entity)
            if len(self._aliases.members(root)) > 1:
                self._united[root] = self._united.get(root, EncodedFacts()) + facts
            else:
                self._count(root, facts)

    def finish(self) -> list[tuple[str, str]]:
        """Count what waited until the end; every pair of united entities, the kept one first."""
        for root, facts in self._united.items():
            self._count(root, facts)
        return [(root, member) for root in self._united for member in self._aliases.members(root) if member != root]

    def _count(self, root: str, facts: EncodedFacts) -> None:
        try:
            counted = contributions(facts.decoded())
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
