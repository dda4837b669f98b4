"""Witness: other counts that a reader must hold possible too, because everything that is shown would be the same.

A hidden count is safe when a witness has k or more persons there (or, if it has so many, another number). A reader
knows that no hidden row is empty, since empty rows are shown; so none is in a witness. The search begins with the
change that is wanted and repairs every relation this breaks by changing another count, best first, until none is
broken. What it gives keeps every relation, so it errs only by hiding too much.
"""

from collections.abc import Iterator
from heapq import heappop, heappush, nsmallest
from typing import NamedTuple

from services.outcomes.effect.relations import Relations

Changes = dict[int, int]
"""How many persons more (or fewer) each count has in the witness."""

MOST_STATES = 400
"""States that a search looks at before it gives up."""
MOST_REPAIRS = 10
"""Repairs of a relation that are followed, the most promising ones."""
CAREFUL, BOLD = 16, 60
"""What a broken relation is reckoned to cost, on the scale of the rows' prices: bold finds a way, not the cheapest."""
NEVER = 1_000_000
"""The price of a row that cannot be hidden."""


class Repair(NamedTuple):
    """A change of a count that makes a relation hold, and the price of hiding what tells the count."""

    changed: int
    change: int
    price: int


class Secrecy:
    """What is shown of some relations, and the search for witnesses. ``prices[row]`` is what hiding a row costs."""

    def __init__(self, relations: Relations, prices: list[int]) -> None:
        self.relations = relations
        self.prices = prices
        self.shown = [len(rows) for rows in relations.rows_of]
        """How many shown rows tell each count."""
        self.hidden: set[int] = set()
        self.free = [[each for each in relation if not self.shown[each[0]]] for relation in relations.relations]
        """The counts of each relation that no shown row tells, with their signs."""

    def hide(self, row: int) -> None:
        """Hide a row."""
        if row not in self.hidden:
            self.hidden.add(row)
            for count in self.relations.counts_of[row]:
                self.shown[count] -= 1
                if not self.shown[count]:
                    for relation, sign in self.relations.relations_of[count]:
                        self.free[relation].append((count, sign))

    def rows_told(self, changes: Changes) -> set[int]:
        """The shown rows that the changes contradict."""
        rows = {row for count in changes if self.shown[count] for row in self.relations.rows_of[count]}
        return rows - self.hidden

    def witness(self, count: int, change: int, *, hiding: bool, manner: int = CAREFUL) -> Changes | None:
        """Changes with ``change`` at ``count``, in several steps if need be. ``hiding``: shown rows may be used."""
        changes: Changes = {}
        missing = step = abs(change)
        sign = 1 if change > 0 else -1
        while missing:
            step = min(step, missing)
            more = _Search(self, count, changes, hiding, manner).found(sign * step)
            if more is not None:
                changes = more
                missing -= step
            elif step > 1:
                step //= 2
            else:
                return None
        return changes

    def possible(self, count: int, change: int, changes: Changes) -> bool:
        """Whether the count can change so much, too: none is under 0, and no hidden row is empty."""
        values = self.relations.values
        if values[count] + changes.get(count, 0) + change < 0:
            return False
        return all(
            sum(values[each] + changes.get(each, 0) for each in self.relations.counts_of[row]) + change >= 1
            for row in self.relations.rows_of[count]
        )

    def price(self, count: int) -> int:
        """What it costs to hide the rows that still tell the count."""
        if not self.shown[count]:
            return 0
        return sum(self.prices[row] for row in self.relations.rows_of[count] if row not in self.hidden)


class _Search:
    """The search for a further change of a count, on top of the changes made so far."""

    def __init__(self, secrecy: Secrecy, count: int, base: Changes, hiding: bool, manner: int) -> None:
        self._secrecy = secrecy
        self._relations = secrecy.relations
        self._count = count
        self._base = base
        self._manner = manner
        self._most = NEVER - 1 if hiding else 0
        self._candidates = secrecy.relations.relations if hiding else secrecy.free

    def found(self, change: int) -> Changes | None:
        """All changes that make it, or None where the search finds no way."""
        changes, broken = self._after(self._base, {}, self._count, change)
        heap = [(0, 0, 0, changes, broken)]
        seen: set[frozenset[tuple[int, int]]] = set()
        for _ in range(MOST_STATES):
            if not heap:
                return None
            _, _, cost, changes, broken = heappop(heap)
            if not broken:
                if all(self._secrecy.possible(count, 0, changes) for count in changes):
                    return changes
                continue
            for repair in self._repairs(changes, broken):
                following, still = self._after(changes, broken, repair.changed, repair.change)
                state = frozenset(following.items())
                if state not in seen:
                    seen.add(state)
                    dearer = cost + repair.price + 1
                    heappush(heap, (dearer + self._manner * len(still), len(seen), dearer, following, still))
        return None

    def _after(
        self, changes: Changes, broken: dict[int, int], count: int, change: int
    ) -> tuple[Changes, dict[int, int]]:
        changes, broken = dict(changes), dict(broken)
        _add(changes, count, change)
        for relation, sign in self._relations.relations_of[count]:
            _add(broken, relation, sign * change)
        return changes, broken

    def _repairs(self, changes: Changes, broken: dict[int, int]) -> list[Repair]:
        """The most promising repairs of the broken relation that has the fewest candidates."""
        relation = min(broken, key=lambda each: len(self._candidates[each]))
        repairs = self._repairs_of(relation, broken[relation], changes)
        return nsmallest(MOST_REPAIRS, repairs, key=lambda repair: self._outlook(repair, broken))

    def _repairs_of(self, relation: int, amount: int, changes: Changes) -> Iterator[Repair]:
        for count, sign in self._candidates[relation]:
            change = -amount * sign
            undoes = change * (changes.get(count, 0) - self._base.get(count, 0)) < 0
            if count == self._count or undoes:
                continue
            price = 0 if changes.get(count) else self._secrecy.price(count)
            if price <= self._most and (change > 0 or self._secrecy.possible(count, change, changes)):
                yield Repair(count, change, price)

    def _outlook(self, repair: Repair, broken: dict[int, int]) -> int:
        more = 0
        for relation, sign in self._relations.relations_of[repair.changed]:
            left = broken.get(relation, 0) + sign * repair.change
            more += (left != 0) - (relation in broken)
        return repair.price + self._manner * more


def _add(amounts: dict[int, int], key: int, amount: int) -> None:
    amounts[key] = amounts.get(key, 0) + amount
    if not amounts[key]:
        del amounts[key]
