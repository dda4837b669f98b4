"""What a batch of events changes: the difference between the cells before and after, per touched history.

Pure but for the clock of the event loop: it gets the facts that are new and the histories, and answers with numbers.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import READS, merged
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.references import References
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.histories import Histories, History

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
    """The new facts of a batch, by the root of the history that they belong to."""

    facts: dict[str, list[bytes]] = field(default_factory=dict)
    merges: list[Fact] = field(default_factory=list)
    references: list[Fact] = field(default_factory=list)

    def add(self, entity: str, fact: Fact, encoded: bytes) -> None:
        """Note one new fact of an entity."""
        if fact.type not in READS:
            return
        if entity.startswith(COUNTED):
            self.facts.setdefault(entity, []).append(encoded)
            if merged(fact) is not None:
                self.merges.append(fact)
        else:
            self.references.append(fact)


async def changes(
    touched: Touched, histories: Histories, aliases: Aliases, references: References, cold: Mapping[str, list[bytes]]
) -> Changes:
    """The changes that the touched facts make; ``histories`` hold the counts after.

    ``cold`` has the earlier facts (without the new ones) of every touched member that ``histories`` does not hold.
    """
    result = Changes()
    for fact in touched.references:
        if references.apply(fact):
            course = fact.data.get("course_id")
            result.courses.add(course or references.course_of(fact.data["cohort_id"]).id)
    fresh: dict[str, list[bytes]] = {}
    for entity, facts in touched.facts.items():
        fresh.setdefault(aliases.root(entity), []).extend(facts)
    before = {root: _at_hand(root, histories, aliases, cold) for root in fresh}
    for fact in touched.merges:
        pair = merged(fact)
        assert pair is not None
        for entity in pair:
            root = aliases.root(entity)
            before.setdefault(root, _at_hand(root, histories, aliases, cold))
        united = aliases.unite(*pair)
        if united is not None:
            root, swallowed = united
            before[root] = _together(before[root], before.pop(swallowed))
            fresh[root] = fresh.pop(root, []) + fresh.pop(swallowed, [])
            histories.forget(swallowed)
            result.united.append(united)
    for number, (root, facts) in enumerate(fresh.items()):
        earlier = before[root]
        history = History(earlier.facts + facts)
        history.cells = history.count()
        result.add(earlier.cells, history.cells)
        histories.put(root, history)
        if number % BREATHE_EVERY == BREATHE_EVERY - 1:
            await asyncio.sleep(0)  # commands and the feed share this loop
    return result


def _at_hand(root: str, histories: Histories, aliases: Aliases, cold: Mapping[str, list[bytes]]) -> History:
    history = histories.get(root)
    if history is None:
        facts = [fact for member in aliases.members(root) for fact in cold.get(member, ())]
        history = History(facts)
        history.cells = history.count() if facts else {}
    return history


def _together(one: History, other: History) -> History:
    cells = dict(one.cells)
    for cell, count in other.cells.items():
        cells[cell] = cells.get(cell, 0) + count
    return History(one.facts + other.facts, cells)
