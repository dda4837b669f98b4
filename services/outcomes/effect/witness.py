"""Witness: other counts that a reader must hold possible too, because everything that is shown would be the same.

A hidden count is safe when a witness has k or more persons there (or, if it has so many, another number). A reader
knows that no hidden row is empty, since empty rows are shown; so none is in a witness. The search is that for
augmenting paths in a flow: change the count, and repair every relation this breaks by changing another count that is
not shown. What it gives keeps every relation, so it errs only by hiding too much.
"""

from collections.abc import Iterator
from heapq import heappop, heappush
from typing import NamedTuple

from services.outcomes.effect.relations import Relations

Changes = dict[int, int]
"""How many persons more (or fewer) each count has in the witness."""

MOST_REPAIRS = 60
DEAREST = 1_000_000


class Step(NamedTuple):
    """A count changed to repair a relation, and the relation that this breaks in turn (None: none, or one already)."""

    changed: int
    change: int
    leaves: tuple[int, int] | None
    cost: int


class Secrecy:
    """What is shown of some relations, and the search for witnesses. ``prices[row]`` is what hiding a row costs."""

    def __init__(self, relations: Relations, prices: list[int]) -> None:
        self.relations = relations
        self.prices = prices
        self.shown = [len(rows) for rows in relations.rows_of]
        """How many shown rows tell each count."""
        self.hidden: set[int] = set()

    def hide(self, row: int) -> None:
        """Hide a row."""
        if row not in self.hidden:
            self.hidden.add(row)
            for count in self.relations.counts_of[row]:
                self.shown[count] -= 1

    def witness(self, count: int, change: int, *, hiding: bool) -> Changes | None:
        """Changes with ``change`` at ``count``, in several steps if need be. ``hiding``: shown rows may be used."""
        changes: Changes = {}
        missing = step = abs(change)
        sign = 1 if change > 0 else -1
        while missing:
            step = min(step, missing)
            more = self._moved(count, sign * step, changes, hiding)
            if more is None:
                step //= 2
                if not step:
                    return None
            else:
                changes = more
                missing -= step
        return changes

    def rows_told(self, changes: Changes) -> set[int]:
        """The shown rows that the changes contradict."""
        rows = {row for count in changes if self.shown[count] for row in self.relations.rows_of[count]}
        return rows - self.hidden

    def _moved(self, count: int, change: int, base: Changes, hiding: bool) -> Changes | None:
        """``base`` with ``count`` changed and every relation repaired; None where the search finds no way."""
        changes = dict(base)
        broken: dict[int, int] = {}
        self._change(changes, broken, count, change)
        for _ in range(MOST_REPAIRS):
            if not broken:
                return self._checked(changes)
            path = self._path(next(iter(broken)), broken, changes, count, hiding)
            if path is None:
                return None
            for step in path:
                self._change(changes, broken, step.changed, step.change)
        return None

    def _change(self, changes: Changes, broken: dict[int, int], count: int, change: int) -> None:
        _add(changes, count, change)
        for relation, sign in self.relations.relations_of[count]:
            _add(broken, relation, sign * change)

    def _checked(self, changes: Changes) -> Changes | None:
        return changes if all(self._possible(count, 0, changes) for count in changes) else None

    def _possible(self, count: int, change: int, changes: Changes) -> bool:
        """Whether the count can change so much, too: none is under 0, and no hidden row is empty."""
        values = self.relations.values
        if values[count] + changes.get(count, 0) + change < 0:
            return False
        return all(
            sum(values[each] + changes.get(each, 0) for each in self.relations.counts_of[row]) + change >= 1
            for row in self.relations.rows_of[count]
        )

    def _path(
        self, start: int, broken: dict[int, int], changes: Changes, fixed: int, hiding: bool
    ) -> list[Step] | None:
        """The cheapest chain of repairs from a broken relation to where nothing, or a relation broken the other way, is
        left to repair."""
        first = (start, broken[start])
        came: dict[tuple[int, int] | None, tuple[tuple[int, int], Step]] = {}
        done: set[tuple[int, int]] = set()
        heap: list[tuple[int, int, tuple[int, int] | None, tuple[int, int] | None, Step | None]] = []
        order = 0
        heappush(heap, (0, order, first, None, None))
        while heap:
            cost, _, node, before, step = heappop(heap)
            if node in done:
                continue
            if before is not None and step is not None:
                came[node] = (before, step)
            if node is None:
                return _steps(came, first)
            done.add(node)
            for following in self._repairs(node, start, broken, changes, fixed, hiding):
                if following.leaves not in done and (step is None or following.changed != step.changed):
                    order += 1
                    heappush(heap, (cost + following.cost, order, following.leaves, node, following))
        return None

    def _repairs(
        self, node: tuple[int, int], start: int, broken: dict[int, int], changes: Changes, fixed: int, hiding: bool
    ) -> Iterator[Step]:
        relation, amount = node
        for count, sign in self.relations.relations[relation]:
            change = -amount * sign
            if count == fixed or (change < 0 and not self._possible(count, change, changes)):
                continue
            if self.shown[count] and (not hiding or self._price(count) >= DEAREST):
                continue
            left = [(at, by * change) for at, by in self.relations.relations_of[count] if at != relation]
            cost = 1 + self._price(count) + 2 * max(0, len(left) - 1)
            if not left or any(at != start and broken.get(at) == -by for at, by in left):
                yield Step(count, change, None, cost)
            else:
                for leaves in left:
                    yield Step(count, change, leaves, cost)

    def _price(self, count: int) -> int:
        if not self.shown[count]:
            return 0
        return sum(self.prices[row] for row in self.relations.rows_of[count] if row not in self.hidden)


def _add(amounts: dict[int, int], key: int, amount: int) -> None:
    amounts[key] = amounts.get(key, 0) + amount
    if not amounts[key]:
        del amounts[key]


def _steps(came: dict[tuple[int, int] | None, tuple[tuple[int, int], Step]], first: tuple[int, int]) -> list[Step]:
    steps: list[Step] = []
    node: tuple[int, int] | None = None
    while node != first:
        node, step = came[node]
        steps.append(step)
    return steps[::-1]
