"""What a batch of events changes: the difference between the cells before and after, per touched history.

Pure but for the clock of the event loop: it gets the facts that are new and the histories, and answers with numbers.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import EVERY_KIND, READS, changed_by, merged
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.references import References
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.histories import EncodedFacts, Facts, Histories, History, gather

COUNTED = ("citizen/", "company/", "order/")
BREATHE_EVERY = 200
UNCOUNTABLE = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, AssertionError, RecursionError)
"""What counting a history raises when one of its facts is not what its contract says."""


@dataclass(slots=True)
class Changes:
    """What a batch does to the projections."""

    cells: dict[Cell, int] = field(default_factory=dict)
    united: list[tuple[str, str]] = field(default_factory=list)
    courses: set[str] = field(default_factory=set)

    def add(self, before: Mapping[Cell, int], after: Mapping[Cell, int]) -> None:
        """Note the difference that one history makes."""
        for cell, count in after.items():
            difference = count - before.get(cell, 0)
            if difference:
                self.cells[cell] = self.cells.get(cell, 0) + difference
        for cell, count in before.items():
            if cell not in after:
                self.cells[cell] = self.cells.get(cell, 0) - count

    def join(self, later: "Changes") -> None:
        """Note what came after."""
        for cell, difference in later.cells.items():
            self.cells[cell] = self.cells.get(cell, 0) + difference
        self.united += later.united
        self.courses |= later.courses


@dataclass(slots=True)
class Touched:
    """The new facts of a batch, by the entity that they were filed under."""

    facts: dict[str, Facts] = field(default_factory=dict)
    ids: list[tuple[str, str]] = field(default_factory=list)
    """Entity and event id of each."""
    merges: list[Fact] = field(default_factory=list)
    references: list[Fact] = field(default_factory=list)

    def add(self, entity: str, fact: Fact, encoded: bytes) -> None:
        """Note one new fact of an entity."""
        if fact.type not in READS:
            return
        if entity.startswith(COUNTED):
            gather(self.facts.setdefault(entity, {}), {fact.type: EncodedFacts(1, encoded)})
            self.ids.append((entity, fact.id))
            if merged(fact) is not None:
                self.merges.append(fact)
        else:
            self.references.append(fact)


async def changes(
    touched: Touched, histories: Histories, aliases: Aliases, references: References, cold: Mapping[str, Facts]
) -> Changes:
    """The changes that the touched facts make; ``histories`` hold them afterwards.

    ``cold`` has the earlier facts (without the new ones) of every touched member that ``histories`` does not hold.
    After an error nothing in ``histories`` is right any more.
    """
    result = Changes()
    for fact in touched.references:
        if references.apply(fact):
            course = fact.data.get("course_id")
            result.courses.add(course or references.course_of(fact.data["cohort_id"]).id)
    fresh: dict[str, Facts] = {}
    for entity, facts in touched.facts.items():
        gather(fresh.setdefault(aliases.root(entity), {}), facts)
    held = {root: _at_hand(root, histories, aliases, cold) for root in fresh}
    apart: dict[str, dict[Cell, int]] = {}  # what those counted who are now united
    for pair in filter(None, map(merged, touched.merges)):
        for root in map(aliases.root, pair):
            if root not in held:
                held[root] = _at_hand(root, histories, aliases, cold)
        united = aliases.unite(*pair)
        if united is not None:
            root, swallowed = united
            counted = [apart.pop(one) if one in apart else held[one].cells(EVERY_KIND) for one in united]
            apart[root] = _sum(*counted)
            held[root].add(held.pop(swallowed).facts)
            gather(fresh.setdefault(root, {}), fresh.pop(swallowed, {}))
            histories.forget(swallowed)
            result.united.append(united)
    for number, (root, facts) in enumerate(fresh.items()):
        history = held[root]
        kinds = EVERY_KIND if root in apart else changed_by(frozenset(facts))
        before = apart[root] if root in apart else history.cells(kinds)
        history.add(facts)
        result.add(before, history.cells(kinds))
        histories.put(root, history)
        if number % BREATHE_EVERY == BREATHE_EVERY - 1:
            await asyncio.sleep(0)  # commands and the feed share this loop
    return result


def _at_hand(root: str, histories: Histories, aliases: Aliases, cold: Mapping[str, Facts]) -> History:
    history = histories.get(root)
    return History.of(cold.get(member, {}) for member in aliases.members(root)) if history is None else history


def _sum(one: Mapping[Cell, int], other: Mapping[Cell, int]) -> dict[Cell, int]:
    return {cell: one.get(cell, 0) + other.get(cell, 0) for cell in {**one, **other}}
