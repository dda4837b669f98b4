"""An attacker: what someone can work out who has everything that was published, and linear programming.

Written from the definition of the tables alone, apart from the code that protects them. She knows every sum: totals of
values, parts among wholes, tables that count the same persons. She knows that no count is negative and no hidden row is
empty (empty ones are shown), and for several releases which counts did not fall from one to the next.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product

import numpy
from scipy.optimize import linprog
from scipy.sparse import coo_array

from services.outcomes.effect.release import TOTAL, Key, Protected, Table

Name = tuple[int, str, tuple[tuple[str, str | None], ...]]
"""Release, what is counted, and the dimension values (margins leave one out)."""
Terms = dict[Name, int]
MANY = 10_000
"""More than anybody counts. Without a limit HiGHS sometimes calls a problem infeasible that is unbounded."""
Fine = dict[tuple[str, tuple[str, ...]], dict[Name, set[str]]]
"""The counts of tables by what they count and their dimensions, each with the dimensions that overlap."""


class Attacker:
    """What she knows of some releases, oldest first, as linear programmes."""

    def __init__(self, releases: Sequence[Protected]) -> None:
        self.truth: dict[Name, int] = {}
        self.told: set[Name] = set()
        self.hidden: set[Name] = set()
        self.secrets: dict[str, tuple[Terms, int]] = {}
        """What must stay secret, with k: sums of counts."""
        self.equal: list[Terms] = []
        self.at_least: list[tuple[Terms, int]] = []
        for number, release in enumerate(releases):
            self._read(number, release)
        self._compare(len(releases))
        self.position = {name: position for position, name in enumerate(self.truth)}

    def _read(self, number: int, release: Protected) -> None:
        fine: Fine = defaultdict(dict)
        for table in release.tables:
            for row, counts in table.rows():
                names = [self._name(number, count, table.dimensions, row.key) for count in counts]
                self.truth |= dict(zip(names, counts.values(), strict=True))
                if table.kept:
                    pass
                elif row in release.reasons:
                    self.hidden |= set(names)
                    self.at_least.append((dict.fromkeys(names, 1), 1))
                else:
                    self.told |= set(names)
                for name in names:
                    dimensions = tuple(dimension for dimension, _ in name[2])
                    fine[name[1], dimensions][name] = set(table.overlapping)
            if table.kept and table.cells:
                self._fill(number, table, fine)
        self._add_up(release.k, fine)
        for table in release.tables:
            for key, cell in table.cells.items():
                self._nest(number, table, key, cell, release.k)
        for name in [name for name in self.truth if name[0] == number]:
            self._secret({name: 1}, release.k)

    def _nest(self, number: int, table: Table, key: Key, cell: Mapping[str, int], k: int) -> None:
        for whole, parts in table.nested:
            if whole in cell:
                names = [self._name(number, part, table.dimensions, key) for part in parts if part in cell]
                rest = {self._name(number, whole, table.dimensions, key): 1, **dict.fromkeys(names, -1)}
                self.at_least.append((rest, 0))
                self._secret(rest, k)

    def _fill(self, number: int, table: Table, fine: Fine) -> None:
        """She does not know where a table that is not published is empty."""
        counts = {count for cell in table.cells.values() for count in cell}
        for key in product(*(sorted(set(values), key=str) for values in zip(*table.cells, strict=True))):
            for count in sorted(counts):
                name = self._name(number, count, table.dimensions, key)
                self.truth.setdefault(name, 0)
                fine[count, tuple(dimension for dimension, _ in name[2])][name] = set(table.overlapping)
            if key not in table.cells:
                self._nest(number, table, key, dict.fromkeys(counts, 0), 0)

    def _add_up(self, k: int, fine: Fine) -> None:
        for (_, dimensions), names in fine.items():
            overlapping = set().union(*names.values())
            free = [dimension for dimension in dimensions if dimension not in overlapping]
            for size in range(1, len(free) + 1):
                for left_out in combinations(free, size):
                    for total, parts in self._sums(names, left_out).items():
                        self.truth.setdefault(total, sum(self.truth[part] for part in parts))
                        self.equal.append({total: 1, **dict.fromkeys(parts, -1)})
        for (_, dimensions), names in fine.items():
            for dimension in set(dimensions) & set().union(*names.values()):
                for total, parts in self._sums(names, (dimension,)).items():
                    if total in self.truth:
                        self.at_least.append(({total: -1, **dict.fromkeys(parts, 1)}, 0))
                        for part in parts:
                            self.at_least.append(({total: 1, part: -1}, 0))
                            self._secret({total: 1, part: -1}, k)

    def _sums(self, names: Iterable[Name], left_out: Sequence[str]) -> dict[Name, list[Name]]:
        sums: dict[Name, list[Name]] = defaultdict(list)
        for number, counted, place in names:
            rest = tuple(value for value in place if value[0] not in left_out)
            sums[number, counted, rest].append((number, counted, place))
        return sums

    def _compare(self, releases: int) -> None:
        for name in list(self.truth):
            later = (name[0] + 1, *name[1:])
            if name[0] + 1 < releases and later in self.truth and self.truth[later] >= self.truth[name]:
                self.at_least.append(({later: 1, name: -1}, 0))

    def _name(self, number: int, count: str, dimensions: Sequence[str], key: Sequence[str | None]) -> Name:
        values = zip(dimensions, key, strict=True)
        return number, count, tuple(sorted((each for each in values if each[1] != TOTAL), key=str))

    def _secret(self, terms: Terms, k: int) -> None:
        value = self.value(terms)
        if 0 < value < k or (value and len(terms) == 1 and terms.keys() <= self.hidden - self.told):
            self.secrets[str(terms)] = (terms, k)

    def value(self, terms: Terms) -> int:
        """The true value."""
        return sum(self.truth[name] * factor for name, factor in terms.items())

    def found(self) -> list[str]:
        """The secrets she works out: pinned down to one value, or known to be under k though not 0."""
        return [said for said, (terms, k) in self.secrets.items() if self._works_out(terms, k)]

    def _works_out(self, terms: Terms, k: int) -> bool:
        high = self.bound(terms, highest=True)
        if high < k - 1e-6:
            return True
        return high < self.value(terms) + 0.5 and self.bound(terms, highest=False) > high - 0.5

    def bound(self, terms: Terms, *, highest: bool) -> float:
        """The highest or lowest value that agrees with everything published."""
        objective = numpy.zeros(len(self.truth))
        for name, factor in terms.items():
            objective[self.position[name]] = -factor if highest else factor
        result = linprog(
            objective,
            A_ub=-self._matrix([terms for terms, _ in self.at_least]) if self.at_least else None,
            b_ub=[-least for _, least in self.at_least] or None,
            A_eq=self._matrix(self.equal) if self.equal else None,
            b_eq=numpy.zeros(len(self.equal)) if self.equal else None,
            bounds=[(self.truth[name],) * 2 if name in self.told else (0, MANY) for name in self.truth],
            method="highs",
        )
        assert result.status == 0, result.message
        return float(-result.fun if highest else result.fun)

    def _matrix(self, rows: Sequence[Terms]) -> coo_array:
        entries = [
            (row, self.position[name], factor) for row, terms in enumerate(rows) for name, factor in terms.items()
        ]
        at, of, factors = zip(*entries, strict=True)
        return coo_array((factors, (at, of)), shape=(len(rows), len(self.truth)))
